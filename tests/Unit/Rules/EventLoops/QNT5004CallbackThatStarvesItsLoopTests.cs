using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5004CallbackThatStarvesItsLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5004CallbackThatStarvesItsLoopTests
{
    private static string Ticker(string tick) =>
        $"class Ticker(Quintet.Node.NodeLoop loop, Quintet.Asyncio.EventLoop other)\n{{\nint _n;\n{tick}\n}}";

    [Fact]
    public Task A_tick_that_ticks_again_is_flagged() =>
        Flags(Ticker("void Tick() { _n++; [|loop.NextTick(Tick)|]; }"), "'Tick' hands itself to 'NextTick'", "SetImmediate");

    [Fact]
    public Task An_immediate_that_comes_again_is_allowed() => Allows(Ticker("void Tick() { _n++; loop.SetImmediate(Tick); }"));

    [Fact]
    public Task A_tick_that_ticks_on_a_condition_is_allowed() => Allows(Ticker("void Tick() { if (_n++ < 10) loop.NextTick(Tick); }"));

    [Fact]
    public Task A_tick_that_returns_before_is_allowed() => Allows(Ticker("void Tick() { if (_n++ > 10) return; loop.NextTick(Tick); }"));

    [Fact]
    public Task A_tick_that_may_only_throw_before_is_flagged() =>
        Flags(Ticker("void Tick() { if (_n++ > 10) throw new TimeoutException(); [|loop.NextTick(Tick)|]; }"));

    [Fact]
    public Task A_tick_that_hands_on_another_is_allowed() =>
        Allows(Ticker("void Tick() { _n++; loop.NextTick(Other); } void Other() { }"));

    [Fact]
    public Task A_microtask_is_flagged() => Flags(Ticker("void Tick() => [|loop.QueueMicrotask(Tick)|];"));

    [Fact]
    public Task A_lambda_that_calls_it_is_flagged() => Flags(Ticker("void Tick(int n) { [|loop.NextTick(() => Tick(n + 1))|]; }"));

    [Fact]
    public Task A_lambda_that_calls_another_is_allowed() =>
        Allows(Ticker("void Tick(int n) { loop.NextTick(() => Other(n + 1)); } void Other(int n) { }"));

    [Fact]
    public Task A_local_function_is_flagged() => Flags(Ticker("void Start() { Tick(); void Tick() { _n++; [|loop.NextTick(Tick)|]; } }"));

    [Fact]
    public Task A_delegate_in_its_own_variable_is_flagged() =>
        Flags(Ticker("void Start() { Action tick = null; tick = () => { _n++; [|loop.NextTick(tick)|]; }; loop.NextTick(tick); }"));

    [Fact]
    public Task A_delegate_that_hands_on_a_parameter_is_allowed() =>
        Allows(Ticker("void Start(Action next) { Action tick = () => { _n++; loop.NextTick(next); }; loop.NextTick(tick); }"));

    [Fact]
    public Task A_callback_of_asyncio_never_lets_its_loop_wait() =>
        Flags(Ticker("void Tick() { _n++; [|other.CallSoon(Tick)|]; }"), "CallLater");

    [Fact]
    public Task A_callback_that_comes_later_is_allowed() =>
        Allows(Ticker("void Tick() { _n++; other.CallLater(TimeSpan.FromSeconds(1), Tick); }"));

    [Fact]
    public Task A_coroutine_that_awaits_before_is_allowed() =>
        Allows(Ticker("async void Tick() { await Task.Delay(1); loop.NextTick(Tick); }"));

    [Fact]
    public Task The_same_names_of_another_type_are_allowed() =>
        Allows("class Game { void NextTick(Action frame) { } void Tick() { NextTick(Tick); } }");

    [Theory]
    [InlineData("void Tick() { { [|loop.NextTick(Tick)|]; } }")]
    [InlineData("void Tick() { using (var s = Stream.Null) { [|loop.NextTick(Tick)|]; } }")]
    [InlineData("void Tick() { lock (this) { [|loop.NextTick(Tick)|]; } }")]
    [InlineData("void Tick() { checked { [|loop.NextTick(Tick)|]; } }")]
    [InlineData("void Tick() { try { _n++; } finally { [|loop.NextTick(Tick)|]; } }")]
    [InlineData("void Tick() { try { [|loop.NextTick(Tick)|]; } finally { _n++; } }")]
    [InlineData("void Tick(int n) { [|loop.NextTick(() => { Tick(n + 1); })|]; }")]
    [InlineData("void Tick() { [|loop.NextTick(Tick)|]; if (_n > 1) return; }")]
    [InlineData("object _handle; void Tick() { _handle = [|other.CallSoon(Tick)|]; }")]
    [InlineData("Action _tick; void Start() { _tick = () => { [|loop.NextTick(_tick)|]; }; }")]
    [InlineData("void Tick() { Func<int> count = () => { return 1; }; [|loop.NextTick(Tick)|]; }")]
    public Task A_callback_that_always_comes_again_is_flagged(string tick) => Flags(Ticker(tick));

    [Theory]
    [InlineData("void Tick() { try { _n++; } catch { loop.NextTick(Tick); } }")]
    [InlineData("void Tick() { foreach (var one in new int[1]) loop.NextTick(Tick); }")]
    [InlineData("void Tick(int n) { loop.NextTick(() => { _n++; Tick(n + 1); }); }")]
    [InlineData("void Tick(int n) { loop.NextTick(() => _n++); }")]
    [InlineData("void Tick() { if (_n > 1) goto end; loop.NextTick(Tick); end: ; }")]
    [InlineData("Action Ticks { get; set; } void Start() { Ticks = () => { loop.NextTick(Ticks); }; }")]
    [InlineData("void Tick() { loop.NextTick(async () => { Tick(); await Task.Yield(); }); }")]
    [InlineData("void Tick() { loop.NextTick(Other); loop.SetImmediate(Tick); } void Other() { }")]
    [InlineData("object _handle; void Tick() { _handle ??= other.CallSoon(Tick); }")] // once
    [InlineData("IEnumerable<int> Tick() { loop.NextTick(() => Tick()); yield return 1; }")] // nobody runs it
    public Task A_callback_that_may_not_come_again_is_allowed(string tick) => Allows(Ticker(tick));

    [Theory]
    [InlineData("NodeLoop", "NextTick")]
    [InlineData("EventLoop", "CallSoon")]
    public Task A_loop_of_that_name_elsewhere_is_allowed(string type, string member) => Allows(
        $"class {type} {{ public void {member}(Action next) {{ }} }}\n"
        + $"class D {{ {type} loop = new(); void Tick() => loop.{member}(Tick); }}");
}

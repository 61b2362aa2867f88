using Quintet.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Coroutines are awaited or started, uses come to the thread that owns them, a GIL is given up around a wait.</summary>
public sealed class LostAndAffineFixTests
{
    private const string Usings = FixLab.Usings
        + "using Quintet.Asyncio;\nusing Quintet.GilThreads;\nusing Quintet.Goroutines;\nusing Quintet.Node;\n";
    private static readonly QNT4006CoroutineNeverAwaitedFix Lost = new();
    private static readonly QNT5003LoopObjectOnAnotherThreadFix Affine = new();
    private static readonly QNT5004CallbackThatStarvesItsLoopFix Starving = new();
    private static readonly QNT3013BlockingCallUnderGilFix Gil = new();

    private static string Class(string members) =>
        Usings + "class C\n{\n    readonly EventLoop _loop = new(); readonly GlobalInterpreterLock _gil = new();\n" + members + "\n}\n";

    private static async Task Becomes(Fix fix, string key, string members, string expected)
    {
        var actions = await FixLab.Of([Class(members)]).WithRuntime().ActionsAsync(fix);
        var action = actions.Single(one => one.EquivalenceKey == $"{fix.FixableDiagnosticIds[0]}.{key}");
        await FixAssert.IsAsync([Class(expected)], await FixLab.ChangedAsync(action));
    }

    private static async Task NotOffered(Fix fix, string key, string members) => Assert.DoesNotContain(
        await FixLab.Of([Class(members)]).WithRuntime().ActionsAsync(fix),
        one => one.EquivalenceKey == $"{fix.FixableDiagnosticIds[0]}.{key}");

    [Theory]
    [InlineData("Task S() => Task.Delay(1); async Task M() { [|S()|]; await S(); }",
        "Task S() => Task.Delay(1); async Task M() { await S(); await S(); }")]
    [InlineData("Task S() => Task.Delay(1); async Task M() { var s = [|S()|]; await S(); }",
        "Task S() => Task.Delay(1); async Task M() { await S(); await S(); }")]
    [InlineData("async Coroutine W() => await Aio.Yield(); async Coroutine M() { [|W()|]; await Aio.Yield(); }",
        "async Coroutine W() => await Aio.Yield(); async Coroutine M() { await W(); await Aio.Yield(); }")]
    public Task A_dropped_call_is_awaited(string members, string expected) => Becomes(Lost, "Await", members, expected);

    [Fact]
    public Task A_call_under_a_lock_cannot_be_awaited() =>
        NotOffered(Lost, "Await", "Task S() => Task.Delay(1); async Task M() { lock (this) { [|S()|]; } await S(); }");

    [Fact]
    public Task A_cold_coroutine_is_made_a_task() => Becomes(Lost, "Spawn",
        "async Coroutine W() => await Aio.Yield(); void M() { [|W()|]; }",
        "async Coroutine W() => await Aio.Yield(); void M() { EventLoop.Current.CreateTask(W()); }");

    [Fact]
    public Task A_goroutine_is_started() => Becomes(Lost, "Spawn",
        "async GoTask W() => await Go.Yield(); void M() { [|W()|]; }", "async GoTask W() => await Go.Yield(); void M() { Go.Run(W()); }");

    [Fact]
    public Task A_task_runs_already() => NotOffered(Lost, "Spawn", "Task S() => Task.Delay(1); void M() { [|S()|]; }");

    [Fact]
    public Task A_call_comes_in_its_thread_safe_form() => Becomes(Affine, "ThreadSafe",
        "void M() => Task.Run(() => { [|_loop.CallSoon(() => { })|]; });",
        "void M() => Task.Run(() => { _loop.CallSoonThreadSafe(() => { }); });");

    [Fact]
    public Task A_call_whose_handle_is_kept_has_no_such_form() =>
        NotOffered(Affine, "ThreadSafe", "void M() => Task.Run(() => { var h = [|_loop.CallSoon(() => { })|]; });");

    [Fact]
    public Task A_timer_is_made_on_the_loop() => Becomes(Affine, "HandOver",
        "void M() => Task.Run(() => { [|_loop.CallLater(TimeSpan.FromSeconds(1), () => { })|]; });",
        "void M() => Task.Run(() => { _loop.CallSoonThreadSafe(() => _loop.CallLater(TimeSpan.FromSeconds(1), () => { })); });");

    [Fact]
    public Task A_tick_takes_turns() => Becomes(Starving, "SetImmediate",
        "void Tick() { [|NodeLoop.Current.NextTick(Tick)|]; }", "void Tick() { NodeLoop.Current.SetImmediate(Tick); }");

    [Fact]
    public Task Asyncio_has_no_such_turn() => NotOffered(Starving, "SetImmediate", "void Tick() { [|_loop.CallSoon(Tick)|]; }");

    [Theory]
    [InlineData("void M(GlobalInterpreterLock g) => g.StartThread(() => { [|Thread.Sleep(1)|]; });",
        "void M(GlobalInterpreterLock g) => g.StartThread(() => { g.AllowThreads(() => Thread.Sleep(1)); });")]
    [InlineData("string M(GlobalInterpreterLock g) { using (g.Enter()) { return [|File.ReadAllText(\"a\")|]; } }",
        "string M(GlobalInterpreterLock g) { using (g.Enter()) { return g.AllowThreads(() => File.ReadAllText(\"a\")); } }")]
    [InlineData("string M(GlobalInterpreterLock g) { using var s = g.Enter(); return [|File.ReadAllText(\"a\")|]; }",
        "string M(GlobalInterpreterLock g) { using var s = g.Enter(); return g.AllowThreads(() => File.ReadAllText(\"a\")); }")]
    [InlineData("void M() => _gil.StartThread(W); void W() { [|Thread.Sleep(1)|]; }",
        "void M() => _gil.StartThread(W); void W() { _gil.AllowThreads(() => Thread.Sleep(1)); }")]
    public Task A_lock_is_given_up_around_a_wait(string members, string expected) => Becomes(Gil, "AllowThreads", members, expected);

    [Fact]
    public Task A_call_that_gives_values_by_reference_keeps_the_lock() => NotOffered(Gil, "AllowThreads",
        "bool W(out int n) { n = 1; Thread.Sleep(1); return true; } void M() => _gil.StartThread(() => { [|W(out var n)|]; });");
}

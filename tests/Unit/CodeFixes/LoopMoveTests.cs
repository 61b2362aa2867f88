using Quintet.Analyzers.Findings;
using Quintet.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Work leaves our own loops for their pools: awaited in coroutines, with a callback where a callback cannot await.</summary>
public sealed class LoopMoveTests
{
    private const string Usings = FixLab.Usings + "using Quintet.Asyncio;\nusing Quintet.Node;\n";
    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4005CpuBoundWorkInCoroutineFix Cpu = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix LoopBlocking = new();
    private static readonly QNT5002CpuBoundWorkOnEventLoopFix LoopCpu = new();

    private static string Class(string members) =>
        Usings + "class C\n{\n    long _total; readonly EventEmitter _emitter = new(); static long Burn(int n) => n; "
        + "static void Spin() { }\n"
        + members + "\n}\n";

    private static FixLab Lab(string context, string members) => FixLab.Of([Class(members)]).WithRuntime()
        .With(FindingProperties.Context, context).With(FindingProperties.Moves, "Goroutines,Multiprocessing");

    private static async Task<IReadOnlyList<string?>> Keys(Fix fix, FixLab lab) =>
        [.. (await lab.ActionsAsync(fix)).Select(static action => action.EquivalenceKey)];

    private static async Task Becomes(Fix fix, string context, string key, string members, string expected)
    {
        var lab = Lab(context, members);
        var action = (await lab.ActionsAsync(fix)).Single(one => one.EquivalenceKey == $"{fix.FixableDiagnosticIds[0]}.{key}");
        await FixAssert.IsAsync([Class(expected)], await FixLab.ChangedAsync(action));
    }

    [Theory]
    [InlineData("async Coroutine M() { await Aio.Yield(); [|Burn(5)|]; }", "ToThread")]
    [InlineData("async Promise M() { await NodeLoop.Current.Yield(); [|Burn(5)|]; }", "QueueWork")]
    [InlineData("async Task M() { await Task.Yield(); [|Burn(5)|]; }", "TaskRun")]
    public async Task A_coroutine_is_offered_the_models_in_the_order_of_the_guidance_and_the_pool_of_its_own_loop(
        string members, string pool)
    {
        Assert.Equal(["QNT4005.Goroutine", "QNT4005.Process", "QNT4005." + pool], await Keys(Cpu, Lab("Coroutine", members)));
        Assert.Equal(["QNT4001.Thread", "QNT4001.Goroutine"], await Keys(Blocking, Lab("Coroutine", members)));
    }

    [Theory]
    [InlineData("async Coroutine<long> M() { await Aio.Yield(); return [|Burn(5)|] + 1; }",
        "async Coroutine<long> M() { await Aio.Yield(); return await Aio.ToThread(() => Burn(5)) + 1; }", "ToThread")]
    [InlineData("async Coroutine M() { await Aio.Yield(); [|Spin()|]; }",
        "async Coroutine M() { await Aio.Yield(); await Aio.ToThread(() => Spin()); }", "ToThread")]
    [InlineData("async Promise<long> M() { await NodeLoop.Current.Yield(); return [|Burn(5)|] + 1; }",
        "async Promise<long> M() { await NodeLoop.Current.Yield(); return await NodeLoop.Current.QueueWork(() => Burn(5)) + 1; }",
        "QueueWork")]
    [InlineData("async Promise M() { await NodeLoop.Current.Yield(); [|Spin()|]; }",
        "async Promise M() { await NodeLoop.Current.Yield(); await NodeLoop.Current.QueueWork(() => { Spin(); return true; }); }",
        "QueueWork")]
    public Task Its_result_comes_back_to_the_loop(string members, string expected, string key) =>
        Becomes(Cpu, "Coroutine", key, members, expected);

    [Fact]
    public Task A_listener_that_may_return_a_promise_awaits() => Becomes(
        LoopCpu, "EventLoop", "QueueWork",
        "    void M() => _emitter.On(\"data\", () => { var sum = [|Burn(5)|]; _total += sum; });",
        "    void M() => _emitter.On(\"data\", async () => { "
            + "var sum = await NodeLoop.Current.QueueWork(() => Burn(5)); _total += sum; });");

    [Fact]
    public Task What_follows_in_a_callback_of_Node_becomes_a_callback_of_its_own() => Becomes(
        LoopCpu, "EventLoop", "QueueWorkThen",
        """
            void M(NodeLoop loop) => loop.SetTimeout(() =>
            {
                // first
                var sum = [|Burn(5)|]; // heavy
                // then
                _total += sum;
                // end
            }, 10);
        """,
        """
            void M(NodeLoop loop) => loop.SetTimeout(() =>
            {
                // first
                NodeLoop.Current.QueueWork(() => Burn(5)).Then(sum =>
                {
                    // then
                    _total += sum;
                    // end
                }); // heavy
            }, 10);
        """);

    [Fact]
    public Task What_follows_in_a_callback_of_asyncio_becomes_a_callback_of_its_own() => Becomes(
        LoopCpu, "EventLoop", "RunInExecutor",
        """
            void M(EventLoop loop) => loop.CallSoon(() =>
            {
                var sum = [|Burn(5)|]; // heavy
                _total += sum;
            });
        """,
        """
            void M(EventLoop loop) => loop.CallSoon(() =>
            {
                var work = EventLoop.Current.RunInExecutor(() => Burn(5)); // heavy
                work.AddDoneCallback(done =>
                {
                    var sum = work.Result;
                    _total += sum;
                });
            });
        """);

    [Theory]
    [InlineData("void M(NodeLoop loop) => loop.NextTick(() => [|Spin()|]);",
        "void M(NodeLoop loop) => loop.NextTick(() => NodeLoop.Current.QueueWork(() => { Spin(); return true; }));", "QueueWorkThen")]
    [InlineData("void M(EventLoop loop) => loop.CallSoon(() => [|Spin()|]);",
        "void M(EventLoop loop) => loop.CallSoon(() => EventLoop.Current.RunInExecutor(() => Spin()));", "RunInExecutor")]
    public Task A_callback_that_does_nothing_else_hands_it_over(string members, string expected, string key) =>
        Becomes(LoopBlocking, "EventLoop", key, members, expected);

    [Theory]
    [InlineData("void M(NodeLoop l) => l.NextTick(() => { [|Spin()|]; _total = 1; });",
        "void M(NodeLoop l) => l.NextTick(() => { using var s = new MemoryStream(); [|Spin()|]; _total = 1; });")]
    [InlineData("void M(NodeLoop l) => l.NextTick(() => { if (_total > 1) return; [|Spin()|]; });",
        "void M(NodeLoop l) => l.NextTick(() => { if (_total > 1) [|Spin()|]; });")]
    [InlineData("void M(NodeLoop l) => l.NextTick(() => { _total = [|Burn(1)|]; });",
        "void M(NodeLoop l) => l.NextTick(() => { _total += [|Burn(1)|]; });")]
    [InlineData("void M(NodeLoop l) => l.NextTick(() => { [|Spin()|]; });",
        "void M(NodeLoop l) => l.NextTick(() => { [|_emitter.Emit(\"a\")|]; });")]
    [InlineData("void M(NodeLoop l) => l.NextTick(() => { [|Spin()|]; });", "void M(List<int> l) => l.ForEach(x => { [|Spin()|]; });")]
    public async Task Only_a_plain_step_of_a_callback_leaves_it(string moves, string stays)
    {
        Assert.Equal(["QNT5001.QueueWorkThen"], await Keys(LoopBlocking, Lab("EventLoop", moves)));
        Assert.Empty(await Keys(LoopBlocking, Lab("EventLoop", stays)));
    }

    [Fact]
    public async Task An_argument_that_is_widened_on_the_way_to_a_process_says_its_type()
    {
        var usings = Usings.Replace("using Quintet.Node;", "using Quintet.Multiprocessing;\nusing Quintet.Node;", StringComparison.Ordinal);
        var lab = FixLab.Of([usings
            + "class C\n{\n    static readonly ProcessPool Pool = new();\n    static double Burn(long n) => n;\n"
            + "    async Task<double> M() { await Task.Yield(); return [|Burn(5)|]; }\n}\n"]).WithRuntime()
            .With(FindingProperties.Context, "Request").With(FindingProperties.Moves, "Multiprocessing,Goroutines");
        var changed = await FixLab.ChangedAsync(Assert.Single(await lab.ActionsAsync(Cpu)));
        Assert.Contains("await Pool.RunAsync<long, double>(Burn, 5)", (await FixLab.TextsAsync(changed))[0], StringComparison.Ordinal);
        Assert.Empty(await FixLab.ErrorsAsync(changed));
    }

    [Fact]
    public async Task Two_steps_of_one_callback_follow_each_other()
    {
        var lab = Lab("EventLoop",
            "    void M(NodeLoop l) => l.NextTick(() =>\n    {\n        var a = [|Burn(1)|];\n        var b = [|Burn(2)|];\n"
            + "        _total = a + b;\n    });");
        await FixAssert.IsAsync([Class(
            """
                void M(NodeLoop l) => l.NextTick(() =>
                {
                    NodeLoop.Current.QueueWork(() => Burn(1)).Then(a =>
                    {
                        NodeLoop.Current.QueueWork(() => Burn(2)).Then(b =>
                        {
                            _total = a + b;
                        });
                    });
                });
            """)], await lab.FixAllAsync(LoopCpu, "QNT5002.QueueWorkThen"));
    }
}

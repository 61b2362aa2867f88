using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A coroutine that awaits only for other arguments has done its work when it returns.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private static string Guarded(string load, string use) =>
        "enum Mode { Download, CacheOnly } class C { int _last; " + load
        + " public async Task M(Mode mode) { await Task.Yield(); Console.Write(" + use + "); } }";

    private const string Retrying =
        "async Task<int> Load(bool retry = true) { if (_last == 0 && retry) { await Task.Delay(9); return await Load(false); } "
        + "return _last; }";

    private const string Choosing =
        "async Task<int> Load(Mode mode) { if (mode == Mode.Download) return await Task.Run(() => 1); return _last; }";

    private const string Leaving =
        "async Task<int> Load(Mode mode) { if (_last > 0 || mode == Mode.CacheOnly) return _last; await Task.Delay(9); return 1; }";

    [Theory]
    [InlineData(Retrying, "Load(false).Result")]
    [InlineData(Choosing, "Load(Mode.CacheOnly).Result")]
    [InlineData(Leaving, "Load(Mode.CacheOnly).Result")]
    [InlineData(Leaving, "Load(Mode.CacheOnly).GetAwaiter().GetResult()")]
    public Task An_argument_that_leads_past_every_await_is_allowed(string load, string use) => Allows(Guarded(load, use));

    [Theory]
    [InlineData(Retrying, "[|Load().Result|]")]
    [InlineData(Choosing, "[|Load(Mode.Download).Result|]")]
    [InlineData(Choosing, "[|Load(mode).Result|]")]
    [InlineData(Leaving, "[|Load(Mode.Download).Result|]")]
    [InlineData("async Task<int> Load(bool retry) { if (retry) await Task.Delay(9); await Task.Delay(1); return _last; }",
        "[|Load(false).Result|]")]
    public Task An_argument_that_leads_to_an_await_is_flagged(string load, string use) => Flags(Guarded(load, use));

    // One value of the enumeration asks for the synchronous form; with one fact changed: the values are no modes.
    [Theory]
    [InlineData("if (io == Io.Asynchronous) return await File.ReadAllTextAsync(\"a\"); return {0};")]
    [InlineData("if (io is Io.Synchronous) return {0}; return await File.ReadAllTextAsync(\"a\");")]
    [InlineData("return io == Io.Asynchronous ? await File.ReadAllTextAsync(\"a\") : {0};")]
    [InlineData("switch (io) { case Io.Asynchronous: return await File.ReadAllTextAsync(\"a\"); default: return {0}; }")]
    public async Task An_enumeration_may_choose_between_the_forms(string body)
    {
        const string Modes = "enum Io { Synchronous, Asynchronous } class C { async Task<string> Load(Io io) { {1} } }";
        var code = Modes.Replace("{1}", body);
        await Allows(code.Replace("{0}", "File.ReadAllText(\"a\")"));
        await Flags(code.Replace("{0}", "[|File.ReadAllText(\"a\")|]").Replace("Synchronous", "Part").Replace("Asynchronous", "Whole")
            .Replace("APart", "Whole"));
    }

    [Theory]
    [InlineData("while (true) { {0} }", "if (_last > 3) return;", "if (_last > 3) break;")]
    [InlineData("for (; ; ) { {0} }", "if (_last > 3) return;", "if (_last > 3) break;")]
    [InlineData("while (true) { {0} }", "switch (_last) { case 1: break; }", "if (_last > 3) goto next;")]
    public async Task Behind_a_loop_that_nobody_leaves_nothing_is_reached(string loop, string stays, string leaves)
    {
        const string Code = "int _last; async Task M() { {0} await Task.Yield(); next: {1}; }";
        var looping = Code.Replace("{0}", loop.Replace("{0}", "await Task.Delay(1); {0}"));
        await Allows(looping.Replace("{0}", stays).Replace("next: ", "").Replace("{1}", "Thread.Sleep(9)"));
        await Flags(looping.Replace("{0}", leaves).Replace("{1}", "[|Thread.Sleep(9)|]"));
    }
}

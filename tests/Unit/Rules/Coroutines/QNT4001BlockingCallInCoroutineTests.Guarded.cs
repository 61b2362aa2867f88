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
}

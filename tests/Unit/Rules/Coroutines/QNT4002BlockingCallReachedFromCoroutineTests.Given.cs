using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Functions that are given to coroutines.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private static string Retried(string helper, string given) =>
        "static async Task<T> Retry<T>(Func<T> work) { " + helper + " } "
        + "public async Task M() { await Task.Yield(); await " + given + "; }";

    [Theory]
    [InlineData("await Task.Yield(); return work();")]
    [InlineData("for (var n = 0; ; n++) { try { return work(); } catch (IOException) when (n < 3) { await Task.Delay(10); } }")]
    public Task A_coroutine_that_runs_what_it_is_given_runs_it_for_its_caller(string helper) =>
        Flags(Retried(helper, "[|Retry(() => File.ReadAllText(\"a\"))|]"));

    [Theory]
    [InlineData("return await Task.Run(work);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); return work();")]
    public Task A_coroutine_that_runs_it_elsewhere_is_allowed(string helper) =>
        Allows(Retried(helper, "Retry(() => File.ReadAllText(\"a\"))"));

    [Fact]
    public Task A_function_that_waits_for_nothing_is_allowed() =>
        Allows(Retried("await Task.Yield(); return work();", "Retry(() => 1)"));
}

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

    private const string Wrappers =
        "static void Run(Action a) => a(); static T Get<T>(Func<T> f) { T r = default; Run(() => r = f()); return r; } "
        + "static T Again<T>(Func<string, T> f) => Get(() => f(\"x\")); "
        + "static T Locally<T>(Func<T> f) { T r = default; void L() { r = f(); } L(); return r; } "
        + "static T Kept<T>(Func<T> f) { T r = default; Action a = () => r = f(); a(); return r; } "
        + "static T Deep<T>(Func<T> f) { T r = default; Run(() => Run(() => r = f())); return r; } "
        + "static Func<T> Later<T>(Func<T> f) => () => f(); static void Drop<T>(Func<T> f) { Action a = () => f(); } ";

    [Theory]
    [InlineData("Get(() => File.ReadAllText(\"a\"))")]
    [InlineData("Again(one => File.ReadAllText(one))")]
    [InlineData("Again(File.ReadAllText)")]
    [InlineData("Locally(() => File.ReadAllText(\"a\"))")]
    [InlineData("Kept(() => File.ReadAllText(\"a\"))")]
    [InlineData("Deep(() => File.ReadAllText(\"a\"))")]
    public Task A_function_that_a_function_of_the_helper_calls_is_run(string use) =>
        Flags(Wrappers + "async Task M() { await Task.Yield(); [|" + use + "|]; }");

    [Theory]
    [InlineData("Get(() => \"\")")]
    [InlineData("Get(Later(() => File.ReadAllText(\"a\")).GetHashCode)")]
    [InlineData("Later(() => File.ReadAllText(\"a\"))")]
    [InlineData("Drop(() => File.ReadAllText(\"a\"))")]
    public Task One_that_nobody_calls_is_not(string use) => Allows(Wrappers + "async Task M() { await Task.Yield(); " + use + "; }");
}

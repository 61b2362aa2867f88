using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Functions and queries that a local keeps: their work is done where they are called or gone through.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData("Func<string> load = () => File.ReadAllText(\"a\"); Console.WriteLine(); [|load()|];")]
    [InlineData("Func<string> load; load = () => File.ReadAllText(\"a\"); [|load()|];")]
    [InlineData("Func<string> load = Load; Console.WriteLine(); [|load()|];")]
    [InlineData("Func<string> load = () => File.ReadAllText(\"a\"); [|load.Invoke()|];")]
    public Task A_function_that_a_local_keeps_works_where_it_is_called(string body) =>
        Flags("string Load() => File.ReadAllText(\"a\"); public async Task M() { await Task.Yield(); " + body + " }");

    // Who is given a query says whether it goes through it.
    [Theory]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); [|Show(q)|];")]
    [InlineData("var q = files.Select(File.ReadAllText); [|Show(q)|];")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)).Where(f => f != \"\"); [|First(q)|];")]
    public Task A_query_that_a_helper_goes_through_is_flagged_where_it_is_given(string body) => Flags(
        "void Show(IEnumerable<string> q) { foreach (var one in q) Console.Write(one); } void First(IEnumerable<string> q) => Show(q); "
        + "async Task M(string[] files) { await Task.Yield(); " + body + " }");

    [Theory]
    [InlineData("Func<string> load = () => File.ReadAllText(\"a\"); await Task.Run(() => load());")]
    [InlineData("Func<string> load = () => File.ReadAllText(\"a\"); await Task.Run(load);")]
    [InlineData("Func<string> load = () => \"a\"; load();")]
    public Task A_function_that_the_pool_calls_works_there(string body) =>
        Allows("public async Task M() { await Task.Yield(); " + body + " }");
}

using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>A list of tasks that nobody awaits is awaited where its block ends: what stands between runs beside them, as before.</summary>
public sealed class AwaitAllTests
{
    private const string Work = "static async Task W(int x) { await Task.Delay(x); }\n"
        + "static async Task<int> N(int x) { await Task.Delay(x); return x; }\n"
        + "static async ValueTask V(int x) { await Task.Delay(x); }\nstatic async Task Endless(int x) { while (true) await "
        + "Task.Delay(x); }\nstatic async Task Outer(int x) { await Task.Yield(); await Inner(x); }\n"
        + "static async Task Inner(int x) => await Endless(x);\n";

    private const string Title = "Await all of 'l' at the end (goes on only when all have ended, and throws what one of them throws)";

    private static readonly QNT4006CoroutineNeverAwaitedFix Lost = new();

    [Theory]
    [InlineData("var l = new List<Task>(); foreach (var x in a) l.Add([|W(x)|]); await Task.Yield();@")]
    [InlineData("List<Task<int>> l = new(); l.Add([|N(1)|]); l.Add(N(2)); await Task.Yield();@")]
    [InlineData("var l = [|a.Select(x => W(x)).ToList()|]; await Task.Yield();@")]
    [InlineData("var l = [|a.Select(N).ToArray()|]; await Task.Yield();@")]
    [InlineData("Task[] l = [[|W(1)|], W(2)]; await Task.Yield();@")]
    [InlineData("var l = new List<Task> { [|W(1)|], W(2) }; await Task.Yield();@ return;")]
    [InlineData("foreach (var y in a) { var l = new List<Task>(); for (var i = 0; i < y; i++) { l.Add([|W(i)|]); if (i > 3) break; }@ }")]
    public Task All_of_a_list_are_awaited_at_the_end_of_its_block(string body) => FixAssert.BecomesAsync(
        Lost, Method(body.Replace("@", "", StringComparison.Ordinal)),
        Method(body.Replace("@", " await Task.WhenAll(l);", StringComparison.Ordinal).Replace("[|", "", StringComparison.Ordinal)
            .Replace("|]", "", StringComparison.Ordinal)), Title);

    private static string Method(string body) => Work + $"async Task M(int[] a) {{ {body} }}";

    [Theory]
    // A way that leaves before the end, a loop that has none, work that has none.
    [InlineData("var l = new List<Task>(); l.Add([|W(1)|]); if (a.Length > 1) return; await Task.Yield();")]
    [InlineData("var l = new List<Task>(); l.Add([|W(1)|]); while (true) await Task.Yield();")]
    [InlineData("var l = new List<Task>(); l.Add([|Endless(1)|]); await Task.Yield();")]
    [InlineData("var l = [|a.Select(Endless).ToList()|]; await Task.Yield();")]
    [InlineData("var l = new List<Task>(); l.Add([|Outer(1)|]); await Task.Yield();")]
    // No tasks, a query that has begun nothing, a lock.
    [InlineData("var l = new List<ValueTask>(); l.Add([|V(1)|]); await Task.Yield();")]
    [InlineData("lock (a) { var l = new List<Task>(); l.Add([|W(1)|]); Console.Write(1); }")]
    public Task Refused_where_the_end_may_never_come(string body) => FixAssert.RefusedAsync(Lost, Method(body));

    [Theory]
    [InlineData("return c;", true)]
    [InlineData("return new object();", false)]
    public async Task Refused_where_the_caller_is_given_what_the_tasks_wait_for(string leave, bool isRefused)
    {
        var body = Work + "static async Task Eat(object c) => await Task.Yield(); object M(int[] a) { var c = new object(); "
            + "var l = new List<Task>(); foreach (var x in a) l.Add([|Eat(c)|]); " + leave + " } object Caller() => M(new int[1]);";
        Assert.Equal(isRefused, (await FixLab.OfMembers(body).ActionsAsync(Lost)).All(static action => action.EquivalenceKey
            != "QNT4006.AwaitAll"));
    }

    [Fact]
    public Task A_list_that_nobody_keeps_goes_to_who_awaits_it() => FixAssert.BecomesAsync(
        Lost,
        Work + "void M(int[] a) { [|a.Select(W).ToList()|]; } void Caller() { M(new int[1]); }",
        Work + "async Task MAsync(int[] a) { await Task.WhenAll(a.Select(W)); } async Task Caller() { await MAsync(new int[1]); }",
        "Await all of them, and make what leads here asynchronous "
            + "(goes on only when all have ended, and throws what one of them throws)");

    [Fact]
    public Task Several_lists_of_one_block_are_awaited_in_their_order() => FixAssert.AllBecomeAsync(
        Lost, "QNT4006.AwaitAll",
        Work
        + """
        async Task M(int[] a)
        {
            var l = new List<Task>();
            foreach (var x in a)
                l.Add([|W(x)|]);
            Task[] k = [[|W(1)|]];

            await Task.Yield(); // beside them
        }
        """,
        Work
        + """
        async Task M(int[] a)
        {
            var l = new List<Task>();
            foreach (var x in a)
                l.Add(W(x));
            Task[] k = [W(1)];

            await Task.Yield(); // beside them
            await Task.WhenAll(l);
            await Task.WhenAll(k);
        }
        """);
}

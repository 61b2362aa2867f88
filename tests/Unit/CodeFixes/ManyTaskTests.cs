using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Waits for several tasks, with a token, with a time, and for the index of the first.</summary>
public sealed class ManyTaskTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private static string In(string body) =>
        "async Task M(Task[] tasks, Task<int>[] counts, List<Task> list, System.Diagnostics.Process p, CancellationToken token)\n"
        + $"{{\n    {body}\n    await Task.Yield();\n}}";

    [Theory]
    [InlineData("[|Task.WaitAny(tasks)|];", "await Task.WhenAny(tasks);")]
    [InlineData("[|Task.WaitAny(tasks[0], tasks[1])|];", "await Task.WhenAny(tasks[0], tasks[1]);")]
    [InlineData("[|Task.WaitAny(tasks, token)|];", "await Task.WhenAny(tasks).WaitAsync(token);")]
    [InlineData("[|Task.WaitAll(tasks, token)|]; // all", "await Task.WhenAll(tasks).WaitAsync(token); // all")]
    [InlineData("[|Task.WaitAll(counts, token)|];", "await Task.WhenAll(counts).WaitAsync(token);")]
    [InlineData("[|Task.WaitAll(list, token)|];", "await Task.WhenAll(list).WaitAsync(token);")]
    [InlineData("var i = [|Task.WaitAny(tasks)|];", "var i = Array.IndexOf(tasks, await Task.WhenAny(tasks));")]
    [InlineData("var i = [|Task.WaitAny(tasks, token)|];", "var i = Array.IndexOf(tasks, await Task.WhenAny(tasks).WaitAsync(token));")]
    [InlineData("int i = [|Task.WaitAny(counts)|] + 1;", "int i = Array.IndexOf(counts, await Task.WhenAny(counts)) + 1;")]
    [InlineData("list.RemoveAt([|Task.WaitAny(list.ToArray())|]);", "list.RemoveAt(list.IndexOf(await Task.WhenAny(list)));")]
    [InlineData("try { [|Task.WaitAll(tasks, token)|]; } catch (OperationCanceledException) { }",
        "try { await Task.WhenAll(tasks).WaitAsync(token); } catch (OperationCanceledException) { }")]
    public Task They_are_awaited(string body, string expected) => FixAssert.BecomesAsync(Fix, In(body), In(expected));

    [Theory]
    // A time-out is an answer, and not an exception.
    [InlineData("var all = [|Task.WaitAll(tasks, 100)|];")]
    [InlineData("[|Task.WaitAll(tasks, 100)|];")]
    [InlineData("var i = [|Task.WaitAny(tasks, 100)|];")]
    [InlineData("var ended = [|tasks[0].Wait(TimeSpan.FromSeconds(1))|];")]
    [InlineData("[|tasks[0].Wait(100)|];")]
    // Another array each time, or one that another may put in its place.
    [InlineData("var i = [|Task.WaitAny(tasks[0], tasks[1])|];")]
    [InlineData("var i = [|Task.WaitAny(_tasks)|];")]
    [InlineData("try { [|Task.WaitAll(tasks, token)|]; } catch (AggregateException) { }")]
    [InlineData("lock (this) { var i = [|Task.WaitAny(tasks)|]; }")]
    public Task They_stay_where_an_await_says_something_else(string body) =>
        FixAssert.NotOfferedAsync(Fix, In(body) + "\nTask[] _tasks = [];");

    [Theory]
    [InlineData("var ended = [|p.WaitForExit(1000)|];", "var ended = await Task.Run(() => p.WaitForExit(1000));", "none")]
    [InlineData("[|p.WaitForExit()|];", "await p.WaitForExitAsync(token);", "auto")]
    public Task With_a_time_a_thread_waits_for_a_process_and_without_nobody_does(string body, string expected, string twin) =>
        FixAssert.BecomesAsync(
            Fix,
            FixLab.OfMembers(In(body)).With(FindingProperties.Context, nameof(RunContext.Coroutine))
                .With(FindingProperties.Kind, nameof(BlockKind.Process)).With(FindingProperties.Twin, twin),
            [FixLab.Wrap(In(expected))]);

    [Theory]
    [InlineData("(System.Int32)", null)]
    [InlineData("(System.TimeSpan)", null)]
    [InlineData("", "auto")]
    public void The_catalogue_knows_which_wait_for_a_process_has_a_twin(string parameters, string? twin)
    {
        var id = "M:System.Diagnostics.Process.WaitForExit" + parameters;
        var line = Assert.Single(ApiCatalogue.Default.All, entry => entry.Verb == ApiVerb.Blocks && entry.Id == id);
        Assert.Equal(twin, line.Twin);
    }
}

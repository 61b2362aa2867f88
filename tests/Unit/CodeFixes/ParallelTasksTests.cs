using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Tasks that are started one after the other and parallel queries get what the rounds of a parallel loop get.</summary>
public sealed class ParallelTasksTests
{
    private const string Fields = "readonly object _gate = new(); readonly List<long> _all = new();\n"
        + "static long Heavy(int[] order) { var sum = 0L; foreach (var line in order) sum += line * line % 7; return sum; }\n";

    private static readonly QNT3001SerialisedParallelBodyFix Fix = new();
    private static readonly QNT3003LockHeldOverBlockingWorkFix Held = new();

    private static string Sum(string run, string after = "return s;") =>
        Fields + "async Task<long> Sum(List<int[]> orders)\n{\n"
            + $"    long s = 0; var l = new List<Task>();\n    {run}\n    await Task.Yield();\n    {after}\n}}";

    [Theory]
    [InlineData("foreach (var o in orders) l.Add(Task.Run(() => { @ }));")]
    [InlineData("foreach (var o in orders) l.Add(Task.Factory.StartNew(() => { @ }));")]
    [InlineData("await Task.WhenAll(orders.Select(o => Task.Run(() => { @ })));")]
    [InlineData("orders.AsParallel().ForAll(o => { @ });")]
    public Task A_sum_is_added_to_with_Interlocked(string run) => FixAssert.BecomesAsync(
        Fix,
        Sum(run.Replace("@", "[|lock (_gate)|] { s += Heavy(o); }", StringComparison.Ordinal)),
        Sum(run.Replace("@", "Interlocked.Add(ref s, Heavy(o));", StringComparison.Ordinal)),
        "Add to 's' with Interlocked instead of under the lock");

    [Theory]
    [InlineData("foreach (var o in orders) l.Add(Task.Run(() => { @ }));")]
    [InlineData("orders.AsParallel().ForAll(o => { @ });")]
    public Task A_list_is_added_to_under_a_shorter_lock(string run) => FixAssert.BecomesAsync(
        Fix,
        Sum(run.Replace("@", "[|lock (_gate)|] { _all.Add(Heavy(o)); }", StringComparison.Ordinal)),
        Sum(run.Replace("@", "var heavy = Heavy(o); lock (_gate) { _all.Add(heavy); }", StringComparison.Ordinal)),
        "Work before the lock, and take it for the result only");

    [Theory]
    // Who started the tasks goes on, and changes the sum or asks for it under the lock: only the work leaves it.
    [InlineData("s = 1; return s;")]
    [InlineData("lock (_gate) return s;")]
    public Task A_sum_that_somebody_else_takes_meanwhile_stays_under_the_lock(string after) => FixAssert.BecomesAsync(
        Fix,
        Sum("foreach (var o in orders) l.Add(Task.Run(() => { [|lock (_gate)|] { s += Heavy(o); } }));", after),
        Sum("foreach (var o in orders) l.Add(Task.Run(() => { var newS = Heavy(o); lock (_gate) { s += newS; } }));", after),
        "Work before the lock, and take it for the result only");

    [Fact]
    public Task The_lock_of_ones_own_goes_and_leaves_its_line_as_it_was() => FixAssert.BecomesAsync(
        Fix,
        Fields + "long Sum(List<int[]> orders)\n{\n    var g = new object(); long s = 0;\n    Parallel.ForEach(orders, o =>\n    {\n"
            + "        [|lock (g)|] { s += Heavy(o); }\n    });\n    return s;\n}",
        Fields + "long Sum(List<int[]> orders)\n{\n    long s = 0;\n    Parallel.ForEach(orders, o =>\n    {\n        "
            + "Interlocked.Add(ref s, Heavy(o));\n    });\n    return s;\n}");

    [Theory]
    [InlineData("int n; @lock (_gate) { n = #; } return n;")]
    [InlineData("int n; @lock (_gate) n = #; return n;")]
    public Task What_fills_a_local_under_a_lock_is_read_before_it(string body)
    {
        string Method(string before, string value) => Fields + "int M(string p) { " + body.Replace("@", before, StringComparison.Ordinal)
            .Replace("#", value, StringComparison.Ordinal) + " }";
        return FixAssert.BecomesAsync(Held, Method("", "[|File.ReadAllText(p)|].Length"),
            Method("var newN = File.ReadAllText(p).Length; ", "newN"));
    }
}

using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What a captured local holds is shared with whoever captures it: changes to it stay under the lock.</summary>
public sealed class CapturedObjectsTests
{
    private const string Fields =
        "readonly object _gate = new(); int _done; long _sum; string _last = \"\"; readonly Dictionary<int, long> _byId = new();\n"
        + "static long Heavy(int[] order) { var sum = 0L; foreach (var line in order) sum += line * line % 7; return sum; }\n";

    private static readonly QNT3001SerialisedParallelBodyFix Serialised = new();
    private static readonly QNT3003LockHeldOverBlockingWorkFix Blocking = new();

    private static string Loop(string before, string under, string beside = "") =>
        $"{Fields}{beside} void M(List<int[]> orders) {{ var sum = 0L; {before} Parallel.ForEach(orders, order => {{ "
        + $"[|lock (_gate)|] {{ {under} sum += Heavy(order); }} }}); }}";

    [Theory]
    [InlineData("var all = new HashSet<int>();", "all.Add(order.Length);")]
    [InlineData("var all = new Dictionary<int, int>();", "all[order.Length] = 1;")]
    [InlineData("var all = new int[9];", "all[order.Length]++;")]
    [InlineData("var all = new System.Text.StringBuilder();", "all.Append(order.Length);")]
    [InlineData("var all = new Queue<int>();", "all.Enqueue(order.Length);")]
    [InlineData("var all = new Queue<int>();", "var next = all.Dequeue(); sum += next;")]
    [InlineData("var all = new Random(1);", "var next = all.Next(3);")]
    [InlineData("var all = new Box();", "all.N = 1;")]
    [InlineData("var all = (A: 0, B: 0);", "all.A++;")]
    [InlineData("var all = new List<List<int>> { new() };", "all.First().Add(order.Length);")]
    [InlineData("var all = new List<List<int>> { new() };", "foreach (var one in all) one.Add(order.Length);")]
    [InlineData("var all = new List<int>(); void Add(int n) => all.Add(n);", "Add(order.Length);")]
    [InlineData("var all = 0; void Add() => all++;", "Add();")]
    public Task What_changes_a_captured_object_stays(string before, string under) =>
        FixAssert.RefusedAsync(Serialised, Loop(before, under, "class Box { public int N; }"));

    [Theory]
    // The same in an object of the round's own.
    [InlineData("", "var all = new HashSet<int>(); all.Add(order.Length);")]
    [InlineData("", "var all = new int[9]; all[1]++;")]
    [InlineData("", "var all = new System.Text.StringBuilder(); all.Append(order.Length);")]
    [InlineData("", "var all = new Queue<int>(); all.Enqueue(1); var next = all.Dequeue();")]
    [InlineData("", "var all = (A: 0, B: 0); all.A++;")]
    // Filled before the loop, and only looked at in it.
    [InlineData("var all = new int[9]; all[1] = 2;", "var one = all[1];")]
    [InlineData("var all = new List<int>(); all.Add(2);", "var one = all.Count;")]
    public async Task What_touches_its_own_or_only_looks_leaves(string before, string under)
    {
        var actions = await FixLab.OfMembers(Loop(before, under)).ActionsAsync(Serialised);
        Assert.Equal("QNT3001.Interlocked", actions[0].EquivalenceKey);
        await FixAssert.IsAsync(
            [FixLab.Wrap(Loop(before, under).Replace("[|lock (_gate)|] { ", "", StringComparison.Ordinal)
                .Replace("sum += Heavy(order); } }", "Interlocked.Add(ref sum, Heavy(order)); }", StringComparison.Ordinal))],
            await FixLab.ChangedAsync(actions[0]));
    }

    [Theory]
    // Looked at here, changed there.
    [InlineData("var all = new List<int>();", "var one = all.Count;", "lock (_gate) all.Add(1);")]
    [InlineData("var all = new int[9];", "var one = all[1];", "all[1] = 2;")]
    [InlineData("var all = new List<int>(); var same = all;", "var one = all.Count;", "lock (_gate) same.Add(1);")]
    [InlineData("var all = new List<int>(); _kept = all;", "var one = all.Count;", "")]
    public async Task What_looks_at_an_object_that_others_change_stays(string before, string under, string elsewhere)
    {
        var members = Fields + "List<int> _kept = new();" + Loop(before, under)[Fields.Length..]
            .Replace("Heavy(order); } })", $"Heavy(order); }} {elsewhere} }})", StringComparison.Ordinal);
        // The heavy part may leave by itself.
        Assert.Equal(["QNT3001.ComputeOutside"], (await FixLab.OfMembers(members).ActionsAsync(Serialised))
            .Select(static action => action.EquivalenceKey));
    }

    [Fact]
    public Task A_list_that_a_task_shares_is_added_to_under_the_lock() => FixAssert.NotOfferedAsync(
        Blocking,
        Fields + "Task Load(string path) { var names = new List<string>(); return Task.Run(() => { lock (_gate) { names.Add(path); "
        + "_last = [|File.ReadAllText(path)|]; } }); }");

    [Fact]
    public Task A_list_of_the_task_alone_is_not() => FixAssert.BecomesAsync(
        Blocking,
        Fields + "Task Load(string path) { return Task.Run(() => { var names = new List<string>(); lock (_gate) { names.Add(path); "
        + "_last = [|File.ReadAllText(path)|]; } }); }",
        Fields + "Task Load(string path) { return Task.Run(() => { var names = new List<string>(); names.Add(path); "
        + "var last = File.ReadAllText(path); lock (_gate) { _last = last; } }); }");

    [Theory]
    [InlineData("checked")]
    [InlineData("unchecked")]
    public Task Shares_are_joined_as_they_were_added_up(string word) => FixAssert.BecomesAsync(
        Serialised,
        Fields + $"void M(List<int[]> orders) {{ var sum = 0; Parallel.ForEach(orders, order => {{ "
        + $"[|lock (_gate)|] {{ foreach (var n in order) {word} {{ sum += n; }} }} }}); }}",
        Fields + "void M(List<int[]> orders) { var sum = 0; Parallel.ForEach(orders, () => 0, (order, _, local) => { "
        + $"foreach (var n in order) {word} {{ local += n; }} return local; }}, local => {{ lock (_gate) {word} "
        + "{ sum += local; } }); }");

    [Fact]
    public Task Shares_that_are_added_up_in_two_ways_are_not_joined() => FixAssert.RefusedAsync(
        Serialised,
        Fields + "void M(List<int[]> orders) { var sum = 0; Parallel.ForEach(orders, order => { "
        + "[|lock (_gate)|] { foreach (var n in order) { checked { sum += n; } sum += n; } } }); }");
}

using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Rounds that are numbered, and rounds that are a local function: fixed as those of ForEach and of a lambda are.</summary>
public sealed class ParallelForTests
{
    private static readonly QNT3001SerialisedParallelBodyFix Fix = new();

    private const string Fields = "readonly object _gate = new(); readonly List<Order> _all = new(); readonly List<long> _totals = new();\n"
        + "class Order { public List<int> Lines { get; } = new(); public long Total { get; set; } }\n"
        + "static long Heavy(Order order) { var sum = 0L; foreach (var line in order.Lines) sum += line * line % 7; return sum; }\n";

    private static string Sum(string loop) =>
        Fields + $"long Sum(List<Order> orders, Order[] array) {{ long total = 0; {loop} return total; }}";

    private static async Task Becomes(string before, string after) => await FixAssert.BecomesAsync(Fix, Sum(before), Sum(after));

    private static async Task Kinds(string body, params string[] kinds) => Assert.Equal(
        kinds.Select(static kind => "QNT3001." + kind),
        (await FixLab.OfMembers(Sum(body)).ActionsAsync(Fix)).Select(static action => action.EquivalenceKey));

    [Theory]
    [InlineData("orders.Count", "orders[i]")]
    [InlineData("array.Length", "array[i]")]
    public Task The_element_of_its_number_belongs_to_a_round(string count, string element) => Becomes(
        $"Parallel.For(0, {count}, i => {{ [|lock (_gate)|] {{ total += Heavy({element}); }} }});",
        $"Parallel.For(0, {count}, i => {{ Interlocked.Add(ref total, Heavy({element})); }});");

    [Theory]
    // Another round's element, one that a round changes, one that others may change: the lock may be there for that.
    [InlineData("Parallel.For(0, 9, i => { [|lock (_gate)|] { total += Heavy(orders[i / 2]); } });")]
    [InlineData("Parallel.For(0, 9, i => { i++; [|lock (_gate)|] { total += Heavy(orders[i]); } });")]
    [InlineData("Parallel.For(0, 9, i => { [|lock (_gate)|] { total += Heavy(orders[i]); orders[0].Lines.Add(1); } });")]
    [InlineData("Parallel.For(0, 9, i => { [|lock (_gate)|] { total += Heavy(_all[i]); } });")]
    public Task Any_other_element_may_be_guarded(string body) => Kinds(body);

    [Fact]
    public Task A_local_function_is_a_body_as_a_lambda_is() => Becomes(
        "Parallel.ForEach(orders, Add); void Add(Order order) { [|lock (_gate)|] { total += Heavy(order); } }",
        "Parallel.ForEach(orders, Add); void Add(Order order) { Interlocked.Add(ref total, Heavy(order)); }");

    [Fact]
    public Task A_local_function_works_before_it_takes_the_lock() => Becomes(
        "Parallel.ForEach(orders, Add); void Add(Order order) { [|lock (_gate)|] { _totals.Add(Heavy(order)); } }",
        "Parallel.ForEach(orders, Add); void Add(Order order) { var heavy = Heavy(order); lock (_gate) { _totals.Add(heavy); } }");

    [Fact]
    public Task A_local_function_that_others_call_too_stays() => Kinds(
        "Parallel.ForEach(orders, Add); Add(orders[0]); void Add(Order order) { [|lock (_gate)|] { total += Heavy(order); } }");
}

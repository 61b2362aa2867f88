using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>All that a round can compute before its lock is computed there, not only what stands first.</summary>
public sealed class LockRestTests
{
    private static readonly QNT3001SerialisedParallelBodyFix Fix = new();

    private const string Fields = "readonly object _gate = new(); long _a; long _b; readonly Dictionary<long, long> _byId = new();\n"
        + "class Order { public List<int> Lines { get; } = new(); public int Seen { get; set; } }\n"
        + "static long Heavy(Order order) { var sum = 0L; foreach (var line in order.Lines) sum += line * order.Seen; return sum; }\n"
        + "static long Other(Order order, long more) { var sum = more; foreach (var line in order.Lines) sum -= line; return sum; }\n";

    private static string Round(string body) =>
        Fields + "void Sum(List<Order> orders) => Parallel.ForEach(orders, order =>\n{\n    BODY\n});"
            .Replace("BODY", body.Replace("\n", "\n    ", StringComparison.Ordinal), StringComparison.Ordinal);

    private static Task Becomes(string before, string after) => FixAssert.BecomesAsync(Fix, Round(before), Round(after));

    [Fact]
    public Task Two_sums_are_both_computed_before() => Becomes(
        "[|lock (_gate)|]\n{\n    _a += Heavy(order); // one\n    _b += Heavy(order) * 2;\n    _byId[1] = Other(order, 1);\n}",
        "var a = Heavy(order);\nvar b = Heavy(order) * 2;\nvar other = Other(order, 1);\nlock (_gate)\n{\n"
        + "    _a += a; // one\n    _b += b;\n    _byId[1] = other;\n}");

    [Theory]
    // It reads what stands before it, or looks at an object that is changed there.
    [InlineData("_a += Heavy(order);\n    _b += Other(order, _a);", "_a += a;\n    _b += Other(order, _a);")]
    [InlineData("_a += Heavy(order);\n    var n = _a;\n    _b += Other(order, n);",
        "_a += a;\n    var n = _a;\n    _b += Other(order, n);")]
    [InlineData("_a += Heavy(order);\n    order.Lines.Add(1);\n    _b += Other(order, 1);",
        "_a += a;\n    order.Lines.Add(1);\n    _b += Other(order, 1);")]
    // What guards it, and what others hear of.
    [InlineData("_a += Heavy(order);\n    if (_a > 9) return;\n    _b += Other(order, 1);",
        "_a += a;\n    if (_a > 9) return;\n    _b += Other(order, 1);")]
    [InlineData("_a += Heavy(order);\n    Monitor.Pulse(_gate);\n    _b += Other(order, 1);",
        "_a += a;\n    Monitor.Pulse(_gate);\n    _b += Other(order, 1);")]
    public Task What_sees_the_rest_stays_behind_it(string before, string after) => Becomes(
        $"[|lock (_gate)|]\n{{\n    {before}\n}}", $"var a = Heavy(order);\nlock (_gate)\n{{\n    {after}\n}}");
}

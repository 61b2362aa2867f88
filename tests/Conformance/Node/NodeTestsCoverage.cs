using System.Reflection;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Every test of Node that can be told in C# has its counterpart here, by name, and every other one has a reason.</summary>
public sealed class NodeTestsCoverage
{
    private static readonly string[][] Listed =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Node", "node-tests.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(" -- ", 2, StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Every_portable_test_has_a_counterpart() => Assert.Equal(
        Listed.Where(line => line.Length == 1).Select(line => line[0]).Order(StringComparer.Ordinal),
        typeof(NodeTestsCoverage).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttribute<PinsAttribute>()?.Tests ?? [])
            .Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_portable_says_why_or_where() =>
        Assert.All(Listed.Where(line => line.Length == 2), line => Assert.True(line[1].Length > 10, $"{line[0]} has no reason"));

    [Fact]
    public void No_test_is_listed_twice() => Assert.Equal(Listed.Length, Listed.Select(line => line[0]).Distinct().Count());
}

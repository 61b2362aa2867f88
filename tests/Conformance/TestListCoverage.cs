using System.Reflection;

namespace Quintet.Tests.Conformance;

/// <summary>
/// A list of an original's tests beside the specifications: one name a line for what has its counterpart here, a name and a reason for
/// what has none.
/// </summary>
/// <typeparam name="TAttribute">What a counterpart carries.</typeparam>
/// <param name="file">The list, below the output folder.</param>
/// <param name="testsOf">The names that an attribute gives.</param>
public abstract class TestListCoverage<TAttribute>(string file, Func<TAttribute, IReadOnlyList<string>> testsOf)
    where TAttribute : Attribute
{
    private readonly string[][] _listed =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, file))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(" -- ", 2, StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Every_portable_test_has_a_counterpart() => Assert.Equal(
        _listed.Where(line => line.Length == 1).Select(line => line[0]).Order(StringComparer.Ordinal),
        GetType().Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttribute<TAttribute>() is { } pins ? testsOf(pins) : [])
            .Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_portable_says_why_or_where() =>
        Assert.All(_listed.Where(line => line.Length == 2), line => Assert.True(line[1].Length > 10, $"{line[0]} has no reason"));

    [Fact]
    public void No_test_is_listed_twice() => Assert.Equal(_listed.Length, _listed.Select(line => line[0]).Distinct().Count());
}

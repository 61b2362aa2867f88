using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Contexts;

/// <summary>A query that a collection expression goes through: the oldest Roslyn has no operation for one.</summary>
public sealed class SpreadQueryTests
{
    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet<int>", true)]
    [InlineData("IEnumerable<int>", false)]
    public async Task A_query_is_run_by_the_collection_that_it_is_spread_into(string type, bool isQuery)
    {
        var source =
            $$"""
            namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
            { protected DbSet() : base(Array.Empty<T>()) { } } }
            class Store { public async Task M({{type}} all) { await Task.Yield(); List<int> l = [.. {0}]; } }
            """;
        if (isQuery) await Flags(source.Replace("{0}", "[|all.Where(n => n > 1)|]"));
        else await Allows(source.Replace("{0}", "all.Where(n => n > 1)"));
    }
}

using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Queries that leave their member as sequences: the database is asked where somebody goes through them.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private static string Repository(string type, string all, string use) =>
        $$"""
        namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
        { protected DbSet() : base(Array.Empty<T>()) { } } }
        interface IOrders { IEnumerable<int> All(); }
        class Orders({{type}} all) : IOrders { public IEnumerable<int> All() {{all}} }
        class Store { public async Task<object> M(Orders orders, IOrders contract) { await Task.Yield(); {{use}} } }
        """;

    [Theory]
    [InlineData("=> all;", "return [|orders.All()|].Count();")]
    [InlineData("=> all.AsEnumerable();", "foreach (var n in [|orders.All()|]) { } return null;")]
    [InlineData("=> all.Where(n => n > 1).AsEnumerable();", "return [|orders.All()|].ToList();")]
    [InlineData("{ var q = all.AsEnumerable(); return q.Where(n => n > 1); }", "return [|orders.All()|].First();")]
    [InlineData("=> all;", "return [|contract.All()|].Where(n => n > 2).ToArray();")]
    public async Task Whoever_goes_through_a_query_that_was_given_waits(string all, string use)
    {
        await Flags(Repository("Microsoft.EntityFrameworkCore.DbSet<int>", all, use));
        await Allows(Repository("List<int>", all, use.Replace("[|", "").Replace("|]", "")));
    }

    [Theory]
    [InlineData("=> all;", "return orders.All();")]
    [InlineData("=> all;", "return orders.All().Where(n => n > 1);")]
    [InlineData("=> new List<int>();", "return orders.All().Count();")]
    public Task Whoever_does_not_or_is_given_a_list_does_not(string all, string use) =>
        Allows(Repository("Microsoft.EntityFrameworkCore.DbSet<int>", all, use));
}

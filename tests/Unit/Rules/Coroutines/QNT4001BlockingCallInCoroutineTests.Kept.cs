using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Queries that a local keeps: whoever goes through one does its work.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private static string Query(string body) =>
        "IEnumerable<string> _kept; void Keep(IEnumerable<string> q) => _kept = q; "
            + "async Task M(string[] files) { await Task.Yield(); " + body + " }";

    [Theory]
    [InlineData("var q = files.Select(f => [|File.ReadAllText(f)|]); foreach (var one in q) Console.Write(one);")]
    [InlineData("var q = files.Select(f => [|File.ReadAllText(f)|]); await Task.Delay(1); q.ToList();")]
    [InlineData("IEnumerable<string> q; q = files.Select(f => [|File.ReadAllText(f)|]); q.ToList();")]
    [InlineData("var q = files.Select(f => [|File.ReadAllText(f)|]); await Task.Run(() => q.ToList()); q.Count();")]
    public Task A_query_that_is_gone_through_here_is_flagged(string body) => Flags(Query(body));

    [Theory]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); await Task.Run(() => q.ToList());")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); await Task.Run(() => { foreach (var one in q) Console.Write(one); });")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); await Task.Run(q.Count);")]
    [InlineData("var q = files.Where(f => File.ReadAllText(f) == \"a\").OrderBy(f => f); new Thread(() => q.ToList()).Start();")]
    [InlineData("var q = from f in files where File.ReadAllText(f) == \"a\" select f; await Task.Run(() => q.ToList());")]
    [InlineData("IEnumerable<string> q; q = files.Select(f => File.ReadAllText(f)); await Task.Run(() => q.ToList());")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); _kept = q;")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f));")]
    [InlineData("var q = files.Select(f => File.ReadAllText(f)); Keep(q);")]
    [InlineData("var q = files.Select(File.ReadAllText); Keep(q);")]
    public Task A_query_that_others_go_through_is_allowed(string body) => Allows(Query(body));

    [Theory]
    [InlineData("using var r = table.CreateDataReader(); while (r.Read()) { }")]
    [InlineData("var r = new System.Data.DataTableReader(table); r.NextResult();")]
    [InlineData("System.Data.Common.DbDataReader r = table.CreateDataReader(); r.Read();")]
    public Task A_table_in_memory_is_allowed(string body) =>
        Allows("async Task M(System.Data.DataTable table) { await Task.Yield(); " + body + " }");

    [Fact]
    public Task A_reader_of_a_database_is_flagged() =>
        Flags("async Task M(System.Data.Common.DbDataReader r) { await Task.Yield(); while ([|r.Read()|]) { } }");
}

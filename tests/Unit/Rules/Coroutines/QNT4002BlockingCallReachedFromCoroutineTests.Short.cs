using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Waits that are over before anybody notices, each beside the one that is not.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private static string Reaching(string members, string call) =>
        members + " public async Task M() { await Task.Yield(); " + call + "; }";

    private static async Task Differ(string members, string does, string does_not, string call)
    {
        await Flags(Reaching(members.Replace("{0}", does), $"[|{call}|]"));
        await Allows(Reaching(members.Replace("{0}", does_not), call));
    }

    // Whoever asks first waits until there is something to give.
    [Theory]
    [InlineData("_ready.WaitOne();", "_ready.WaitOne(); _ready = null;")]
    [InlineData("_ready.WaitOne(); _other = null;", "_ready.WaitOne(); _ready.Close(); _ready = null;")]
    public Task A_wait_that_clears_its_signal_happens_once(string again, string once) => Differ(
        "ManualResetEvent _ready, _other; string _data; string Data() { if (_ready != null) { {0} } return _data; }",
        again, once, "Data()");

    [Theory]
    [InlineData("void Stop() { if (_worker != null) { _worker.Join(); _worker = null; } }", "Stop()")]
    [InlineData("void Stop() { if (_ready != null) { _ready.WaitOne(); _ready = null; } }", "Stop()")]
    public Task What_is_stopped_is_waited_for_each_time(string stop, string call) =>
        Flags(Reaching("ManualResetEvent _ready; Thread _worker; " + stop, $"[|{call}|]"));

    [Theory]
    [InlineData("Path.Combine(AppContext.BaseDirectory, _name)", "Path.Combine(AppContext.BaseDirectory, \"page.html\")")]
    [InlineData("Path.Combine(_name, \"page.html\")", "Path.Combine(AppDomain.CurrentDomain.BaseDirectory, \"html\", \"page.html\")")]
    [InlineData("_name + \"page.html\"", "AppContext.BaseDirectory + \"page.html\"")]
    [InlineData("Path.Combine(Path.GetDirectoryName(_name), \"page.html\")",
        "Path.Combine(Path.GetDirectoryName(typeof(C).Assembly.Location), \"page.html\")")]
    public Task A_file_that_was_shipped_with_the_program_is_small(string any, string shipped) => Differ(
        "string _name; string Page() => File.ReadAllText({0});", any, shipped, "Page()");

    [Theory]
    [InlineData("_name", "\"\"")]
    [InlineData("_name", "\"localhost\"")]
    [InlineData("_name", "System.Net.Dns.GetHostName()")]
    public Task The_own_addresses_need_no_network(string any, string own) => Differ(
        "string _name; void Ask() => System.Net.Dns.GetHostAddresses({0});", any, own, "Ask()");

    private const string Mapper =
        """
        namespace Dapper { public static class SqlMapper { public static int Execute(this System.Data.IDbConnection c, string sql) => 0; } }
        namespace Microsoft.Data.Sqlite { public abstract class SqliteConnection : System.Data.Common.DbConnection { } }
        """;

    [Fact]
    public async Task A_query_of_a_file_of_sqlite_is_as_brief_through_a_mapper()
    {
        const string Class = Mapper + "\nclass C { void Run({0} c) { Dapper.SqlMapper.Execute(c, \"delete\"); } public async Task M({0} c) "
            + "{ await Task.Yield(); {1}; } }";
        await Flags(Class.Replace("{0}", "System.Data.Common.DbConnection").Replace("{1}", "[|Run(c)|]"));
        await Allows(Class.Replace("{0}", "Microsoft.Data.Sqlite.SqliteConnection").Replace("{1}", "Run(c)"));
    }

    // The other branch turns the work down, as a guard does.
    [Theory]
    [InlineData("if (_n > 3) Read(); else _n++;", "if (_n > 3) Read(); else return;", "Work()")]
    [InlineData("if (_n > 3) Read(); else _n++;", "if (_n > 3) Read(); else ShowError(\"no\");", "Work()")]
    [InlineData("if (_n < 3) _n++; else Read();", "if (_n < 3) ShowError(\"no\"); else Read();", "Work()")]
    [InlineData("if (_n > 3) Read(); else Count();", "if (_n > 3) Read(); else { ShowError(\"no\"); return; }", "Work()")]
    public async Task A_refusal_makes_the_work_no_less_sure(string perhaps, string always, string call)
    {
        const string Members = "int _n; static void ShowError(string text) { } void Count() { } "
            + "static void Read() => File.ReadAllText(\"a\"); void Work() { {0} }";
        await Flags(Reaching(Members.Replace("{0}", always), $"[|{call}|]"));
        await Allows(Reaching(Members.Replace("{0}", perhaps), call));
    }
}

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
    [InlineData("bool Stop() { if (_ready != null) { _ready.WaitOne(); _ready = null; } return true; }", "Stop()")]
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
    [InlineData("File.Copy({0}, _name)")]
    [InlineData("File.ReadAllBytes({0})")]
    public Task What_else_is_read_of_what_was_shipped(string read) => Differ(
        $"string _name; void Read() => {read.Replace("{0}", "Path.Combine({0}, \"help.xml\")")};",
        "_name", "AppContext.BaseDirectory", "Read()");

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
    [InlineData("if (_n > 3) Read(); else { Count(); return; }", "if (_n > 3) Read(); else { return; }", "Work()")]
    public async Task A_refusal_makes_the_work_no_less_sure(string perhaps, string always, string call)
    {
        const string Members = "int _n; static void ShowError(string text) { } void Count() { } "
            + "static void Read() => Thread.Sleep(40); void Work() { {0} }";
        await Flags(Reaching(Members.Replace("{0}", always), $"[|{call}|]"));
        await Allows(Reaching(Members.Replace("{0}", perhaps), call));
    }

    // What a flag keeps from being done again is done again when somebody takes the flag back.
    [Theory]
    [InlineData("void Next() { _done = false; }", "C() { _done = false; }")]
    [InlineData("void Next() { _done = false; }", "void Dispose() { _done = false; }")]
    [InlineData("void Next() { _done = false; }", "void Reset() { _done = false; }")]
    [InlineData("void Next() { _done = false; }", "void watcher_Changed(object sender, EventArgs e) { _done = false; }")]
    [InlineData("void Next() { try { _n++; } finally { _done = false; } }", "void Next() { try { _n++; } catch { _done = false; } }")]
    public Task A_flag_that_is_taken_back_lets_it_happen_again(string again, string once) => Differ(
        "bool _done; int _n; {0} void Load() { if (_done) return; File.ReadAllText(\"a\"); _done = true; }", again, once, "Load()");

    [Fact]
    public Task Who_is_at_it_already_is_no_first_time() => Flags(Reaching(
        "bool _busy; void Load() { if (_busy) return; _busy = true; try { File.ReadAllText(\"a\"); } finally { _busy = false; } }",
        "[|Load()|]"));

    // The pause is what happens while the file is not there.
    [Theory]
    [InlineData("while (true) { if (File.Exists(p)) return; Thread.Sleep(100); }", "if (File.Exists(p)) return; File.WriteAllText(p, p);")]
    [InlineData("for (var i = 0; i < 9; i++) { if (File.Exists(p)) return; Task.Delay(100).Wait(); }",
        "if (!File.Exists(p)) File.WriteAllText(p, p);")]
    public Task A_file_that_is_waited_for_is_no_file_that_is_made(string polls, string makes) =>
        Differ("string _p; void Open(string p) { {0} }", polls, makes, "Open(_p)");

    // One of two is enough, and the caller gives it.
    [Theory]
    [InlineData("Load(true)", "Load(false)")]
    [InlineData("Load(true)", "Load(_force)")]
    [InlineData("Named(\"disk\")", "Named(\"memory\")")]
    public async Task What_is_enough_for_a_branch_decides_it(string enough, string perhaps)
    {
        const string Members = "bool _force; string[] _lines = []; void Load(bool force) { if (force || _lines.Length == 0) "
            + "_lines = File.ReadAllLines(\"a\"); } void Named(string mode) { if (_lines.Length == 0 || mode == \"disk\") "
            + "_lines = File.ReadAllLines(\"a\"); }";
        await Flags(Reaching(Members, $"[|{enough}|]"));
        await Allows(Reaching(Members, perhaps));
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Flags(Reaching(Members, $"[|{perhaps}|]"));
    }

    [Theory]
    [InlineData("if (force && _n > 3 || _n < 1)")]
    [InlineData("if (force || both)")]
    public Task What_is_not_enough_alone_decides_nothing(string condition) => Allows(Reaching(
        "int _n; bool _both; void Load(bool force, bool both) { " + condition + " File.ReadAllLines(\"a\"); }", "Load(true, _both)"));

    // Who comes behind a try that leaves has failed.
    [Theory]
    [InlineData("try { Fast(); } catch (IOException) { } Slow();", "try { Fast(); return; } catch (IOException) { } Slow();")]
    [InlineData("try { if (_n > 1) return; } catch (IOException) { } Slow();", "try { return; } catch (IOException) { } Slow();")]
    [InlineData("try { return; } finally { Slow(); }", "while (true) { try { Fast(); break; } catch (IOException) { } Slow(); }")]
    public Task What_follows_a_try_that_leaves_is_after_a_failure(string always, string failed) => Differ(
        "int _n; void Fast() { } static void Slow() => Thread.Sleep(40); void Work() { {0} }", always, failed, "Work()");

    [Theory]
    [InlineData("$\"{_n}/environ\"", "$\"/proc/{_n}/environ\"")]
    [InlineData("_n + \"/proc/\"", "\"/proc/\" + _n")]
    public Task A_file_of_the_kernel_by_its_beginning(string any, string kernel) =>
        Differ("int _n; string Read() => File.ReadAllText({0});", any, kernel, "Read()");

    [Theory]
    [InlineData("File.ReadAllText(\"a\")", "File.Exists(\"a\")")]
    public async Task A_look_at_the_disk_once_for_a_program_is_not_worth_a_word(string read, string look)
    {
        const string Code = "static class Place { public static readonly object Inside = {0}; } class C { public async Task<object> M() "
            + "{ await Task.Yield(); return {1}; } }";
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Flags(Code.Replace("{0}", read).Replace("{1}", "[|Place.Inside|]"));
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Allows(Code.Replace("{0}", look).Replace("{1}", "Place.Inside"));
    }
}

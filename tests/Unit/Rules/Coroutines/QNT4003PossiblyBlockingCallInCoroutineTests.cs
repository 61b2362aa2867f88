using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4003PossiblyBlockingCallInCoroutineTests
{
    [Fact]
    public Task One_of_several_implementations_that_blocks_is_possible() => Flags(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class FixedStock : IStock { public int Count() => 1; }
        class C { public async Task<int> M(IStock s) { await Task.Yield(); return [|s.Count()|]; } }
        """, "may hold its thread");

    [Fact]
    public Task A_single_implementation_is_definite_and_left_to_the_warning() => Allows(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class C { public async Task<int> M(IStock s) { await Task.Yield(); return s.Count(); } }
        """);

    [Fact]
    public Task Several_implementations_that_do_not_block_are_allowed() => Allows(
        """
        interface IStock { int Count(); }
        class ListStock : IStock { public int Count() => 2; }
        class FixedStock : IStock { public int Count() => 1; }
        class C { public async Task<int> M(IStock s) { await Task.Yield(); return s.Count(); } }
        """);

    [Fact]
    public Task A_call_on_a_path_that_throws_is_possible() => Flags(
        "async Task M(int n) { await Task.Yield(); if (n < 0) { [|File.WriteAllText(\"a\", \"b\")|]; throw new Exception(); } }");

    [Fact]
    public Task A_call_on_a_path_that_goes_on_is_definite_and_left_to_the_warning() => Allows(
        "async Task M(int n) { await Task.Yield(); if (n < 0) { File.WriteAllText(\"a\", \"b\"); } }");

    [Fact]
    public Task An_argument_of_a_throw_is_on_a_path_that_throws() => Flags(
        "async Task M(int n) { await Task.Yield(); if (n < 0) throw new Exception([|File.ReadAllText(\"a\")|]); }");

    [Fact]
    public Task A_throw_without_work_is_allowed() => Allows(
        "async Task M(int n) { await Task.Yield(); if (n < 0) throw new Exception(\"a\"); }");

    [Fact]
    public Task Brief_work_is_possible() => Flags(
        "async Task M() { await Task.Yield(); [|File.Delete(\"a\")|]; }");

    [Fact]
    public Task Work_on_names_of_files_is_allowed() => Allows(
        "async Task<string> M() { await Task.Yield(); return Path.Combine(\"a\", \"b\"); }");

    [Fact]
    public Task A_static_initialiser_that_blocks_is_possible() => Flags(
        """
        static class Table { public static readonly string Text = File.ReadAllText("a"); }
        class C { public async Task<string> M() { await Task.Yield(); return [|Table.Text|]; } }
        """);

    [Fact]
    public Task A_static_initialiser_that_does_not_is_allowed() => Allows(
        """
        static class Table { public static readonly string Text = "a".Trim(); }
        class C { public async Task<string> M() { await Task.Yield(); return Table.Text; } }
        """);

    [Fact]
    public Task A_lazy_value_that_blocks_is_possible() => Flags(
        """
        class C
        {
            private readonly Lazy<string> _text = new(() => File.ReadAllText("a"));
            public async Task<string> M() { await Task.Yield(); return [|_text.Value|]; }
        }
        """);

    [Fact]
    public Task A_lazy_value_that_does_not_is_allowed() => Allows(
        """
        class C
        {
            private readonly Lazy<string> _text = new(() => "a");
            public async Task<string> M() { await Task.Yield(); return _text.Value; }
        }
        """);

    [Fact]
    public Task A_stream_of_unknown_origin_is_possible_where_it_is_reached() => Flags(
        """
        public async Task M(Stream s) { await Task.Yield(); [|Read(s)|]; }
        int Read(Stream s) => s.Read(new byte[1], 0, 1);
        """);

    [Fact]
    public Task A_stream_in_memory_is_allowed() => Allows(
        """
        public async Task M(MemoryStream s) { await Task.Yield(); Read(s); }
        int Read(Stream s) => s.Read(new byte[1], 0, 1);
        """);

    [Fact]
    public Task A_parameter_that_is_not_known_is_possible() => Flags(
        """
        public async Task M(int n) { await Task.Yield(); [|Load(n > 1)|]; }
        void Load(bool fresh) { if (fresh) Thread.Sleep(1); }
        """);

    [Fact]
    public Task A_parameter_that_says_no_is_allowed() => Allows(
        """
        public async Task M(int n) { await Task.Yield(); Load(false); }
        void Load(bool fresh) { if (fresh) Thread.Sleep(1); }
        """);

    [Fact]
    public Task Start_up_code_is_allowed() => Allows(
        "class Program { static async Task Main() { File.Delete(\"a\"); await Task.Yield(); } }");

    [Fact]
    public Task What_a_handler_of_exceptions_reaches_is_possible() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Try()|]; }
        void Try() { try { Console.WriteLine(); } catch (IOException) { File.WriteAllText("a", "b"); } }
        """);

    [Fact]
    public Task A_handler_that_only_prints_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Try(); }
        void Try() { try { Console.WriteLine(); } catch (IOException) { Console.WriteLine("b"); } }
        """);

    [Theory]
    [InlineData("ManualResetEvent", "true")]
    [InlineData("ManualResetEventSlim", "true")]
    public Task A_gate_that_is_made_open_is_possible(string gate, string open) => Flags(Paused(gate, open, "[|Step()|]"));

    [Theory]
    [InlineData("ManualResetEvent", "false")]
    [InlineData("ManualResetEventSlim", "false")]
    [InlineData("AutoResetEvent", "true")]
    public Task A_gate_that_is_made_closed_is_left_to_the_warning(string gate, string open) => Allows(Paused(gate, open, "Step()"));

    private static string Paused(string gate, string open, string step)
    {
        var wait = gate == "ManualResetEventSlim" ? "Wait" : "WaitOne";
        return $"{gate} Gate {{ get; }} = new({open}); void Step() => Gate.{wait}(); "
            + $"public async Task M() {{ await Task.Yield(); {step}; }}";
    }

    private static string Service(string members) =>
        "class Feed : Microsoft.Extensions.Hosting.IHostedService { System.Threading.Thread _worker; "
        + "public Task StartAsync(System.Threading.CancellationToken t) => Task.CompletedTask; " + members + " }";

    [Fact]
    public Task A_wait_while_the_service_stops_is_possible() => Flags(Service(
        "public async Task StopAsync(System.Threading.CancellationToken t) { await Task.Yield(); [|_worker.Join()|]; }"));

    [Fact]
    public Task A_wait_while_only_the_stop_leads_there_is_possible() => Flags(Service(
        "public async Task StopAsync(System.Threading.CancellationToken t) { await DrainAsync(); } "
        + "private async Task DrainAsync() { await Task.Yield(); [|_worker.Join()|]; }"));

    [Fact]
    public Task A_wait_where_others_lead_too_is_left_to_the_warning() => Allows(Service(
        "public async Task StopAsync(System.Threading.CancellationToken t) { await DrainAsync(); } "
        + "public async Task FlushAsync() { await DrainAsync(); } "
        + "private async Task DrainAsync() { await Task.Yield(); _worker.Join(); }"));

    private static string Gate(string under) =>
        "class Prices { private readonly System.Threading.SemaphoreSlim _gate = new(1, 1); int _count; "
        + "public async Task SetAsync(int n) { await _gate.WaitAsync(); try { " + under + " } finally { _gate.Release(); } } "
        + "public async Task<int> M() { await Task.Yield(); {0}_gate.Wait(){1}; try { return _count; } finally { _gate.Release(); } } }";

    [Fact]
    public Task A_gate_that_is_held_for_an_assignment_is_possible() =>
        Flags(Gate("_count = n;").Replace("{0}", "[|").Replace("{1}", "|]"));

    [Theory]
    [InlineData("await Task.Delay(100); _count = n;")]
    [InlineData("Thread.Sleep(100); _count = n;")]
    public Task A_gate_that_is_held_over_a_wait_is_left_to_the_warning(string under) =>
        Allows(Gate(under).Replace("{0}", "").Replace("{1}", ""));

    [Theory]
    [InlineData("paths.Select(File.ReadAllText)", "IEnumerable<string>")]
    [InlineData("paths.Where(p => p != \"\").Select(p => File.ReadAllText(p)).OrderBy(t => t)", "IOrderedEnumerable<string>")]
    public async Task A_step_of_a_query_that_is_returned_runs_elsewhere(string query, string type)
    {
        var usings = "using System.Collections.Generic; using System.Linq;\n";
        var method = $"public async Task<{type}> M(List<string> paths) {{ await Task.Yield(); return {query}; }}";
        await Allows(usings + "class C { " + method + " }");
        // The same query, run to its end before it is returned, is left to the warning.
        await Allows(usings + "class C { " + method.Replace("; }", ".ToList(); }").Replace(type, "List<string>") + " }");
    }

    private static string Store(string task, string call) =>
        $"interface IStore {{ {task}<int> FindAsync(); }} class C {{ int Find(IStore s) {{ var n = s.FindAsync().Result; return n + 1; }} "
        + $"public async Task<int> M(IStore s) {{ await Task.Yield(); return {call}; }} }}";

    [Fact]
    public Task A_value_task_that_somebody_out_of_sight_gives_is_possible() => Flags(Store("ValueTask", "[|Find(s)|]"));

    [Fact]
    public Task A_task_that_somebody_out_of_sight_gives_is_left_to_the_warning() => Allows(Store("Task", "Find(s)"));

    [Fact]
    public Task A_question_that_a_callee_asks_at_the_console_is_possible() => Flags(
        "bool Ask(string what) { Console.Write(what); var said = Console.ReadLine(); return said == what; } "
        + "public async Task<bool> M() { await Task.Yield(); return [|Ask(\"a\")|]; }");

    [Fact]
    public Task A_question_that_the_coroutine_asks_itself_is_left_to_the_warning() => Allows(
        "public async Task<bool> M() { await Task.Yield(); Console.Write(\"a\"); var said = Console.ReadLine(); return said == \"a\"; }");

    private static string Moved(string start, string call) =>
        "class Launcher { " + start + " private async Task RunAsync() { await Task.Yield(); await LoadAsync(); } "
        + "private async Task LoadAsync() { await Task.Yield(); " + call + "; } "
        + "void Load() { Read(); Read(); } void Read() { var text = File.ReadAllText(\"a\"); Console.WriteLine(text.Length); } }";

    [Theory]
    [InlineData("public void Start() => Task.Run(RunAsync);")]
    [InlineData("public void Start() => Task.Run(async () => await RunAsync());")]
    public Task What_a_coroutine_reaches_that_was_moved_as_a_whole_is_possible(string start) => Flags(Moved(start, "[|Load()|]"));

    [Theory]
    [InlineData("public async Task StartAsync() => await RunAsync();")]
    [InlineData("public void Start() => Task.Run(RunAsync); public async Task AgainAsync() => await LoadAsync();")]
    public Task What_a_coroutine_reaches_that_was_not_moved_is_left_to_the_warning(string start) => Allows(Moved(start, "Load()"));

    [Theory]
    [InlineData("[|File.Copy(\"a\", \"b\")|]")]
    public Task A_file_that_a_moved_coroutine_copies_is_possible(string work) =>
        Flags(Moved("public void Start() => Task.Run(RunAsync);", work));

    [Theory]
    [InlineData("Thread.Sleep(100)")]
    public Task A_wait_that_a_moved_coroutine_writes_is_left_to_the_warning(string work) =>
        Allows(Moved("public void Start() => Task.Run(RunAsync);", work));

    [Theory]
    [InlineData("class Installer")]
    [InlineData("class InstallService")]
    [InlineData("class AppUpdater")]
    [InlineData("class OrderMigrator")]
    [InlineData("class DefaultUserSeed")]
    [InlineData("class ShopDbInitializer")]
    [InlineData("class AppBootstrapper")]
    [InlineData("namespace Shop.Migrations; class AddOrders")]
    public Task Work_that_runs_alone_by_its_name_is_possible(string type) =>
        Flags(type + " { public async Task M() { await Task.Yield(); [|Thread.Sleep(100)|]; } }");

    // A command-line program does one thing at a time.
    [Theory]
    [InlineData("namespace CommandLine { class VerbAttribute : Attribute { } } [CommandLine.Verb] class Export")]
    [InlineData("namespace CliFx { class CommandAttribute : Attribute { } } [CliFx.Command] class Export")]
    [InlineData("namespace Spectre.Console.Cli { class AsyncCommand { } } class Export : Spectre.Console.Cli.AsyncCommand")]
    public Task A_command_of_a_command_line_is_possible(string type) =>
        Flags(type + " { public async Task M() { await Task.Yield(); [|Thread.Sleep(100)|]; } }");

    [Theory]
    [InlineData("namespace Discord.Commands { class CommandAttribute : Attribute { } } [Discord.Commands.Command] class Export")]
    [InlineData("namespace Shop { class AsyncCommand { } } class Export : Shop.AsyncCommand")]
    public Task A_command_of_something_else_is_left_to_the_warning(string type) =>
        Allows(type + " { public async Task M() { await Task.Yield(); Thread.Sleep(100); } }");

    [Theory]
    [InlineData("class InstalledPlugins")]
    [InlineData("class PluginInstaller")]
    [InlineData("class PriceUpdater")]
    [InlineData("class LinseedPrices")]
    [InlineData("class PriceInitializer")]
    [InlineData("namespace Shop.Immigration; class AddOrders")]
    public Task Work_that_only_sounds_like_it_is_left_to_the_warning(string type) =>
        Allows(type + " { public async Task M() { await Task.Yield(); Thread.Sleep(100); } }");

    [Theory]
    [InlineData("var s = [|File.ReadAllText(\"HEAD\")|].Trim();")]
    [InlineData("[|File.WriteAllText(\"a\", n.ToString())|];")]
    public Task A_file_that_holds_one_value_is_possible(string work) => Flags(Value(work));

    [Theory]
    [InlineData("var s = File.ReadAllText(\"HEAD\").Trim().Split(' ');")]
    [InlineData("var s = File.ReadAllText(\"HEAD\").ToUpper();")]
    [InlineData("File.WriteAllText(\"a\", text);")]
    public Task A_file_that_holds_more_is_left_to_the_warning(string work) => Allows(Value(work));

    private static string Value(string work) => $"public async Task M(int n, string text) {{ await Task.Yield(); {work} }}";
}

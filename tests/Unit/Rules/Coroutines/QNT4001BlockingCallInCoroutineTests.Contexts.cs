using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Which bodies are coroutines or turns, and which speak under another id or not at all.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private const string Facts = "namespace Xunit { class FactAttribute : Attribute { } }\n";

    [Fact]
    public Task A_background_service_is_a_coroutine() => Flags(
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop) { [|Thread.Sleep(1)|]; await Task.Yield(); }
        }
        """);

    [Fact]
    public Task The_start_of_a_hosted_service_is_start_up() => Allows(
        """
        class Worker : Microsoft.Extensions.Hosting.IHostedService
        {
            public async Task StartAsync(CancellationToken stop) { Thread.Sleep(1); await Task.Yield(); }
            public Task StopAsync(CancellationToken stop) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task An_asynchronous_Main_is_start_up() => Allows(
        "class Program { static async Task Main() { Thread.Sleep(1); await Task.Yield(); } }");

    private static string Mapping(string start) =>
        "using Microsoft.AspNetCore.Builder;\nclass Program { static void Main() { var app = WebApplication.Create(); " + start + " } }";

    // The commonest program there is: its endpoints are written where it starts, and run for every request.
    [Theory]
    [InlineData("app.MapGet(\"/\", async () => { await Task.Yield(); [|Thread.Sleep(1)|]; });")]
    [InlineData("app.Use(async (context, next) => { await next(); [|Thread.Sleep(1)|]; });")]
    public Task A_coroutine_that_serves_requests_is_no_start_up_where_it_is_written(string start) => Flags(Mapping(start));

    [Theory]
    [InlineData("System.Func<Task> seed = async () => { await Task.Yield(); Thread.Sleep(1); }; seed().Wait();")]
    [InlineData("Task.Run(async () => { await Task.Yield(); Thread.Sleep(1); });")]
    public Task A_coroutine_that_only_the_start_needs_is(string start) => Allows(Mapping(start));

    [Fact]
    public Task A_coroutine_of_another_name_is_not() => Flags(
        "class Program { static async Task Run() { [|Thread.Sleep(1)|]; await Task.Yield(); } }");

    [Fact]
    public Task A_test_method_may_block() => Allows(
        Facts + "class Tests { [Xunit.Fact] public async Task Waits() { Thread.Sleep(1); await Task.Yield(); } }");

    [Fact]
    public Task A_method_beside_a_test_that_others_may_call_may_not() => Flags(
        Facts + "public class Tests { [Xunit.Fact] public Task Waits() => Run(); public async Task Run() { [|Thread.Sleep(1)|]; "
            + "await Task.Yield(); } }");

    [Fact]
    public Task A_hub_method_is_a_turn() => Flags(
        "public class Chat : Microsoft.AspNetCore.SignalR.Hub { public void Send(string text) { [|Thread.Sleep(1)|]; } }");

    [Fact]
    public Task A_method_of_a_class_that_is_no_hub_is_not() => Allows(
        "public class Chat { public void Send(string text) { Thread.Sleep(1); } }");

    [Fact]
    public Task An_async_action_of_a_controller_is_a_coroutine() => Flags(
        """
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task<string> Get() { await Task.Yield(); return [|System.IO.File.ReadAllText("a")|]; }
        }
        """);

    [Fact]
    public Task A_synchronous_action_is_a_request() => Allows(
        """
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public string Get() { return System.IO.File.ReadAllText("a"); }
        }
        """);

    [Fact]
    public Task An_async_handler_of_a_window_is_left_to_the_event_loop() => Allows(
        """
        class View : System.Windows.Forms.Form
        {
            async void OnOpen(object sender, EventArgs e) { Thread.Sleep(1); await Task.Yield(); }
        }
        """);

    [Fact]
    public Task An_async_method_of_a_window_that_handles_nothing_is_a_coroutine() => Flags(
        """
        class View : System.Windows.Forms.Form
        {
            public async Task OpenAsync() { [|Thread.Sleep(1)|]; await Task.Yield(); }
        }
        """);

    [Fact]
    public Task A_member_declared_blocking_is_flagged() => Flags(
        """
        class BlockingAttribute : Attribute { }
        class Printer { [Blocking] public void Flush() { } }
        class C { async Task M(Printer p) { [|p.Flush()|]; await Task.Yield(); } }
        """, "Printer.Flush");

    [Fact]
    public Task The_same_member_without_the_attribute_is_allowed() => Allows(
        """
        class Printer { public void Flush() { } }
        class C { async Task M(Printer p) { p.Flush(); await Task.Yield(); } }
        """);

    [Fact]
    public Task A_line_in_a_file_of_the_user_is_read() => With(
        "acme.quintet.txt", "blocks  M:Acme.Printer.Flush  kind=wait  twin=M:Acme.Printer.FlushAsync  -- waits for the paper").Flags(
        """
        namespace Acme { public class Printer { public void Flush() { } public Task FlushAsync() => null; } }
        class C { async Task M(Acme.Printer p) { [|p.Flush()|]; await Task.Yield(); } }
        """, "await Printer.FlushAsync");

    [Fact]
    public Task A_file_of_another_name_is_not() => With(
        "acme.txt", "blocks  M:Acme.Printer.Flush  kind=wait  -- waits for the paper").Allows(
        """
        namespace Acme { public class Printer { public void Flush() { } public Task FlushAsync() => null; } }
        class C { async Task M(Acme.Printer p) { p.Flush(); await Task.Yield(); } }
        """);

    [Theory]
    [InlineData("", "[|p.Flush(1)|]")]
    [InlineData("  via=Thread.Sleep", "p.Flush(1)")]
    public Task A_line_that_was_read_from_one_overload_is_not_about_the_others(string via, string call)
    {
        var lab =
            With("obj/quintet.effects.quintet.txt", $"blocks  M:Acme.Printer.Flush  kind=wait  twin=none{via}  -- as Acme is compiled");
        var source = $$"""
            namespace Acme { public class Printer { public extern void Flush(); public extern void Flush(int pages); } }
            class C { async Task M(Acme.Printer p) { {{call}}; await Task.Yield(); } }
            """;
        return via.Length == 0 ? lab.Flags(source) : lab.Allows(source);
    }

    [Fact]
    public Task A_user_can_contradict_the_catalogue() => With(
        "acme.quintet.txt", "quiet  M:System.Threading.Thread.Sleep  -- our runtime replaces it").Allows(
        "async Task M() { Thread.Sleep(1); await Task.Yield(); }");

    [Fact]
    public Task A_key_in_the_editorconfig_declares_a_member_blocking() => With(
        ".editorconfig", "quintet.blocking = M:Printer.Feed, M:Printer.Flush").Flags(
        """
        class Printer { public void Flush() { } }
        class C { async Task M(Printer p) { [|p.Flush()|]; await Task.Yield(); } }
        """);

    [Fact]
    public Task A_key_in_the_editorconfig_declares_a_member_harmless() => With(
        ".editorconfig", "quintet.non_blocking = M:System.Threading.Thread.Sleep").Allows(
        "async Task M() { Thread.Sleep(1); await Task.Yield(); }");

    [Fact]
    public Task A_key_names_one_overload_by_its_parameters() => With(
        ".editorconfig", "quintet.blocking = M:Printer.Feed, M:Printer.Flush(System.Int32, System.String),M:Printer.Stop").Flags(
        """
        class Printer { public void Flush(int copies, string tray) { } public void Flush(int copies) { } public void Stop() { } }
        class C { async Task M(Printer p) { [|p.Flush(1, "a")|]; p.Flush(1); [|p.Stop()|]; await Task.Yield(); } }
        """);

    [Fact]
    public Task A_key_names_a_property() => With(".editorconfig", "quintet.blocking = P:Printer.State").Flags(
        """
        class Printer { public int State { get { return 1; } } public int Pages { get { return 1; } } }
        class C { async Task<int> M(Printer p) { await Task.Yield(); return p.Pages + [|p.State|]; } }
        """);

    [Fact]
    public Task A_key_contradicts_the_catalogue_about_a_property() => With(
        ".editorconfig", "quintet.non_blocking = P:System.Threading.Tasks.Task`1.Result").Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); return t.Result; }");

    [Fact]
    public Task A_key_about_another_property_does_not() => With(
        ".editorconfig", "quintet.non_blocking = P:System.Threading.Tasks.Task`1.Factory").Flags(
        "async Task<int> M(Task<int> t) { await Task.Yield(); return [|t.Result|]; }");

    [Theory]
    [InlineData("_text ??= File.ReadAllText(\"a\");", "_text = [|File.ReadAllText(\"a\")|];")]
    [InlineData("if (_text == null) _text = File.ReadAllText(\"a\");", "if (_text != null) _text = [|File.ReadAllText(\"a\")|];")]
    [InlineData("if (!_known.TryGetValue(1, out _text)) _known[1] = File.ReadAllText(\"a\");",
        "if (!_known.TryGetValue(1, out _text)) _other = [|File.ReadAllText(\"a\")|];")]
    public async Task First_use_is_left_to_the_possible_form(string first, string always)
    {
        const string Members = "string _text, _other; readonly Dictionary<int, string> _known = new(); ";
        await Allows(Members + $"public async Task<string> M() {{ await Task.Yield(); {first} return _text; }}");
        await Flags(Members + $"public async Task<string> M() {{ await Task.Yield(); {always} return _text; }}");
    }

    [Fact]
    public Task A_delegate_run_by_a_control_is_left_to_the_possible_form() => Allows(
        "public async Task M(System.Windows.Forms.Control control) { await Task.Yield(); control.Invoke(() => { }); }");

    private static string LoopIn(string type, string loop) =>
        $"class View : {type} {{ public async Task M() {{ await Task.Yield(); {loop}; }} }}";

    [Fact]
    public Task A_parallel_loop_in_a_window_is_flagged() =>
        Flags(LoopIn("System.Windows.Forms.Form", "[|System.Threading.Tasks.Parallel.For(0, 9, i => { })|]"));

    [Fact]
    public Task A_parallel_loop_elsewhere_is_left_to_the_possible_form() =>
        Allows(LoopIn("StringWriter", "System.Threading.Tasks.Parallel.For(0, 9, i => { })"));

    [Fact]
    public Task A_window_that_invokes_itself_in_its_own_coroutine_calls_at_once() => Allows(
        "class View : System.Windows.Forms.Form { public async Task M() { await Task.Yield(); Invoke(() => { }); } }");

    // What a lambda on the pool hands to its window was moved out of everybody's way: the possible form tells it.
    [Fact]
    public Task A_window_that_invokes_itself_from_the_pool_is_left_to_the_possible_form() => Allows(
        "class View : System.Windows.Forms.Form { public Task M() => Task.Run(async () => { await Task.Yield(); Invoke(() => { }); }); }");

    [Fact]
    public Task A_query_of_a_set_is_flagged() => Flags(
        """
        namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
        { protected DbSet() : base(Array.Empty<T>()) { } } }
        class Store { public async Task<int> M(Microsoft.EntityFrameworkCore.DbSet<int> all)
        { await Task.Yield(); return [|all.Where(n => n > 1).Count()|]; } }
        """);

    [Fact]
    public Task A_query_that_somebody_passes_may_be_a_list() => Allows(
        "public async Task<int> M(IQueryable<int> all) { await Task.Yield(); return all.Where(n => n > 1).Count(); }");
}

using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed partial class QNT5001BlockingCallOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\n{members}\n}}";

    private static string Component(string members) => $"class Page : Microsoft.AspNetCore.Components.ComponentBase\n{{\n{members}\n}}";

    [Fact]
    public Task A_handler_that_reads_a_file_two_calls_down_is_flagged() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => [|Refresh()|];
        void Refresh() => Load();
        void Load() => File.ReadAllText("orders.txt");
        """),
        "'OnClick' runs on an event loop", "OnClick → Refresh → Load → File.ReadAllText", "each callback runs to completion");

    [Fact]
    public Task The_same_chain_from_a_method_that_handles_nothing_is_allowed() => Allows(View(
        """
        void OnClick(object sender) => Refresh();
        void Refresh() => Load();
        void Load() => File.ReadAllText("orders.txt");
        """));

    [Fact]
    public Task The_same_handler_in_a_type_that_is_no_control_is_allowed() => Allows(
        "class View { void OnClick(object sender, EventArgs e) => File.ReadAllText(\"orders.txt\"); }");

    // Of what a call leads to the message names what costs most: one file, which may be short, stands behind many.
    [Theory]
    [InlineData("Directory.GetFiles(folder, \"*\", SearchOption.AllDirectories);", "OnClick → Install → Directory.GetFiles")]
    [InlineData("foreach (var file in files) Copy(file);", "OnClick → Install → Copy → File.Copy")]
    [InlineData("Copy(folder);", "OnClick → Install → File.ReadAllText")]
    public Task One_file_is_named_only_where_nothing_else_is_reached(string work, string path) => Flags(View(
        "void OnClick(object sender, EventArgs e) => [|Install(Tag as string, [])|]; "
        + "void Install(string folder, string[] files) { var about = File.ReadAllText(folder); " + work + " } "
        + "static void Copy(string file) => File.Copy(file, \"kept/\" + file);"), path);

    [Fact]
    public Task An_async_void_handler_is_flagged() => Flags(View(
        "async void OnClick(object sender, EventArgs e) { [|Thread.Sleep(1)|]; await Task.Yield(); }"));

    [Fact]
    public Task An_async_void_handler_that_awaits_is_allowed() => Allows(View(
        "async void OnClick(object sender, EventArgs e) { await Task.Delay(1); }"));

    [Fact]
    public Task A_lambda_subscribed_to_an_event_of_a_control_is_flagged() => Flags(View(
        "public View() => Click += (sender, e) => [|Thread.Sleep(1)|];"));

    [Fact]
    public Task A_lambda_subscribed_to_an_event_of_a_timer_of_the_pool_is_allowed() => Allows(
        "class C { C(System.Timers.Timer timer) => timer.Elapsed += (sender, e) => Thread.Sleep(1); }");

    [Fact]
    public Task An_override_of_a_virtual_of_the_framework_is_flagged() => Flags(View(
        "protected override void OnLoad(EventArgs e) { [|Thread.Sleep(1)|]; }"));

    [Fact]
    public Task A_method_of_the_same_name_that_overrides_nothing_is_allowed() => Allows(
        "class View { protected virtual void OnLoad(string e) { Thread.Sleep(1); } }");

    [Fact]
    public Task Work_posted_to_the_loop_is_flagged() => Flags(
        "class C { void M(System.Windows.Forms.Control c) => c.BeginInvoke(() => [|Thread.Sleep(1)|]); }");

    [Fact]
    public Task Work_posted_to_the_pool_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) => Task.Run(() => Thread.Sleep(1));"));

    [Fact]
    public Task A_command_is_run_by_its_button() => Flags(
        """
        class Save : System.Windows.Input.ICommand
        {
            public event EventHandler CanExecuteChanged;
            public bool CanExecute(object parameter) => true;
            public void Execute(object parameter) { [|Thread.Sleep(1)|]; }
        }
        """);

    [Fact]
    public Task A_method_called_Execute_of_another_interface_is_allowed() => Allows(
        """
        interface ICommand { void Execute(object parameter); }
        class Save : ICommand { public void Execute(object parameter) { Thread.Sleep(1); } }
        """);

    [Fact]
    public Task A_life_cycle_method_of_a_component_is_flagged() => Flags(Component(
        "protected override void OnInitialized() { [|Thread.Sleep(1)|]; }"));

    [Fact]
    public Task An_asynchronous_life_cycle_method_that_awaits_is_allowed() => Allows(Component(
        "protected override async Task OnInitializedAsync() { await Task.Delay(1); }"));

    [Fact]
    public Task A_method_that_a_component_does_not_override_is_allowed() => Allows(Component(
        "void Prepare() { Thread.Sleep(1); }"));

    [Fact]
    public Task Two_calls_of_the_same_method_are_one_finding() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) { [|Load()|]; Load(); Load(); }
        void Load() => File.ReadAllText("orders.txt");
        """), "+2 more");

    [Fact]
    public Task A_wait_for_work_that_does_not_need_the_loop_only_holds_it() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => [|LoadAsync().Wait()|];
        async Task LoadAsync() => await Task.Delay(1).ConfigureAwait(false);
        """));

    [Fact]
    public Task A_wait_for_work_that_needs_the_loop_is_left_to_the_deadlock() => Allows(View(
        """
        void OnClick(object sender, EventArgs e) => LoadAsync().Wait();
        async Task LoadAsync() => await Task.Delay(1);
        """));

    [Fact]
    public Task A_complete_task_is_allowed() => Allows(View(
        "async void OnClick(object sender, EventArgs e) { var t = Task.Delay(1); await t; t.Wait(); }"));

    [Fact]
    public Task Brief_work_is_left_to_the_possible_form() => Allows(View(
        "void OnClick(object sender, EventArgs e) { File.Exists(\"a\"); }"));

    [Fact]
    public Task A_handler_in_a_program_that_starts_it_is_still_a_handler() => Flags(
        """
        class View : System.Windows.Forms.Form
        {
            static void Main() => new View().Click += OnClick;
            static void OnClick(object sender, EventArgs e) { [|Thread.Sleep(1)|]; }
        }
        """);

    [Fact]
    public Task The_arguments_of_a_routed_event_give_a_handler_away() => Flags(
        """
        namespace System.Windows { public class RoutedEventArgs : EventArgs { } }
        class Page { void Click(object sender, System.Windows.RoutedEventArgs e) { [|Thread.Sleep(1)|]; } }
        """);

    [Fact]
    public Task Arguments_of_the_same_name_elsewhere_do_not() => Allows(
        """
        namespace Acme { public class RoutedEventArgs : EventArgs { } }
        class Page { void Click(object sender, Acme.RoutedEventArgs e) { Thread.Sleep(1); } }
        """);

    [Fact]
    public Task A_window_that_waits_for_finalizers_is_flagged() =>
        Flags(View("void OnClick(object sender, EventArgs e) { GC.Collect(); [|GC.WaitForPendingFinalizers()|]; }"));

    private static string Ended(string before, string wait) => View(
        "void OnClick(object sender, EventArgs e) { var p = System.Diagnostics.Process.GetCurrentProcess(); " + before + wait + "; }");

    [Fact]
    public Task The_end_of_a_process_that_was_just_killed_is_left_to_the_possible_form() =>
        Allows(Ended("p.Kill(); ", "p.WaitForExit()"));

    [Theory]
    [InlineData("")]
    [InlineData("p.Refresh(); ")]
    [InlineData("p.Kill(); p.Refresh(); ")]
    [InlineData("new System.Diagnostics.Process().Kill(); ")]
    public Task The_end_of_another_process_is_flagged(string before) => Flags(Ended(before, "[|p.WaitForExit()|]"));

    [Fact]
    public Task An_installer_holds_its_own_window_all_the_same() => Flags(
        "class InstallerForm : System.Windows.Forms.Form { void OnClick(object sender, EventArgs e) { [|Thread.Sleep(100)|]; } }");

    [Fact]
    public Task What_is_marshalled_to_the_loop_is_just_called_there() => Allows(View(
        "void OnClick(object sender, EventArgs e) { Invoke(() => { Text = \"a\"; }); }"));

    [Fact]
    public Task A_task_of_a_body_that_is_not_seen_is_no_deadlock() => Flags(
        """
        interface IStore { Task LoadAsync(); }
        class View : System.Windows.Forms.Form { IStore _store; void OnClick(object sender, EventArgs e) => [|_store.LoadAsync().Wait()|]; }
        """);

    [Fact]
    public Task In_front_of_a_loop_that_never_ends_it_is_a_story_of_its_own() => Flags(View(
        "int _n; void OnClick(object sender, EventArgs e) { [|Thread.Sleep(100)|]; while (true) _n++; }"));

    [Fact]
    public Task Inside_of_a_loop_that_never_ends_it_is_the_loops() => Allows(View(
        "int _n; void OnClick(object sender, EventArgs e) { while (true) { _n++; Thread.Sleep(100); } }"));

    [Fact]
    public Task What_is_given_to_a_method_that_never_returns_is_a_story_of_its_own() => Flags(View(
        "int _n; void Spin(string text) { while (true) _n++; } "
        + "void OnClick(object sender, EventArgs e) => Spin([|File.ReadAllText(\"a\")|]);"));
}

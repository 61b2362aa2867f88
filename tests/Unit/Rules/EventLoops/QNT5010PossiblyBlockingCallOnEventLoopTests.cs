using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5010PossiblyBlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5010PossiblyBlockingCallOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\n{members}\n}}";

    [Fact]
    public Task Brief_work_is_possible() => Flags(View(
        "void OnClick(object sender, EventArgs e) { [|File.Delete(\"a\")|]; }"), "may hold it");

    [Fact]
    public Task Work_on_names_of_files_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { Text = Path.GetFileName(\"a\"); }"));

    [Fact]
    public Task Long_work_is_left_to_the_warning() => Allows(View(
        "void OnClick(object sender, EventArgs e) { File.ReadAllText(\"a\"); }"));

    [Fact]
    public Task A_call_on_a_path_that_throws_is_possible() => Flags(View(
        "void OnClick(object sender, EventArgs e) { if (Text == \"\") { [|File.WriteAllText(\"a\", \"b\")|]; throw new Exception(); } }"));

    [Fact]
    public Task A_path_that_throws_without_work_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { if (Text == \"\") { Text = \"a\"; throw new Exception(); } }"));

    [Fact]
    public Task One_of_several_implementations_is_possible() => Flags(
        """
        interface ISource { string Read(); }
        class FileSource : ISource { public string Read() => File.ReadAllText("a"); }
        class FixedSource : ISource { public string Read() => "a"; }
        class View : System.Windows.Forms.Form { ISource _source; void OnClick(object sender, EventArgs e) => Text = [|_source.Read()|]; }
        """);

    [Fact]
    public Task Implementations_that_do_not_block_are_allowed() => Allows(
        """
        interface ISource { string Read(); }
        class EmptySource : ISource { public string Read() => ""; }
        class FixedSource : ISource { public string Read() => "a"; }
        class View : System.Windows.Forms.Form { ISource _source; void OnClick(object sender, EventArgs e) => Text = _source.Read(); }
        """);

    [Fact]
    public Task The_same_work_outside_a_handler_is_allowed() => Allows(View(
        "void Clean() { File.Delete(\"a\"); }"));

    [Fact]
    public Task A_file_written_while_the_window_closes_is_possible() => Flags(View(
        "void View_Closing(object sender, System.ComponentModel.CancelEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; }"));

    [Fact]
    public Task A_file_written_while_the_window_stays_is_left_to_the_warning() => Allows(View(
        "void View_Changing(object sender, System.ComponentModel.CancelEventArgs e) { File.WriteAllText(\"a\", \"b\"); }"));

    [Fact]
    public Task A_sleep_while_the_window_closes_is_left_to_the_warning() => Allows(View(
        "void View_Closing(object sender, System.ComponentModel.CancelEventArgs e) { Thread.Sleep(1000); }"));

    private const string Wpf =
        "namespace System.Windows { public class Application { protected virtual void OnStartup(EventArgs e) { } "
        + "protected virtual void OnActivated(EventArgs e) { } } }\n";

    [Fact]
    public Task A_wait_while_the_application_starts_is_possible() => Flags(
        Wpf + "class App : System.Windows.Application { protected override void OnStartup(EventArgs e) { [|Thread.Sleep(1000)|]; } }");

    [Fact]
    public Task A_wait_when_the_application_is_activated_is_left_to_the_warning() => Allows(
        Wpf + "class App : System.Windows.Application { protected override void OnActivated(EventArgs e) { Thread.Sleep(1000); } }");

    [Fact]
    public Task A_wait_while_an_application_that_mark_up_describes_starts_is_possible() => Flags(
        "class StartupEventArgs : EventArgs { }\n"
        + View("void App_OnStart(object sender, StartupEventArgs e) { [|Thread.Sleep(1000)|]; }"));

    [Fact]
    public Task A_wait_at_another_event_of_it_is_left_to_the_warning() => Allows(
        "class StatusEventArgs : EventArgs { }\n" + View("void App_OnStart(object sender, StatusEventArgs e) { Thread.Sleep(1000); }"));

    [Fact]
    public Task Short_waits_that_let_the_message_loop_run_are_possible() => Flags(
        "class Application { public static void DoEvents() { } }\n" + View(
        "void OnClick(object sender, EventArgs e) { var t = new Thread(() => { }); while (![|t.Join(100)|]) Application.DoEvents(); }"));

    [Fact]
    public Task Short_waits_that_let_nothing_run_are_left_to_the_warning() => Allows(
        "class Application { public static void Step() { } }\n" + View(
        "void OnClick(object sender, EventArgs e) { var t = new Thread(() => { }); while (!t.Join(100)) Application.Step(); }"));

    [Fact]
    public Task A_delegate_that_the_loop_runs_at_once_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { Invoke(() => Text = \"a\"); }"));

    [Theory]
    [InlineData("void View_Closing(object sender, System.ComponentModel.CancelEventArgs e) { [|_worker.Join()|]; }")]
    [InlineData("View() { Closed += (s, e) => [|_worker.Join()|]; }")]
    [InlineData("void OnPanelDisposed(object sender, EventArgs e) { [|_worker.Join()|]; }")]
    [InlineData("void OnQuit(object sender, EventArgs e) { [|_worker.Join()|]; Environment.Exit(0); }")]
    [InlineData("void OnMove(object s, EventArgs e) { [|_worker.Join()|]; this?.RestartApplication(); } void RestartApplication() { }")]
    [InlineData("void OnMove(object s, EventArgs e) { [|_worker.Join()|]; RestartApplication(); } void RestartApplication() { }")]
    public Task A_wait_for_a_thread_while_the_window_or_the_program_ends_is_possible(string member) =>
        Flags(View("System.Threading.Thread _worker; event EventHandler Closed; " + member));

    [Theory]
    [InlineData("void View_Changing(object sender, System.ComponentModel.CancelEventArgs e) { _worker.Join(); }")]
    [InlineData("View() { Click += (s, e) => _worker.Join(); }")]
    [InlineData("void OnPanelDisplayed(object sender, EventArgs e) { _worker.Join(); }")]
    [InlineData("void OnQuit(object sender, EventArgs e) { _worker.Join(); Environment.GetEnvironmentVariable(\"a\"); }")]
    [InlineData("void OnMove(object s, EventArgs e) { _worker.Join(); RestartTimer(); } void RestartTimer() { }")]
    public Task A_wait_for_a_thread_while_they_stay_is_left_to_the_warning(string member) =>
        Allows(View("System.Threading.Thread _worker; event EventHandler Click; " + member));

    private static string Window(string type, string members) => $"class {type} : System.Windows.Forms.Form {{ {members} }}";

    [Theory]
    [InlineData("void MainForm_Load(object sender, EventArgs e) { Text = [|File.ReadAllText(\"a\")|]; }")]
    [InlineData("protected override void OnLoad(EventArgs e) { Text = [|File.ReadAllText(\"a\")|]; }")]
    public Task A_file_read_while_the_main_window_opens_is_possible(string member) => Flags(Window("MainForm", member));

    [Theory]
    [InlineData("MainForm", "void MainForm_Click(object sender, EventArgs e) { Text = File.ReadAllText(\"a\"); }")]
    [InlineData("MainForm", "protected override void OnLoad(EventArgs e) { Thread.Sleep(1000); }")]
    [InlineData("OrderForm", "void OrderForm_Load(object sender, EventArgs e) { Text = File.ReadAllText(\"a\"); }")]
    [InlineData("MaintenanceForm", "protected override void OnLoad(EventArgs e) { Text = File.ReadAllText(\"a\"); }")]
    public Task Other_windows_handlers_and_waits_are_left_to_the_warning(string type, string member) => Allows(Window(type, member));

    [Theory]
    [InlineData("DebugWindow", "void Button_Click(object sender, EventArgs e) { [|Thread.Sleep(1000)|]; }")]
    [InlineData("OrderWindow", "void OpenDebugWindow(object sender, EventArgs e) { [|Thread.Sleep(1000)|]; }")]
    public Task What_developers_look_into_the_program_with_is_possible(string type, string member) => Flags(Window(type, member));

    [Theory]
    [InlineData("DebuggerWindow", "void Button_Click(object sender, EventArgs e) { Thread.Sleep(1000); }")]
    [InlineData("OrderWindow", "void OpenOrderWindow(object sender, EventArgs e) { Thread.Sleep(1000); }")]
    public Task Other_windows_are_left_to_the_warning(string type, string member) => Allows(Window(type, member));

    [Fact]
    public Task A_sleep_that_the_end_of_a_window_only_reaches_is_possible() => Flags(View(
        "void OnClosed(object sender, EventArgs e) => [|Rest()|]; void Rest() => Thread.Sleep(100);"));

    [Fact]
    public Task A_sleep_that_is_written_there_is_left_to_the_warning() => Allows(View(
        "void OnClosed(object sender, EventArgs e) => Thread.Sleep(100);"));

    [Fact]
    public Task What_is_marshalled_to_the_loop_is_just_called_there() => Allows(View(
        "void OnClick(object sender, EventArgs e) { Invoke(() => { Text = \"a\"; }); }"));

    // Of what is only possible at one site, the wait is told before the computation.
    [Fact]
    public Task A_possible_wait_is_told_before_possible_work() => Flags(View(
        "int _n; void Do() { if (_n > 3) File.WriteAllText(\"a\", \"b\"); if (_n > 4) System.Security.Cryptography.RSA.Create(4096); } "
        + "void OnClick(object sender, EventArgs e) { [|Do()|]; }"));

    // The loop calls a helper that lets the messages through.
    [Theory]
    [InlineData("Application.DoEvents();", true)]
    [InlineData("Text = \"\";", false)]
    public Task A_wait_whose_loop_pumps_through_a_helper_is_possible(string helper, bool flagged)
    {
        var code = "class Application { public static void DoEvents() { } }\n" + View(
            "void Pump() { " + helper + " } void OnClick(object sender, EventArgs e) { while (Text == \"\") { {0}; Pump(); } }");
        return flagged
            ? Flags(code.Replace("{0}", "[|Thread.Sleep(40)|]"))
            : Allows(code.Replace("{0}", "Thread.Sleep(40)"));
    }

    // Raised by a thread of WMI, whatever type handles it.
    [Theory]
    [InlineData("EventArrivedEventArgs", false)]
    [InlineData("EventLeftEventArgs", true)]
    public Task An_event_that_no_window_raises_is_allowed(string arguments, bool flagged) =>
        flagged ? Flags(Told(arguments, "[|File.Delete(\"a\")|]")) : Allows(Told(arguments, "File.Delete(\"a\")"));

    private static string Told(string arguments, string work) =>
        "namespace System.Management { public class " + arguments + " : EventArgs { } }\n" + View(
            "void OnTold(object sender, System.Management." + arguments + " e) { " + work + "; }");
}

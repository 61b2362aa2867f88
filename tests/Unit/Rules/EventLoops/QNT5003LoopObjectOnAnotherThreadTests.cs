using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5003LoopObjectOnAnotherThread>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed partial class QNT5003LoopObjectOnAnotherThreadTests
{
    private static string View(string members) =>
        $"using System.Windows.Forms;\nusing System.ComponentModel;\nclass View : Form\n{{\n"
        + $"readonly Label _label = new();\nint _n;\nISynchronizeInvoke Ui() => null;\n{members}\n}}";

    private const string Loop = "Quintet.Asyncio.EventLoop loop";

    [Fact]
    public Task CallSoon_on_the_pool_is_flagged() =>
        Flags($"Task Start({Loop}) => Task.Run(() => {{ [|loop.CallSoon(() => {{ }})|]; }});",
            "runs on a pool thread", "use CallSoonThreadSafe");

    [Fact]
    public Task CallSoonThreadSafe_is_allowed() => Allows($"Task Start({Loop}) => Task.Run(() => loop.CallSoonThreadSafe(() => {{ }}));");

    [Fact]
    public Task CallSoon_on_the_loop_is_allowed() =>
        Allows($"void Start({Loop}) => loop.CallSoonThreadSafe(() => {{ loop.CallSoon(() => {{ }}); }});");

    [Fact]
    public Task A_future_set_by_a_thread_is_flagged() => Flags(
        "void Start(Quintet.Asyncio.Future<int> answer) => new Thread(() => { [|answer.SetResult(1)|]; }).Start();", "'Future.SetResult'");

    [Fact]
    public Task A_future_set_over_the_loop_is_allowed() => Allows(
        $"void Start(Quintet.Asyncio.Future<int> answer, {Loop}) => new Thread(() => {{ "
        + "loop.CallSoonThreadSafe(() => answer.SetResult(1)); }).Start();");

    [Fact]
    public Task A_completion_source_set_by_a_thread_is_allowed() =>
        Allows("void Start(TaskCompletionSource<int> answer) => new Thread(() => { answer.SetResult(1); }).Start();");

    [Fact]
    public Task Ticks_of_node_from_a_goroutine_are_flagged() => Flags(
        "void Start(Quintet.Node.NodeLoop loop) => Quintet.Goroutines.Go.Run(() => { [|loop.NextTick(() => { })|]; });", "use Post");

    [Fact]
    public Task Posting_from_a_goroutine_is_allowed() =>
        Allows("void Start(Quintet.Node.NodeLoop loop) => Quintet.Goroutines.Go.Run(() => { loop.Post(() => { }); });");

    [Fact]
    public Task A_loop_of_the_thread_itself_is_allowed() => Allows(
        "void Start() => new Thread(() => { var loop = new Quintet.Asyncio.EventLoop(); loop.CallSoon(() => { }); }).Start();");

    [Fact]
    public Task A_label_set_on_the_pool_is_flagged() =>
        Flags(View("void OnGo(object sender, EventArgs e) => Task.Run(() => { _n++; [|_label.Text = \"x\"|]; });"),
            "sets 'Control.Text'", "belongs to the thread of the user interface", "Control.Invoke");

    [Fact]
    public Task A_label_set_in_the_handler_is_allowed() =>
        Allows(View("void OnGo(object sender, EventArgs e) { Task.Run(() => { _n++; }); _label.Text = \"x\"; }"));

    [Fact]
    public Task A_label_read_on_the_pool_is_allowed() =>
        Allows(View("void OnGo(object sender, EventArgs e) => Task.Run(() => { var text = _label.Text; });"));

    [Fact]
    public Task A_label_set_through_Invoke_is_allowed() => Allows(
        View("void OnGo(object sender, EventArgs e) => Task.Run(() => { _label.Invoke(() => { _label.Text = \"x\"; }); });"));

    [Fact]
    public Task A_label_set_by_a_thread_of_its_own_is_flagged() => Flags(
        View("void OnGo(object sender, EventArgs e) => new Thread(() => { [|Text = \"x\"|]; }).Start();"), "a thread of its own");

    [Fact]
    public Task A_label_set_by_a_method_that_a_thread_was_given_is_flagged() => Flags(
        View("void OnGo(object sender, EventArgs e) => new Thread(Work).Start(); void Work() { [|_label.Text = \"x\"|]; }"));

    [Fact]
    public Task The_same_method_called_by_the_handler_is_allowed() =>
        Allows(View("void OnGo(object sender, EventArgs e) => Work(); void Work() { _label.Text = \"x\"; }"));

    [Fact]
    public Task The_same_method_called_by_both_is_allowed() => Allows(
        View("void OnGo(object sender, EventArgs e) { Work(); new Thread(Work).Start(); } void Work() { _label.Text = \"x\"; }"));

    [Fact]
    public Task The_work_of_a_background_worker_is_flagged() => Flags(
        View("void OnWork(object sender, DoWorkEventArgs e) { [|_label.Text = \"x\"|]; }"));

    [Fact]
    public Task The_progress_of_a_background_worker_is_allowed() => Allows(
        View("void OnProgress(object sender, ProgressChangedEventArgs e) { _label.Text = \"x\"; }"));

    [Fact]
    public Task A_body_that_asks_for_its_thread_is_allowed() => Allows(View(
        "bool InvokeRequired => true;"
        + "void OnGo(object sender, EventArgs e) => Task.Run(() => { if (!InvokeRequired) _label.Text = \"x\"; });"));

    [Fact]
    public Task A_window_that_the_thread_has_made_is_allowed() => Allows(View(
        "void OnGo(object sender, EventArgs e) => new Thread(() => { var splash = new Form(); splash.Text = \"x\"; }).Start();"));

    [Fact]
    public Task A_member_that_the_application_wrote_is_allowed() => Allows(View(
        "string Status { set => Invoke(() => _label.Text = value); }"
        + "void OnGo(object sender, EventArgs e) => Task.Run(() => { Status = \"x\"; });"));

    [Fact]
    public Task The_continuation_on_the_loop_is_allowed() => Allows(View(
        "void OnGo(object sender, EventArgs e) => Task.Run(() => _n++)"
        + ".ContinueWith(_ => { _label.Text = \"x\"; }, TaskScheduler.FromCurrentSynchronizationContext());"));

    [Fact]
    public Task A_method_of_the_toolkit_is_flagged() =>
        Flags(View("void OnGo(object sender, EventArgs e) => Task.Run(() => { [|_label.Refresh()|]; });"));

    [Theory]
    [InlineData("[|_n.Text += \"x\"|]; ", "readonly Label _n = new();")]
    [InlineData("[|_all[0].Text = \"x\"|]; ", "readonly Label[] _all = new Label[1];")]
    [InlineData("[|(_n).Text = \"x\"|]; ", "readonly Label _n = new();")]
    [InlineData("[|_n!.Text = \"x\"|]; ", "readonly Label _n = new();")]
    [InlineData("[|_n.Same().Text = \"x\"|]; ", "readonly Label _n = new();")]
    [InlineData("[|_n.Label.Text = \"x\"|]; ", "readonly Box _n = new(); class Box { public Label Label; }")]
    [InlineData("[|Of(1).Text = \"x\"|]; ", "Label Of(int n) => null;")]
    [InlineData("[|Box.Current.Text = \"x\"|]; ", "static class Box { public static Label Current = null; }")]
    [InlineData("[|Box.Shared.Text = \"x\"|]; ", "static class Box { public static Label Shared { get; } = null; }")]
    [InlineData("[|Refresh()|]; ", "")]
    public Task Whatever_leads_to_an_element_is_flagged(string use, string members) =>
        Flags(View("void OnGo(object sender, EventArgs e) => Task.Run(() => { " + use + "});" + members).Replace("int _n;", "")
            + "\nstatic class Also { public static System.Windows.Forms.Label Same(this System.Windows.Forms.Label label) => label; }");

    [Theory]
    [InlineData("_n ??= new Label();", "Label _n;")]
    [InlineData("_n.Tag = \"x\";", "readonly Label _n = new();")]
    [InlineData("_n.Own = \"x\";", "readonly Mine _n = new(); class Mine : Label { public string Own; }")]
    [InlineData("_n.Later();", "readonly Mine _n = new(); class Mine : Label { public void Later() { } }")]
    [InlineData("_n.Name = \"x\";", "readonly Text _n = new(); class Text { public string Name { get; set; } }")]
    [InlineData("new Label().Text = \"x\";", "")]
    [InlineData("new Label().Refresh();", "")]
    [InlineData("((Label)sender).Text = \"x\";", "")]
    [InlineData("foreach (var own in new List<Label>()) own.Text = \"x\";", "")]
    [InlineData("Box.Current.Text = \"x\";", "static class Box { public static Label Current { get; } = null; }")]
    [InlineData("_n.Hide2();", "readonly Label _n = new();")]
    [InlineData("_n.Text ??= \"x\";", "readonly Label _n = new();")]
    [InlineData("_ = _n.Text!;", "readonly Label _n = new();")]
    [InlineData("var own = new Label(); (own).Text = \"x\";", "")]
    [InlineData("var own = new Label(); own!.Text = \"x\";", "")]
    [InlineData("var own = new Label[1]; own[0].Text = \"x\";", "")]
    [InlineData("var own = new Label(); own.Same().Text = \"x\";", "")]
    [InlineData("var own = new Box(); own.Label.Text = \"x\";", "class Box { public Label Label; }")]
    [InlineData("Parallel.ForEach(new Label[1], own => { own.Text = \"x\"; });", "")]
    [InlineData("var all = (from own in new Label[1] select own.Text = \"x\").ToList();", "")]
    [InlineData("_n.SetResult(1);", "readonly Future _n = new(); class Future { public void SetResult(int n) { } }")]
    [InlineData("System.Threading.Thread.Yield();", "")]
    public Task What_is_ones_own_or_no_element_is_allowed(string use, string members) => Allows(
        View("void OnGo(object sender, EventArgs e) => Task.Run(() => { " + use + " });" + members).Replace("int _n;", "")
        + "\nstatic class Also { public static void Hide2(this System.Windows.Forms.Label label) { } "
        + "public static System.Windows.Forms.Label Same(this System.Windows.Forms.Label label) => label; }");

    [Theory]
    [InlineData("new Thread(() => { [|loop.CallSoon(() => { })|]; }).Start();", "a thread of its own")]
    [InlineData("Parallel.Invoke(() => { [|loop.CallSoon(() => { })|]; });", "several threads")]
    [InlineData("Task.Run(() => { [|loop.CallSoon(() => { })|]; });", "a pool thread")]
    [InlineData("gil.StartThread(() => { [|loop.CallSoon(() => { })|]; });", "a GIL thread")]
    public Task The_message_names_the_thread(string start, string where) =>
        Flags($"void Start({Loop}, Quintet.GilThreads.GlobalInterpreterLock gil) {{ {start} }}", where);

    [Theory]
    [InlineData("var thread = new Thread(() => { _label.Text = \"x\"; }); thread.SetApartmentState(ApartmentState.STA); thread.Start();")]
    [InlineData("Control.CheckForIllegalCrossThreadCalls = false; Task.Run(() => { _label.Text = \"x\"; });")]
    public Task A_member_that_knows_what_it_does_is_allowed(string body) =>
        Allows(View("void OnGo(object sender, EventArgs e) { " + body + " }")
            .Replace("Control.Check", "Mine.Check") + "\nstatic class Mine { public static bool CheckForIllegalCrossThreadCalls; }");
}

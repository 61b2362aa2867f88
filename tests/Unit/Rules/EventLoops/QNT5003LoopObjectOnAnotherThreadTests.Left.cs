using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5003LoopObjectOnAnotherThread>;

namespace Quintet.Tests.Rules.EventLoops;

// Coroutines that do not come back to their loop, events that others raise, and lists of elements.
public sealed partial class QNT5003LoopObjectOnAnotherThreadTests
{
    [Theory]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); [|_label.Text = \"x\"|];")]
    [InlineData("[|_label.Text = await Get().ConfigureAwait(false)|];")]
    [InlineData("var text = await Get().ConfigureAwait(false); if (text != null) { [|_label.Text = text|]; }")]
    [InlineData("if (await Ask().ConfigureAwait(false)) [|_label.Text = \"x\"|];")]
    [InlineData("while (await Ask().ConfigureAwait(false)) { [|_label.Text = \"x\"|]; }")]
    [InlineData("for (; await Ask().ConfigureAwait(false);) [|_label.Text = \"x\"|];")]
    [InlineData("foreach (var one in await Get().ConfigureAwait(false)) [|_label.Text = \"x\"|];")]
    [InlineData("await foreach (var one in All().ConfigureAwait(false)) [|_label.Text = \"x\"|];")]
    [InlineData("using (await Open().ConfigureAwait(false)) [|_label.Text = \"x\"|];")]
    [InlineData("switch (await Get().ConfigureAwait(false)) { case \"a\": [|_label.Text = \"x\"|]; break; }")]
    [InlineData("{ await Task.Delay(1).ConfigureAwait(false); } [|_label.Text = \"x\"|];")]
    [InlineData("try { await Task.Delay(1).ConfigureAwait(false); } finally { } [|_label.Text = \"x\"|];")]
    [InlineData("try { await Task.Delay(1).ConfigureAwait(false); } catch { return; } [|_label.Text = \"x\"|];")]
    [InlineData("do { await Task.Delay(1).ConfigureAwait(false); } while (_n > 1); [|_label.Refresh()|];")]
    [InlineData("if (_n > 1) await Task.Delay(1).ConfigureAwait(false); else await Ask().ConfigureAwait(false); [|_label.Refresh()|];")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); await Task.Delay(2); [|_label.Text = \"x\"|];")]
    public Task A_coroutine_that_has_left_the_loop_is_flagged(string statements) =>
        Flags(Leaving(statements), "runs on a pool thread after 'ConfigureAwait(false)'");

    [Theory]
    [InlineData("_label.Text = \"x\"; await Task.Delay(1).ConfigureAwait(false);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(true); _label.Text = \"x\";")]
    [InlineData("await Task.Delay(1); _label.Text = \"x\";")]
    [InlineData("if (_n > 1) await Task.Delay(1).ConfigureAwait(false); _label.Text = \"x\";")]
    [InlineData("if (_n > 1) { await Task.Delay(1).ConfigureAwait(false); return; } _label.Text = \"x\";")]
    [InlineData("var ok = _n > 1 && await Ask().ConfigureAwait(false); _label.Text = \"x\";")]
    [InlineData("var text = _n > 1 ? await Get().ConfigureAwait(false) : \"\"; _label.Text = text;")]
    [InlineData("await Task.CompletedTask.ConfigureAwait(false); _label.Text = \"x\";")]
    [InlineData("await Task.FromResult(1).ConfigureAwait(false); _label.Text = \"x\";")]
    [InlineData("try { await Task.Delay(1).ConfigureAwait(false); } catch { } _label.Text = \"x\";")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); _label.Invoke(() => { _label.Text = \"x\"; });")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); if (!_label.InvokeRequired) _label.Text = \"x\";")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); var own = new Label(); own.Text = \"x\";")]
    [InlineData("async Task In() { await Task.Delay(1).ConfigureAwait(false); } await In(); _label.Text = \"x\";")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); await new Home(); _label.Text = \"x\";")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); _n = _label.Text.Length;")]
    public Task A_coroutine_that_may_be_on_the_loop_is_allowed(string statements) => Allows(Leaving(statements));

    private static string Leaving(string statements) => View(
        "class Home : System.Runtime.CompilerServices.INotifyCompletion { public Home GetAwaiter() => this; "
        + "public bool IsCompleted => false; public void GetResult() { } public void OnCompleted(Action go) { } } "
        + "Task<bool> Ask() => null; Task<string> Get() => null; Task<IDisposable> Open() => null; IAsyncEnumerable<int> All() => null; "
        + "async void OnGo(object sender, EventArgs e) { " + statements + " }");

    [Theory]
    [InlineData("void M(System.Timers.Timer t) { t.Elapsed += (s, e) => { [|_label.Text = \"x\"|]; }; }")]
    [InlineData("void M(System.Timers.Timer t) { t.Elapsed += OnTime; } "
        + "void OnTime(object s, System.Timers.ElapsedEventArgs e) { [|_label.Text = \"x\"|]; }")]
    [InlineData("void M(FileSystemWatcher w) { w.Created += (s, e) => { [|_label.Text = e.Name|]; }; }")]
    [InlineData("void M(System.Diagnostics.Process p) { p.OutputDataReceived += (s, e) => [|_label.Text = e.Data|]; }")]
    [InlineData("void M(Task t) { t.ContinueWith(x => { [|_label.Text = \"x\"|]; }); }")]
    [InlineData("void M(Task t) { var own = new Label(); t.ContinueWith(x => { [|own.Text = \"x\"|]; }); }")]
    [InlineData("void M(Task t, Label given) { t.ContinueWith(x => { [|given.Text = \"x\"|]; }); }")]
    [InlineData("void M(System.Diagnostics.Process p) { p.Exited += (s, e) => { [|_label.Text = \"x\"|]; }; }")]
    [InlineData("System.Timers.Timer _a, _b; void M() { _a.SynchronizingObject = Ui(); "
        + "_b.Elapsed += (s, e) => { [|_label.Text = \"x\"|]; }; }")]
    [InlineData("void M(BackgroundWorker w, System.Timers.Timer t) { t.SynchronizingObject = Ui(); "
        + "w.DoWork += (s, e) => { [|_label.Text = \"x\"|]; }; }")]
    [InlineData("void M(System.Timers.Timer t) { t.SynchronizingObject = null; t.Elapsed += (s, e) => { [|_label.Text = \"x\"|]; }; }")]
    [InlineData("void M() { var t = new System.Timers.Timer(); t.Elapsed += (s, e) => { [|_label.Text = \"x\"|]; }; } "
        + "void N() { var t = new System.Timers.Timer { SynchronizingObject = Ui() }; }")]
    [InlineData("void M() { Parallel.For(0, 3, i => { [|_label.Text = \"x\"|]; }); }")]
    [InlineData("void M() { Parallel.ForEach(new[] { 1 }, i => [|_label.Text = \"x\"|]); }")]
    [InlineData("void M() { new[] { 1 }.AsParallel().ForAll(i => [|_label.Text = \"x\"|]); }")]
    public Task What_others_raise_on_the_pool_is_flagged(string members) => Flags(View(members));

    [Theory]
    [InlineData("void M(System.Timers.Timer t) { t.SynchronizingObject = Ui(); t.Elapsed += (s, e) => { _label.Text = \"x\"; }; }")]
    [InlineData("void M() { var t = new System.Timers.Timer { SynchronizingObject = Ui() }; "
        + "t.Elapsed += (s, e) => { _label.Text = \"x\"; }; }")]
    [InlineData("void M(FileSystemWatcher w) { w.Created += OnMade; } void Made(FileSystemWatcher w) => w.SynchronizingObject = Ui(); "
        + "void OnMade(object s, FileSystemEventArgs e) { _label.Text = \"x\"; }")]
    [InlineData("void M(System.Timers.Timer t) { t.Elapsed += (s, e) => _label.Invoke(() => { _label.Text = \"x\"; }); }")]
    [InlineData("void M(Own t) { t.Elapsed += (s, e) => { _label.Text = \"x\"; }; } class Own { public event EventHandler Elapsed; }")]
    [InlineData("void M(Task t) { t.ContinueWith(x => { _label.Text = \"x\"; }, TaskScheduler.FromCurrentSynchronizationContext()); }")]
    [InlineData("void M() { new List<int>().ForEach(i => { _label.Text = \"x\"; }); }")]
    public Task What_may_be_raised_on_the_loop_is_allowed(string members) => Allows(View(members));

    [Fact]
    public async Task Who_handles_an_event_by_name_is_told_on_the_loop_when_its_raiser_is()
    {
        const string Runner = "class Runner { System.ComponentModel.ISynchronizeInvoke _ui; System.Diagnostics.Process _p; "
            + "System.Windows.Forms.Label _label; void Start() { {0} _p.Exited += OnExited; } "
            + "void OnExited(object s, EventArgs e) { {1}; } }";
        await Flags(Runner.Replace("{0}", "").Replace("{1}", "[|_label.Text = \"done\"|]"));
        await Allows(Runner.Replace("{0}", "_p.SynchronizingObject = _ui;").Replace("{1}", "_label.Text = \"done\""));
    }

    [Theory]
    [InlineData("[|_list.Items.Add(\"x\")|];")]
    [InlineData("[|_list.Items.Clear()|];")]
    public Task A_list_of_an_element_that_changes_is_flagged(string use) =>
        Flags(View("readonly ListBox _list = new(); void M() => Task.Run(() => { " + use + " });"), "calls 'Items.");

    [Theory]
    [InlineData("_list.Items.IndexOf(\"x\");")]
    [InlineData("_own.Items.Add(\"x\");")]
    [InlineData("var own = new ListBox(); own.Items.Add(\"x\");")]
    public Task A_list_that_is_asked_or_ones_own_is_allowed(string use) => Allows(View(
        "readonly ListBox _list = new(); readonly Own _own = new(); void M() => Task.Run(() => { " + use
        + " }); class Own { public List<string> Items { get; } = new(); }"));

    [Theory]
    [InlineData("_board.Controls.Add(1)", true)]
    [InlineData("_board.Children.AddRange(1)", true)]
    [InlineData("_board.Rows.Insert(1)", true)]
    [InlineData("_board.Columns.Remove(1)", true)]
    [InlineData("_board.Nodes.RemoveAt(1)", true)]
    [InlineData("_board.Inlines.Add(1)", true)]
    [InlineData("_board.Others.Add(1)", false)] // what nobody knows to be its elements
    [InlineData("_board.Items.Add(1)", false)] // no list of the toolkit
    [InlineData("_board.Width++", true)]
    [InlineData("_board.Width--", true)]
    [InlineData("Board.Scale++", false)] // no element's
    [InlineData("Board.Show()", false)]
    public Task What_changes_an_element_is_known_by_its_name(string use, bool flagged)
    {
        var code = View("readonly Board _board = new(); void M() => Task.Run(() => { {0}; });");
        return flagged ? Flags(code.Replace("{0}", $"[|{use}|]")) : Allows(code.Replace("{0}", use));
    }

    // A repaint of the control itself may be asked for from anywhere; its children are found through its handle.
    [Theory]
    [InlineData("_label.Invalidate()", false)]
    [InlineData("_label.Invalidate(true)", true)]
    [InlineData("_label.Refresh()", true)]
    public Task A_repaint_may_be_asked_for_from_anywhere(string call, bool flagged)
    {
        var code = View("void Start() => Task.Run(() => { {0}; });");
        return flagged ? Flags(code.Replace("{0}", $"[|{call}|]")) : Allows(code.Replace("{0}", call));
    }

    // A private method runs where its callers do, and only there.
    [Theory]
    [InlineData("void M() { Task.Run(() => Show()); }", true)]
    [InlineData("void M() { new System.Threading.Thread(() => { this.Show(); }).Start(); }", true)]
    [InlineData("void M() { Task.Run(() => Show()); } void OnClick(object sender, EventArgs e) => Show();", false)]
    [InlineData("void M() { Task.Run(() => Invoke(() => Show())); }", false)]
    [InlineData("void M() { Task.Run(() => { }); Show(); }", false)]
    public async Task A_method_that_only_another_thread_calls_is_on_it(string callers, bool flagged)
    {
        var code = "class View : System.Windows.Forms.Form { " + callers + " void Show() { {0}; } }";
        if (flagged) await Flags(code.Replace("{0}", "[|Text = \"a\"|]"));
        else await Allows(code.Replace("{0}", "Text = \"a\""));
    }
}

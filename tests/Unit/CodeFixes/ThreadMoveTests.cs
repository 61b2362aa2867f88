using Quintet.Analyzers.Findings;
using Quintet.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>A blocking call that has no asynchronous form: another thread waits for it, where that is safe.</summary>
public sealed class ThreadMoveTests
{
    private const string Window =
        "namespace System.Windows.Forms { public class Control { public string Text { get; set; } = \"\"; public void Wait() { } "
        + "public event EventHandler? Moved; public void Move() => Moved?.Invoke(this, EventArgs.Empty); } "
        + "public class Form : Control { } }\n";
    private const string Title = "Let another thread wait: run 'Wait' on the thread pool: its result comes back to this thread";
    private static readonly QNT4001BlockingCallInCoroutineFix Coroutine = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix Loop = new();

    private static FixLab Lab(string context, string text) =>
        FixLab.Of([FixLab.Usings + "using System.Diagnostics;\n" + text, Window]).With(FindingProperties.Context, context);

    private static string View(string members) =>
        "class View : System.Windows.Forms.Form\n{\n    readonly ManualResetEventSlim _ready = new(); string _text = \"\"; "
        + "readonly Mutex _mutex = new();\n" + members + "\n}\n";

    private static Task Becomes(string members, string expected, string? title = null) => FixAssert.BecomesAsync(
        Loop, Lab("EventLoop", View(members)), [FixLab.Usings + "using System.Diagnostics;\n" + View(expected), Window], title);

    private static async Task<IReadOnlyList<string?>> Keys(Fix fix, FixLab lab) =>
        [.. (await lab.ActionsAsync(fix)).Select(static action => action.EquivalenceKey)];

    [Fact]
    public Task A_handler_lets_the_pool_wait_and_goes_on_with_its_try() => Becomes(
        """
            void OnClick(object? sender, EventArgs e)
            {
                // until it is ready
                [|_ready.Wait()|]; // here
                Text = "done";
            }
        """,
        """
            async void OnClick(object? sender, EventArgs e)
            {
                try
                {
                    // until it is ready
                    await Task.Run(() => _ready.Wait()); // here
                    Text = "done";
                }
                catch (Exception exception)
                {
                    Trace.TraceError(exception.ToString());
                }
            }
        """,
        Title + " (the handler can run again while it awaits)");

    [Fact]
    public Task A_local_function_that_handles_an_event_gets_its_try_too() => Becomes(
        """
            void M(System.Windows.Forms.Control n)
            {
                n.Moved += OnMove;
                void OnMove(object? sender, EventArgs e) => [|_ready.Wait()|];
            }
        """,
        """
            void M(System.Windows.Forms.Control n)
            {
                n.Moved += OnMove;
                async void OnMove(object? sender, EventArgs e)
                {
                    try
                    {
                        await Task.Run(() => _ready.Wait());
                    }
                    catch (Exception exception)
                    {
                        Trace.TraceError(exception.ToString());
                    }
                }
            }
        """);

    [Theory]
    [InlineData("[|_queue.Take()|].Trim()", "(await Task.Run(() => _queue.Take())).Trim()")]
    [InlineData("_text + [|new System.Net.Sockets.TcpClient(\"a\", 1)|]",
        "_text + await Task.Run(() => new System.Net.Sockets.TcpClient(\"a\", 1))")]
    [InlineData("[|Get(_text)|]", "await Task.Run(() => Get(text))")]
    public Task The_result_comes_back(string call, string expected)
    {
        static string Class(string statement) => "class C\n{\n    string _text = \"\"; "
            + "readonly System.Collections.Concurrent.BlockingCollection<string> _queue = new();\n"
            + "    static string Get(string text) => text;\n    async Task<string> M()\n    {\n        await Task.Yield();\n"
            + statement + "\n    }\n}\n";
        var before = expected.Contains("Get(text)", StringComparison.Ordinal) ? "        var text = _text;\n" : "";
        return FixAssert.BecomesAsync(
            Coroutine,
            Lab("Coroutine", Class($"        return {call}; // one")),
            [FixLab.Usings + "using System.Diagnostics;\n" + Class($"{before}        return {expected}; // one"), Window]);
    }

    [Theory]
    [InlineData("async Task M(CountdownEvent e) { await Task.Yield(); [|e.Wait()|]; }", "async Task M(System.Windows.Forms.Control e) { "
        + "await Task.Yield(); [|e.Wait()|]; }")]
    [InlineData("async Task M() { await Task.Yield(); [|_ready.Wait()|]; }",
        "async Task M() { await Task.Yield(); lock (_ready) { [|_ready.Wait()|]; } }")]
    [InlineData("async Task M() { await Task.Yield(); Monitor.Enter(_ready); Monitor.Exit(_ready); [|_ready.Wait()|]; }",
        "async Task M() { await Task.Yield(); Monitor.Enter(_ready); [|_ready.Wait()|]; Monitor.Exit(_ready); }")]
    [InlineData("async Task M() { await Task.Yield(); [|_ready.WaitHandle.WaitOne()|]; }",
        "async Task M() { await Task.Yield(); [|_mutex.WaitOne()|]; }")]
    [InlineData("async Task M(AutoResetEvent h) { await Task.Yield(); [|h.WaitOne()|]; }",
        "async Task M(WaitHandle h) { await Task.Yield(); [|h.WaitOne()|]; }")]
    [InlineData("async Task M(AutoResetEvent h) { await Task.Yield(); [|WaitHandle.WaitAny(new WaitHandle[] { h, _ready.WaitHandle })|]; }",
        "async Task M(AutoResetEvent h) { await Task.Yield(); [|WaitHandle.WaitAny(new WaitHandle[] { h, _mutex })|]; }")]
    [InlineData("async Task M(ManualResetEvent[] all) { await Task.Yield(); [|WaitHandle.WaitAll(all)|]; }",
        "async Task M(WaitHandle[] all) { await Task.Yield(); [|WaitHandle.WaitAll(all)|]; }")]
    [InlineData("async Task M() { await Task.Yield(); [|Take()|]; } void Take() { _mutex.WaitOne(); _mutex.ReleaseMutex(); }",
        "async Task M() { await Task.Yield(); [|Take()|]; } void Take() => _mutex.WaitOne();")]
    [InlineData("async Task M(int n) { await Task.Yield(); [|Get(n)|]; } void Get(int n) => _ready.Wait(n);",
        "async Task M(int n) { await Task.Yield(); [|Get(ref n)|]; } void Get(ref int n) => _ready.Wait(n);")]
    [InlineData("async Task M(object o) { await Task.Yield(); _ = o is int n; [|Get(o)|]; } void Get(object b) => _ready.Wait();",
        "async Task M(object o) { await Task.Yield(); [|Get(o is int n)|]; } void Get(object b) => _ready.Wait();")]
    [InlineData("async Task M() { await Task.Yield(); [|Get()|]; } void Get() => _ready.Wait(Environment.ProcessorCount);",
        "async Task M() { await Task.Yield(); [|Get()|]; } void Get() => _ready.Wait(Environment.CurrentManagedThreadId);")]
    [InlineData("async Task M() { await Task.Yield(); [|Get(x => Console.Write(x))|]; } void Get(Action<int> a) => _ready.Wait();",
        "async Task M() { await Task.Yield(); [|Get(x => Text += x)|]; } void Get(Action<int> a) => _ready.Wait();")]
    [InlineData("async Task M() { await Task.Yield(); _ = [|Get()|]; } List<int> Get() { _ready.Wait(); return []; }",
        "async Task M() { await Task.Yield(); _ = [|Get()|]; } IEnumerable<int> Get() { _ready.Wait(); yield return 1; }")]
    public async Task Only_what_may_wait_on_another_thread_is_moved(string moves, string stays)
    {
        Assert.Equal(["QNT4001.Thread"], await Keys(Coroutine, Lab("Coroutine", View(moves))));
        Assert.Empty(await Keys(Coroutine, Lab("Coroutine", View(stays))));
    }

    [Fact]
    public async Task What_has_an_asynchronous_form_is_awaited_and_not_moved()
    {
        Assert.Equal(["QNT4001.AsyncTwin"], await Keys(Coroutine,
            Lab("Coroutine", View("async Task M() { await Task.Yield(); [|Thread.Sleep(5)|]; }")).With(FindingProperties.Twin, "auto")));
        Assert.Empty(await Keys(Coroutine, Lab("Coroutine", View("async Task M(Task t) { await Task.Yield(); try { [|t.Wait()|]; } "
            + "catch (AggregateException) { } }")).With(FindingProperties.Kind, "Task").With(FindingProperties.Twin, "await")));
    }

    [Theory]
    [InlineData("EventLoop", true)]
    [InlineData("Coroutine", false)]
    public async Task A_chain_that_cannot_be_awaited_is_moved_off_a_loop_but_not_from_pool_to_pool(string context, bool isMoved)
    {
        var lab = Lab(context, View("async Task M() { await Task.Yield(); [|Get()|]; } readonly object _g = new(); "
            + "void Get() { lock (_g) { {|1:Thread.Sleep(5)|}; } }")).With(FindingProperties.Twin, "auto");
        Assert.Equal(isMoved ? ["QNT4002.Thread"] : [], await Keys(Reached, lab));
    }

    [Theory]
    [InlineData("Request")]
    [InlineData("Turn")]
    public async Task A_request_and_a_turn_have_a_thread_of_the_pool_already(string context) =>
        Assert.Empty(await Keys(Coroutine, Lab(context, View("async Task M() { await Task.Yield(); [|_ready.Wait()|]; }"))));

    [Fact]
    public async Task All_of_a_document_are_moved_together()
    {
        var lab = Lab("Coroutine", View("async Task M() { await Task.Yield(); [|_ready.Wait()|]; [|_ready.WaitHandle.WaitOne()|]; }"));
        var changed = await lab.FixAllAsync(Coroutine, "QNT4001.Thread");
        Assert.Contains("await Task.Run(() => _ready.Wait()); await Task.Run(() => _ready.WaitHandle.WaitOne());",
            (await FixLab.TextsAsync(changed))[0], StringComparison.Ordinal);
        Assert.Empty(await FixLab.ErrorsAsync(changed));
    }
}

using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Only who handles an event of a user interface may return before it is done.</summary>
public sealed class HandlerEventTests
{
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix Loop = new();

    private const string Window = """
        namespace System.Windows.Forms
        {
            public class Control { public event EventHandler? Click; public void Raise() => Click?.Invoke(this, EventArgs.Empty); }
            public class Form : Control
            {
                public event EventHandler? Closed;
                public void End() => Closed?.Invoke(this, EventArgs.Empty);
            }

            public class Timer { public event EventHandler? Tick; public void Raise() => Tick?.Invoke(this, EventArgs.Empty); }
        }

        """;

    private static string View(string members) => FixLab.Usings + "using System.Diagnostics;\nusing System.Windows.Forms;\n"
        + "class Model { public event EventHandler? Changed; public void Raise() => Changed?.Invoke(this, EventArgs.Empty); }\n"
        + "class View : Form\n{\n    readonly Control _button = new(); readonly System.Windows.Forms.Timer _timer = new();\n"
        + "    static Task Load() => Task.CompletedTask;\n" + members + "\n}\n";

    private static FixLab Lab(string members) => FixLab.Of([View(members), Window]);

    [Theory]
    [InlineData("AppDomain.CurrentDomain.ProcessExit")]
    [InlineData("new Process().Exited")]
    [InlineData("new System.Timers.Timer().Elapsed")]
    [InlineData("new Model().Changed")]
    [InlineData("Console.CancelKeyPress")]
    [InlineData("Closed")]
    public async Task Whoever_else_raises_an_event_waits_for_its_handlers(string raised)
    {
        await FixAssert.RefusedAsync(SyncOverAsync, Lab($"    void M() => {raised} += (s, e) => [|Load().Wait()|];"));
        await FixAssert.RefusedAsync(
            SyncOverAsync, Lab($"    void M() => {raised} += On;\n    void On(object? s, EventArgs e) {{ [|Load().Wait()|]; }}"));
    }

    [Theory]
    [InlineData("_button.Click")]
    [InlineData("_timer.Tick")]
    [InlineData("Click")]
    public async Task A_user_interface_does_not(string raised)
    {
        const string Guarded = "\n    {\n        try\n        {\n            await Load();\n        }\n"
            + "        catch (Exception exception)\n        {\n            Trace.TraceError(exception.ToString());\n        }\n    }";
        await FixAssert.BecomesAsync(
            SyncOverAsync, Lab($"    void M() => {raised} += On;\n    void On(object? s, EventArgs e) => [|Load().Wait()|];"),
            [View($"    void M() => {raised} += On;\n    async void On(object? s, EventArgs e){Guarded}"), Window]);
        await FixAssert.BecomesAsync(
            SyncOverAsync, Lab($"    void M()\n    {{\n        {raised} += (s, e) => [|Load().Wait()|];\n    }}"),
            [View($"    void M()\n    {{\n        {raised} += async (s, e) =>"
                + Guarded.Replace("\n", "\n    ", StringComparison.Ordinal) + ";\n    }"), Window]);
    }

    private const string Painting = """
        namespace System.Drawing { public class Graphics { public void Draw(string text) { } } }
        namespace System.Windows.Forms
        {
            public class PaintEventArgs(Drawing.Graphics graphics) : EventArgs
            {
                public Drawing.Graphics Graphics { get; } = graphics;
                public int Width { get; }
                public void DrawBackground() { }
            }

            public class Form
            {
                public event EventHandler<PaintEventArgs>? Paint;
                public void Raise() => Paint?.Invoke(this, new PaintEventArgs(new()));
            }
        }

        """;

    private static string Canvas(string async, string body) => FixLab.Usings + "using System.Diagnostics;\nusing System.Windows.Forms;\n"
        + "class View : Form\n{\n    string _text = \"\";\n    View() { Paint += OnPaint; }\n\n"
        + $"    {async}void OnPaint(object? sender, PaintEventArgs e)\n    {{\n{body}    }}\n}}\n";

    [Theory]
    // After the await, in its statement, through a local, through the arguments, in the next round.
    [InlineData("var text = [|File.ReadAllText(\"a\")|]; e.Graphics.Draw(text);")]
    [InlineData("e.Graphics.Draw([|File.ReadAllText(\"a\")|]);")]
    [InlineData("var g = e.Graphics; _text = [|File.ReadAllText(\"a\")|]; g.Draw(_text);")]
    [InlineData("_text = [|File.ReadAllText(\"a\")|]; e.DrawBackground();")]
    [InlineData("for (var i = 0; i < 2; i++) { e.Graphics.Draw(\"a\"); _text = [|File.ReadAllText(\"a\")|]; }")]
    public Task A_surface_that_is_lent_is_not_painted_on_after_the_handler_has_returned(string body) => FixAssert.RefusedAsync(
        Loop, FixLab.Of([Canvas("", $"        {body}\n"), Painting]).With(FindingProperties.Twin, "auto"));

    [Fact]
    public Task A_surface_of_another_kind_is_lent_as_well() => FixAssert.RefusedAsync(
        Loop, FixLab.Of([Canvas("", "        var text = [|File.ReadAllText(\"a\")|]; e.Graphics.Draw(text);\n"),
            Painting.Replace("Graphics { public", "Canvas { public", StringComparison.Ordinal)
                .Replace("Drawing.Graphics", "Drawing.Canvas", StringComparison.Ordinal)]).With(FindingProperties.Twin, "auto"));

    [Fact]
    public Task A_surface_that_is_painted_on_before_the_handler_returns_is_no_obstacle() => FixAssert.BecomesAsync(
        Loop,
        FixLab.Of([Canvas("", "        e.Graphics.Draw(\"a\");\n        _text = [|File.ReadAllText(\"a\")|] + e.Width;\n"), Painting])
            .With(FindingProperties.Twin, "auto"),
        [Canvas("async ", "        try\n        {\n            e.Graphics.Draw(\"a\");\n"
            + "            _text = await File.ReadAllTextAsync(\"a\") + e.Width;\n        }\n"
            + "        catch (Exception exception)\n        {\n            Trace.TraceError(exception.ToString());\n        }\n"),
            Painting]);

    [Theory]
    [InlineData("Window_Closing")]
    [InlineData("Form1_FormClosed")]
    [InlineData("Application_Exit")]
    [InlineData("OnClosed")]
    public async Task A_handler_that_says_that_it_is_the_last_is_refused(string name)
    {
        string Text(string name) => $"void {name}(object? sender, EventArgs e) {{ [|Thread.Sleep(5)|]; }}";
        await FixAssert.RefusedAsync(Loop, Text(name));
        Assert.Single(await FixLab.OfMembers(Text("Window_Opened")).ActionsAsync(Loop));
    }

    [Theory]
    // A body of one line: its braces go where those of others stand.
    [InlineData("\n    {\n", "\n    {\n", "\n        {\n", "\n        catch (Exception exception)\n        {\n")]
    [InlineData(" {\n", " {\n", " {\n", " catch (Exception exception) {\n")]
    public async Task A_body_of_one_line_is_spread_as_the_file_is(string open, string whole, string attempt, string handler)
    {
        var inner = open.Replace("    {", "        {", StringComparison.Ordinal);
        var other = $"    void Other(){open}        if (DateTime.Now.Year > 1){inner}"
            + "            Console.Write(1);\n        }\n\n        try { Console.Write(2); } catch { }\n    }\n\n";
        string Text(string members) =>
            FixLab.Usings + "using System.Diagnostics;\n\nclass C" + open.Replace("    {", "{", StringComparison.Ordinal) + other
                + members + "}\n";
        var after = Text($"    async void On(object? s, EventArgs e){whole}        try{attempt}            await Task.Delay(5);\n        }}"
            + $"{handler}            Trace.TraceError(exception.ToString());\n        }}\n    }}\n");
        foreach (var body in (string[])["{ [|Thread.Sleep(5)|]; }", "=> [|Thread.Sleep(5)|];"])
        {
            await FixAssert.BecomesAsync(
                Loop, FixLab.Of([Text($"    void On(object? s, EventArgs e) {body}\n")]).With(FindingProperties.Twin, "auto"), [after]);
        }
    }

    [Fact]
    public Task A_statement_lambda_of_one_line_is_spread_too() => FixAssert.BecomesAsync(
        SyncOverAsync, Lab("    void M()\n    {\n        Click += (s, e) => { [|Load().Wait()|]; };\n    }"),
        [View("""
                void M()
                {
                    Click += async (s, e) =>
                    {
                        try
                        {
                            await Load();
                        }
                        catch (Exception exception)
                        {
                            Trace.TraceError(exception.ToString());
                        }
                    };
                }
            """), Window]);
}

using Quintet.Analyzers.Findings;

namespace Quintet.Tests.CodeFixes;

/// <summary>Where a cascade ends: handlers, subscriptions, request actions.</summary>
public sealed partial class CascadeTests
{
    [Fact]
    public Task A_handler_becomes_async_void_with_its_try() => FixAssert.BecomesAsync(
        Loop,
        OfMembers(
            """
            void OnClick(object? sender, EventArgs e)
            {
                // reload
                var text = [|File.ReadAllText("a")|];
                Console.Write(text);
            }
            """),
        [FixLab.Wrap(
            """
            async void OnClick(object? sender, EventArgs e)
            {
                try
                {
                    // reload
                    var text = await File.ReadAllTextAsync("a");
                    Console.Write(text);
                }
                catch (Exception exception)
                {
                    Trace.TraceError(exception.ToString());
                }
            }
            """).Replace("using System.IO;", "using System.Diagnostics;\nusing System.IO;", StringComparison.Ordinal)],
        "Make 'OnClick' async (the handler can run again while it awaits)");

    [Fact]
    public Task A_handler_that_has_its_try_keeps_it() => FixAssert.BecomesAsync(
        Loop,
        OfMembers("void OnClick(object? sender, EventArgs e) { try { [|Thread.Sleep(5)|]; } catch (Exception x) { Console.Write(x); } }"),
        [FixLab.Wrap(
            "async void OnClick(object? sender, EventArgs e) { try { await Task.Delay(5); } catch (Exception x) { Console.Write(x); } }")]);

    [Fact]
    public Task A_handler_that_answers_through_its_arguments_is_refused() => FixAssert.NotOfferedAsync(
        Loop, "void OnClosing(object? sender, System.ComponentModel.CancelEventArgs e) { [|Thread.Sleep(5)|]; e.Cancel = true; }");

    [Fact]
    public Task A_handler_that_is_called_by_hand_is_refused() => FixAssert.RefusedAsync(
        Loop, "void OnClick(object? sender, EventArgs e) { [|Thread.Sleep(5)|]; } void M() => OnClick(this, EventArgs.Empty);");

    [Fact]
    public Task A_lambda_that_subscribes_becomes_async_with_its_try() => FixAssert.BecomesAsync(
        Loop,
        Lab([FixLab.Usings
            + "using System.Diagnostics;\nclass C : System.Windows.Forms.Control\n{\n    event EventHandler? Clicked;\n    void M()\n"
            + "    {\n"
            + "        Clicked += (s, e) => [|Load()|];\n    }\n\n    void Load() => {|1:File.ReadAllText(\"a\")|};\n}\n", Control]),
        [FixLab.Usings + """
        using System.Diagnostics;
        class C : System.Windows.Forms.Control
        {
            event EventHandler? Clicked;
            void M()
            {
                Clicked += async (s, e) =>
                {
                    try
                    {
                        await LoadAsync();
                    }
                    catch (Exception exception)
                    {
                        Trace.TraceError(exception.ToString());
                    }
                };
            }

            async Task LoadAsync() => await File.ReadAllTextAsync("a");
        }

        """, Control]);

    private const string Control = "namespace System.Windows.Forms { public class Control { } }\n";

    [Fact]
    public Task A_request_action_becomes_async_and_keeps_its_route_name() => FixAssert.BecomesAsync(
        Request,
        Lab(["""
        using Microsoft.AspNetCore.Mvc;

        public class HomeController : ControllerBase
        {
            [HttpGet]
            public IActionResult Index() => Ok([|System.IO.File.ReadAllText("a")|]);
        }

        """]),
        ["""
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class HomeController : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Index() => Ok(await System.IO.File.ReadAllTextAsync("a"));
        }

        """],
        "Make 'Index' async (changes a public signature: callers elsewhere break)");

    [Fact]
    public Task A_minimal_api_lambda_becomes_async() => FixAssert.BecomesAsync(
        Request,
        Lab([FixLab.Usings
            + "using Microsoft.AspNetCore.Builder;\nclass C { void M(WebApplication app) { "
            + "app.MapGet(\"/\", (string p) => [|File.ReadAllText(p)|]); } }\n"]),
        [FixLab.Usings
            + "using Microsoft.AspNetCore.Builder;\nclass C { void M(WebApplication app) { "
            + "app.MapGet(\"/\", async (string p) => await File.ReadAllTextAsync(p)); } }\n"]);
}

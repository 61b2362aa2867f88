using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Awaits that would compile and do something else: with a cancelled token, on another thread, over pointers.</summary>
public sealed class KeptBehaviourTests
{
    private const string Window =
        "namespace System.Windows.Forms { public class Control { public string Text { get; set; } = \"\"; } "
        + "public class Form : Control { } public class TextBox : Control { } }\n";

    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();
    private static readonly QNT5002CpuBoundWorkOnEventLoopFix Loop = new();

    [Theory]
    [InlineData("try { await Task.Yield(); } catch (OperationCanceledException) { @ }", "")]
    [InlineData("try { await Task.Yield(); } catch (TaskCanceledException) { @ }", "")]
    [InlineData("try { await Task.Yield(); } catch (Exception) { @ }", "")]
    [InlineData("try { await Task.Yield(); } catch { @ }", "")]
    [InlineData("try { await Task.Yield(); } catch (OperationCanceledException) { throw; } catch (Exception) { @ }", ", ct")]
    [InlineData("try { await Task.Yield(); } catch (Exception e) when (e is not OperationCanceledException) { @ }", ", ct")]
    [InlineData("try { await Task.Yield(); } catch (IOException) { @ }", ", ct")]
    [InlineData("if (ct.IsCancellationRequested) { @ }", "")]
    [InlineData("if (!ct.IsCancellationRequested) { @ }", ", ct")]
    [InlineData("if (!ct.IsCancellationRequested) await Task.Yield(); else { @ }", "")]
    [InlineData("if (ct.IsCancellationRequested) await Task.Yield(); else { @ }", ", ct")]
    [InlineData("if (!ct.IsCancellationRequested) return; @", "")]
    [InlineData("if (ct.IsCancellationRequested) return; @", ", ct")]
    [InlineData("while (!ct.IsCancellationRequested) { @ }", ", ct")]
    [InlineData("while (!ct.IsCancellationRequested) await Task.Yield(); @", "")]
    [InlineData("using var all = new CancellationTokenSource(); await all.CancelAsync(); @", "")]
    [InlineData("using var all = new CancellationTokenSource(); all.CancelAfter(100); @", ", ct")]
    public Task What_runs_because_of_a_cancellation_is_given_no_token(string code, string token)
    {
        string Method(string call) => $"async Task M(CancellationToken ct) {{ {code.Replace("@", call, StringComparison.Ordinal)} }}";
        return FixAssert.BecomesAsync(
            Blocking, Method("[|File.WriteAllText(\"a\", \"b\")|];"), Method($"await File.WriteAllTextAsync(\"a\", \"b\"{token});"));
    }

    [Theory]
    [InlineData("_box.Text.Length", "n", "var n = _box.Text.Length;\n        ")]
    [InlineData("s_box.Text.Length", "n", "var n = s_box.Text.Length;\n        ")]
    [InlineData("_names.Count", "n", "var n = _names.Count;\n        ")]
    // The near misses: a number that stays as it is, a list as a whole.
    [InlineData("_size", "_size", "")]
    [InlineData("_names", "_names", "")]
    public Task What_a_control_in_a_field_shows_is_read_on_its_thread(string argument, string passed, string before)
    {
        string View(string handler) => FixLab.Usings + "class View : System.Windows.Forms.Form { readonly System.Windows.Forms.TextBox "
            + "_box = new(); static readonly System.Windows.Forms.TextBox s_box = new(); readonly List<string> _names = new(); "
            + "readonly int _size = 3; long _n; static long Burn(int n) => n; static long Burn(List<string> names) => 1;\n"
            + $"    async void OnClick(object? s, EventArgs e)\n    {{\n        {handler}\n        await Task.Yield();\n    }}\n}}\n";
        var lab = FixLab.Of([View($"_n = [|Burn({argument})|];"), Window])
            .With(FindingProperties.Context, "EventLoop").With(FindingProperties.Moves, "Goroutines,Multiprocessing");
        return FixAssert.BecomesAsync(Loop, lab, [View($"{before}_n = await Task.Run(() => Burn({passed}));"), Window]);
    }

    [Theory]
    [InlineData("async ", " { _n = @; await Task.Yield(); }", " { var n = _box.Text.Length; _n = @; await Task.Yield(); }")]
    [InlineData("", " { _n = @; }", "\n    {\n        try\n        {\n            var n = _box.Text.Length;\n"
        + "            _n = @;\n        }\n        catch (Exception exception)\n        {\n"
        + "            Trace.TraceError(exception.ToString());\n        }\n"
        + "    }")]
    public Task A_handler_of_one_line_stays_one_or_is_spread_as_a_whole(string modifier, string body, string expected)
    {
        static string View(string modifier, string body, string call) => "using System.Diagnostics;\n" + FixLab.Usings
            + "class View : System.Windows.Forms.Form\n{\n    readonly System.Windows.Forms.TextBox _box = new();"
            + " long _n; static long Burn(int n) => n;\n"
            + $"    {modifier}void OnClick(object? s, EventArgs e){body.Replace("@", call, StringComparison.Ordinal)}\n}}\n";
        var lab = FixLab.Of([View(modifier, body, "[|Burn(_box.Text.Length)|]"), Window])
            .With(FindingProperties.Context, "EventLoop").With(FindingProperties.Moves, "Goroutines,Multiprocessing");
        return FixAssert.BecomesAsync(Loop, lab, [View("async ", expected, "await Task.Run(() => Burn(n))"), Window]);
    }

    private const string OfThread = "[ThreadStatic] static int t_n; static int s_n; static readonly ThreadLocal<int> Own = new(); "
        + "static int Kept() => t_n; ";

    [Theory]
    [InlineData("t_n = 1;", "t_n")]
    [InlineData("Own.Value = 1;", "Own.Value")]
    [InlineData("t_n = 1;", "Kept()")]
    public Task State_of_a_thread_on_both_sides_forbids_the_await(string before, string after) =>
        FixAssert.RefusedAsync(SyncOverAsync, OfThread + $"int M(Task t) {{ {before} [|t.Wait()|]; return {after}; }}");

    [Theory]
    [InlineData("t_n = 1;", "s_n")]
    [InlineData("s_n = 1;", "t_n")]
    [InlineData("s_n = 1;", "Kept()")]
    public Task State_of_a_thread_on_one_side_does_not(string before, string after) => FixAssert.BecomesAsync(
        SyncOverAsync,
        OfThread + $"int M(Task t) {{ {before} [|t.Wait()|]; return {after}; }}",
        OfThread + $"async Task<int> M(Task t) {{ {before} await t; return {after}; }}");

    [Fact]
    public Task A_pointer_to_a_local_forbids_the_await() => FixAssert.RefusedAsync(
        SyncOverAsync, "int M(Task t) { var n = 1; unsafe { int* p = &n; *p = 2; } [|t.Wait()|]; return n; }");

    [Fact]
    public Task Without_one_it_is_awaited() => FixAssert.BecomesAsync(
        SyncOverAsync, "int M(Task t) { var n = 1; unsafe { n = 2; } [|t.Wait()|]; return n; }",
        "async Task<int> M(Task t) { var n = 1; unsafe { n = 2; } await t; return n; }");
}

using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>New awaits say <c>ConfigureAwait(false)</c> where those around them do, or where the project asks for it.</summary>
public sealed class AwaitStyleTests
{
    private const string Off = ".ConfigureAwait(false)";

    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    [Theory]
    [InlineData("await Task.Delay(1).ConfigureAwait(false);", Off)]
    [InlineData("await Task.Yield(); await Task.Delay(1).ConfigureAwait(false);", Off)]
    // The near misses: one that comes back, one that says so, none that could say anything.
    [InlineData("await Task.Delay(1).ConfigureAwait(false); await Task.Delay(2);", "")]
    [InlineData("await Task.Delay(1).ConfigureAwait(true);", "")]
    [InlineData("await Task.Yield();", "")]
    public Task The_method_decides(string before, string configured) => FixAssert.BecomesAsync(
        Blocking,
        $"async Task<int> M(Task<int>? t) {{ {before} [|Thread.Sleep(1)|]; return 1; }}",
        $"async Task<int> M(Task<int>? t) {{ {before} await Task.Delay(1){configured}; return 1; }}");

    [Theory]
    [InlineData("async Task Other() { await Task.Delay(1).ConfigureAwait(false); }", Off)]
    [InlineData("async Task Other() { await Task.Delay(1); }", "")]
    public Task Where_the_method_has_none_the_file_decides(string other, string configured) => FixAssert.BecomesAsync(
        Reached,
        FixLab.OfMembers($"{other}\nasync Task M() {{ await Task.Yield(); [|Load()|]; }}\n"
            + "string Load() => {|1:File.ReadAllText(\"a\")|}.Trim();").With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap($"{other}\nasync Task M() {{ await Task.Yield(); await LoadAsync(){configured}; }}\n"
            + $"async Task<string> LoadAsync() => (await File.ReadAllTextAsync(\"a\"){configured}).Trim();")]);

    [Theory]
    [InlineData(ReportDiagnostic.Warn, Off)]
    [InlineData(ReportDiagnostic.Error, Off)]
    [InlineData(ReportDiagnostic.Info, "")]
    public Task Where_the_file_has_none_the_rules_of_the_project_decide(ReportDiagnostic severity, string configured)
    {
        var lab = FixLab.OfMembers("async Task<int> M(Task<int>? t) { await Task.Yield(); return [|t?.Result|] ?? 1; }")
            .WithSeverity("CA2007", severity);
        return FixAssert.BecomesAsync(Blocking, lab,
            [FixLab.Wrap($"async Task<int> M(Task<int>? t) {{ await Task.Yield(); return t is null ? 1 : await t{configured}; }}")]);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Warn)]
    [InlineData(ReportDiagnostic.Info)]
    public async Task A_disposal_that_would_break_such_a_rule_stays(ReportDiagnostic severity)
    {
        var lab = FixLab.OfMembers("async Task M() { [|using var f = File.OpenWrite(\"a\");|] await Task.Yield(); }")
            .WithSeverity("CA2007", severity);
        if (severity == ReportDiagnostic.Warn) await FixAssert.RefusedAsync(Blocking, lab);
        else await FixAssert.BecomesAsync(Blocking, lab,
            [FixLab.Wrap("async Task M() { await using var f = File.OpenWrite(\"a\"); await Task.Yield(); }")]);
    }

    [Fact]
    public Task What_a_loop_runs_comes_back_to_it()
    {
        static string View(string call) => FixLab.Usings + "namespace System.Windows.Forms { public class Control { } public class Form : "
            + $"Control {{ }} }}\nclass View : System.Windows.Forms.Form {{ async void OnClick(object? s, EventArgs e) {{ {call}; "
            + "await Task.Delay(1).ConfigureAwait(false); } }\n";
        var lab = FixLab.Of([View("[|Thread.Sleep(1)|]")]).With(FindingProperties.Context, "EventLoop");
        return FixAssert.BecomesAsync(new QNT5001BlockingCallOnEventLoopFix(), lab, [View("await Task.Delay(1)")]);
    }

    [Fact]
    public Task A_sequence_is_configured_as_well() => FixAssert.BecomesAsync(
        Blocking,
        "async Task M(IAsyncEnumerable<int> s) { await Task.Delay(1).ConfigureAwait(false); "
            + "foreach (var x in [|s.ToBlockingEnumerable()|]) Console.Write(x); }",
        "async Task M(IAsyncEnumerable<int> s) { await Task.Delay(1).ConfigureAwait(false); "
            + "await foreach (var x in s.ConfigureAwait(false)) Console.Write(x); }");

    [Theory]
    [InlineData(ReportDiagnostic.Warn, "b.AsMemory(0, 4)")]
    [InlineData(ReportDiagnostic.Info, "b, 0, 4")]
    public Task A_stream_takes_memory_where_the_project_asks_for_it(ReportDiagnostic severity, string arguments)
    {
        var lab = FixLab.OfMembers(
                "async Task<int> M(Stream s, byte[] b, CancellationToken ct) { await Task.Yield(); return [|s.Read(b, 0, 4)|]; }")
            .WithSeverity("CA1835", severity);
        return FixAssert.BecomesAsync(Blocking, lab, [FixLab.Wrap("async Task<int> M(Stream s, byte[] b, CancellationToken ct) "
            + $"{{ await Task.Yield(); return await s.ReadAsync({arguments}, ct); }}")]);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Analyzers.Rules;
using Quintet.CodeFixes;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>The rules' own findings, fixed: the code that a fix leaves is code that no rule of ours flags.</summary>
public sealed class EndToEndTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [.. typeof(Rule).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private static readonly IReadOnlyList<Fix> Fixes = [.. typeof(Fix).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(Fix)) && !type.IsAbstract)
        .Select(static type => (Fix)Activator.CreateInstance(type)!)];

    [Theory]
    [InlineData("QNT4001", "async Task M() { Thread.Sleep(100); await Task.Yield(); }")]
    [InlineData("QNT4001", "async Task M(Task<int> t) { await Task.Yield(); Console.Write(t.Result); }")]
    [InlineData("QNT4001", "async Task M() { using var r = new StreamReader(\"a\"); Console.Write(r.ReadToEnd()); await Task.Yield(); }")]
    [InlineData("QNT4002",
        "async Task M() { Load(); await Task.Yield(); } void Load() => Read(); string Read() => File.ReadAllText(\"a\");")]
    [InlineData("QNT4002",
        "interface I { string Get(); } class F : I { public string Get() => File.ReadAllText(\"a\"); } async Task M(I i) { "
        + "Console.Write(i.Get()); await Task.Yield(); }")]
    [InlineData("QNT4001", "async Task M() { foreach (var line in File.ReadLines(\"a\")) Console.Write(line); await Task.Yield(); }")]
    [InlineData("QNT4002", "async Task M() { Console.Write(Count()); await Task.Yield(); } int Count() { var n = 0; "
        + "foreach (var line in File.ReadLines(\"a\")) n += line.Length; return n; }")]
    [InlineData("QNT4001", "async Task M(IAsyncEnumerable<int> all) { foreach (var one in all.ToBlockingEnumerable()) Console.Write(one); "
        + "await Task.Yield(); }")]
    [InlineData("QNT4001", "async Task M(System.Net.Sockets.Socket s, byte[] b) { await Task.Yield(); Console.Write(s.Receive(b)); }")]
    [InlineData("QNT4001", "async Task M(Stream s, byte[] b) { await Task.Yield(); s.Write(b, 0, 3); s.Write(b.AsSpan(1)); }")]
    [InlineData("QNT4002", "async Task M(Stream s, byte[] b) { await Task.Yield(); Load(s, b); } void Load(Stream s, byte[] b) { "
        + "Console.Write(File.ReadAllText(\"a\")); s.Write(b, 0, b.Length); }")]
    [InlineData("QNT4001", "async Task M(Task[] all) { await Task.Yield(); Console.Write(Task.WaitAny(all)); }")]
    [InlineData("QNT4001", "async Task M(Task[] all, CancellationToken t) { await Task.Yield(); Task.WaitAll(all, t); }")]
    [InlineData("QNT5001", "class P : Microsoft.AspNetCore.Components.ComponentBase { protected override void OnParametersSet() => Load(); "
        + "void Load() => Thread.Sleep(100); }")]
    public Task A_fixed_finding_leaves_nothing_to_find(string id, string members) => LeavesNothingAsync(id, members, id);

    [Theory]
    [InlineData("foreach (var x in xs) foreach (var y in xs) n += x * y;")]
    [InlineData("foreach (var x in xs) foreach (var y in xs) foreach (var z in xs) n += x * y * z;")]
    [InlineData("foreach (var x in xs) { n++; for (var i = 0; i < xs.Length; i++) { for (var j = 0; j < xs.Length; "
        + "j++) n += x * xs[i] * xs[j]; } }")]
    public Task A_checkpoint_breaks_the_nest_that_was_flagged(string loops) =>
        LeavesNothingAsync("QNT4005", "async Task<long> M(int[] xs) { await Task.Yield(); var n = 0L; " + loops + " return n; }",
            "QNT4005.Checkpoint");

    [Fact]
    public async Task A_checkpoint_beside_a_heavy_call_would_change_nothing()
    {
        var lab = FixLab.OfMembers(
            "async Task M() { await Task.Yield(); var n = 0; while (n < 9) n += Fib(42); } "
            + "static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);");
        var findings = await FindingsAsync(lab.Solution);
        var actions = await ActionsAsync(lab.Solution, Assert.Single(findings));
        Assert.Equal(["QNT4005.TaskRun"], actions.Select(static action => action.EquivalenceKey));
    }

    private static async Task LeavesNothingAsync(string id, string members, string key)
    {
        var lab = FixLab.OfMembers(members);
        var solution = lab.Solution;
        var findings = await FindingsAsync(solution);
        Assert.Equal([id], findings.Select(static finding => finding.Id));
        var actions = await ActionsAsync(solution, findings[0]);
        var changed = await FixLab.ChangedAsync(actions.First(action => action.EquivalenceKey!.StartsWith(key, StringComparison.Ordinal)));
        Assert.Empty(await FixLab.ErrorsAsync(changed));
        Assert.Empty(await FindingsAsync(changed));
    }

    private static async Task<IReadOnlyList<CodeAction>> ActionsAsync(Solution solution, Diagnostic finding)
    {
        var fix = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(finding.Id));
        var actions = new List<CodeAction>();
        var document = solution.GetDocument(finding.Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Solution solution)
    {
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        return await compilation.WithAnalyzers(Rules).GetAnalyzerDiagnosticsAsync();
    }
}

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
    [InlineData("QNT4002", "async Task M() { Load(); await Task.Yield(); } void Load() => Read(); string Read() => File.ReadAllText(\"a\");")]
    [InlineData("QNT4002", "interface I { string Get(); } class F : I { public string Get() => File.ReadAllText(\"a\"); } async Task M(I i) { Console.Write(i.Get()); await Task.Yield(); }")]
    public async Task A_fixed_finding_leaves_nothing_to_find(string id, string members)
    {
        var lab = FixLab.OfMembers(members);
        var solution = lab.Solution;
        var findings = await FindingsAsync(solution);
        Assert.Equal([id], findings.Select(static finding => finding.Id));
        var fix = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        var actions = new List<CodeAction>();
        var document = solution.GetDocument(findings[0].Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, findings[0], (action, _) => actions.Add(action), CancellationToken.None));
        Assert.NotEmpty(actions);
        var changed = await FixLab.ChangedAsync(actions[0]);
        Assert.Empty(await FixLab.ErrorsAsync(changed));
        Assert.Empty(await FindingsAsync(changed));
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Solution solution)
    {
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        return await compilation.WithAnalyzers(Rules).GetAnalyzerDiagnosticsAsync();
    }
}

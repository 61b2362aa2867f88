using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What another member takes for a body cannot be given up or made smaller there, so nothing is offered.</summary>
public sealed class WrappedLockTests
{
    private const string Locks =
        "readonly object gate = new(), other = new(); string text = \"\"; int n; "
        + "void Take() => Monitor.Enter(gate); void Give() => Monitor.Exit(gate); T Locked<T>(Func<T> f) { lock (gate) return f(); } "
        + "public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; } ";

    [Theory]
    [InlineData("QNT3003",
        "public void Load(string a) { Take(); try { n++; var t = File.ReadAllText(a); text = t; } finally { Give(); } }")]
    [InlineData("QNT3003",
        "public void Load(string a) { Take(); try { n++; lock (other) { text = File.ReadAllText(a); } } finally { Give(); } }")]
    [InlineData("QNT3003", "public void Load(string a) { lock (other) { text = Locked(() => File.ReadAllText(a) + n); } }")]
    [InlineData("QNT3008", "public async Task LoadAsync() { Take(); try { await Task.Delay(1); n++; } finally { Give(); } }")]
    [InlineData("QNT3001",
        "public void All(List<int[]> o) => Parallel.ForEach(o, x => { Take(); try { foreach (var i in x) n += i; } "
        + "finally { Give(); } });")]
    public async Task Nothing_is_offered(string id, string members)
    {
        var solution = FixLab.OfMembers(Locks + members).Solution;
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        var findings = (await AllRules.DiagnoseAsync(compilation)).Where(finding => finding.Id == id).ToList();
        Assert.NotEmpty(findings);
        var offers = new List<CodeAction>();
        foreach (var finding in findings)
            await AllRules.FixOf(id)!.RegisterCodeFixesAsync(new CodeFixContext(
                solution.GetDocument(finding.Location.SourceTree)!, finding, (action, _) => offers.Add(action), CancellationToken.None));
        Assert.Empty(offers.Select(static offer => offer.Title));
    }
}

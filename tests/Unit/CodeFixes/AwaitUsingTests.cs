using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>
/// A <c>using</c> whose Dispose blocks becomes an <c>await using</c>, as far up as that takes; found and fixed by the rules themselves.
/// </summary>
public sealed class AwaitUsingTests
{
    private const string Report =
        "class Report : IDisposable, IAsyncDisposable { public void Dispose() => File.AppendAllText(\"r\", \"end\"); "
        + "public async ValueTask DisposeAsync() => await File.AppendAllTextAsync(\"r\", \"end\"); public void Add() { } }\n";

    [Theory]
    [InlineData("QNT4002", "async Task M() { using var r = new Report(); r.Add(); await Task.Yield(); }",
        "async Task M() { await using var r = new Report(); r.Add(); await Task.Yield(); }")]
    [InlineData("QNT4002", "async Task M() { using (var r = new Report()) { r.Add(); await Task.Yield(); } }",
        "async Task M() { await using (var r = new Report()) { r.Add(); await Task.Yield(); } }")]
    [InlineData("QNT4002", "async Task M() { using (new Report()) await Task.Yield(); }",
        "async Task M() { await using (new Report()) await Task.Yield(); }")]
    [InlineData("QNT4002", "async Task M() { Save(); await Task.Yield(); } void Save() { using var r = new Report(); r.Add(); }",
        "async Task M() { await SaveAsync(); await Task.Yield(); } async Task SaveAsync() { await using var r = new Report(); r.Add(); }")]
    [InlineData("QNT4002",
        "async Task M() { Save(); await Task.Yield(); } void Save() => Write(); void Write() { using (var r = new Report()) { r.Add(); } }",
        "async Task M() { await SaveAsync(); await Task.Yield(); } async Task SaveAsync() => await WriteAsync(); "
        + "async Task WriteAsync() { await using (var r = new Report()) { r.Add(); } }")]
    public async Task A_using_is_awaited(string id, string members, string expected)
    {
        var solution = FixLab.OfMembers(Report + members).Solution;
        var findings = await FindingsAsync(solution);
        Assert.Equal([id], findings.Select(static finding => finding.Id));
        var offers = await OffersAsync(solution, findings[0]);
        Assert.NotEmpty(offers);
        var changed = await FixLab.ChangedAsync(offers[0]);
        Assert.Equal([FixLab.Wrap(Report + expected)], await FixLab.TextsAsync(changed));
        Assert.Empty(await FixLab.ErrorsAsync(changed));
        Assert.Empty(await FindingsAsync(changed));
    }

    [Theory]
    // No DisposeAsync; a constructor cannot await; a lock is held.
    [InlineData("class Plain : IDisposable { public void Dispose() => File.AppendAllText(\"r\", \"end\"); } async Task M() { "
        + "using var r = new Plain(); await Task.Yield(); }")]
    [InlineData("class Holder { public Holder() { using var r = new Report(); } } async Task M() { Console.Write(new Holder()); "
        + "await Task.Yield(); }")]
    [InlineData("async Task M() { lock (this) { using var r = new Report(); } await Task.Yield(); }")]
    public async Task Where_it_cannot_be_awaited_it_stays(string members)
    {
        var solution = FixLab.OfMembers(Report + members).Solution;
        var finding = (await FindingsAsync(solution)).First(static finding => finding.Id is "QNT4001" or "QNT4002");
        foreach (var offer in await OffersAsync(solution, finding))
            Assert.Equal(await FixLab.TextsAsync(solution), await FixLab.TextsAsync(await FixLab.ChangedAsync(offer)));
    }

    private static async Task<IReadOnlyList<CodeAction>> OffersAsync(Solution solution, Diagnostic finding)
    {
        var offers = new List<CodeAction>();
        var document = solution.GetDocument(finding.Location.SourceTree)!;
        await AllRules.FixOf(finding.Id)!.RegisterCodeFixesAsync(
            new CodeFixContext(document, finding, (action, _) => offers.Add(action), CancellationToken.None));
        return offers;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Solution solution) =>
        [.. (await AllRules.DiagnoseAsync((await solution.Projects.Single().GetCompilationAsync())!))
            .OrderBy(static finding => finding.Location.SourceSpan.Start)];
}

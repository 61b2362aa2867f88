using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>
/// What the lock rules themselves find, fixed by the first offer until there is none: no rule of ours finds anything in the result,
/// and applying the fix once more changes nothing.
/// </summary>
public sealed class LockEndToEndTests
{
    private const string Prices =
        "readonly object gate = new(); Dictionary<string, string> texts = new(); public async Task<int> CountAsync() { "
        + "await Task.Yield(); lock (gate) return texts.Count; }\n";

    private const string Heavy =
        "static long Heavy(int[] order) { var sum = 0L; foreach (var line in order) sum += line * line % 7; return sum; }\n";

    [Theory]
    [InlineData("QNT3001", Heavy
        + "readonly object gate = new(); long Sum(List<int[]> o) { var t = 0L; Parallel.ForEach(o, x => { lock (gate) { t += Heavy(x); } "
        + "}); return t; }")]
    [InlineData("QNT3001",
        "readonly object gate = new(); double Sum(List<double[]> o) { var t = 0.0; Parallel.ForEach(o, x => { lock (gate) { "
        + "foreach (var n in x) t += n; } }); return t; }")]
    [InlineData("QNT3001",
        "readonly object gate = new(); readonly List<double> all = new(); void Sum(List<double[]> o) => Parallel.ForEach(o, x => { "
        + "lock (gate) { foreach (var n in x) all.Add(n); } });")]
    [InlineData("QNT3001", Heavy
        + "readonly object gate = new(); readonly Dictionary<int, long> all = new(); "
        + "void Sum(List<int[]> o) => Parallel.ForEach(o, x => { lock (gate) { all[x[0]] = Heavy(x); } });")]
    [InlineData("QNT3001",
        "readonly object gate = new(); readonly Dictionary<string, string> all = new(); "
        + "void Load(List<string> o) => Parallel.ForEach(o, x => { lock (gate) { all[x] = File.ReadAllText(x); } });")]
    [InlineData("QNT3002",
        "class Desk { readonly object gate = new(); int a; int b; public void A() { lock (gate) a++; } public int A2() { "
        + "lock (gate) return a; } public void B() { lock (gate) b++; } public int B2() { lock (gate) return b; } }")]
    [InlineData("QNT3003", Prices + "public void Load(string path) { lock (gate) { texts[path] = File.ReadAllText(path); } }")]
    [InlineData("QNT3003", Prices
        + "public void Load(string path) { lock (gate) { texts[path] = Read(path); } } string Read(string path) => Open(path); "
        + "string Open(string path) => File.ReadAllText(path);")]
    [InlineData("QNT3003", Prices
        + "public void Load(string a, string b) { lock (gate) { var one = File.ReadAllText(a); var two = File.ReadAllText(b); "
        + "texts[a] = one + two; } }")]
    [InlineData("QNT3004",
        "class Keys { readonly object gate = new(); long sum; public void Add() { lock (gate) { var s = 0L; for (var i = 0; "
        + "i < 10_000_000; i++) s += i; sum = s; } } public long Sum() { lock (gate) return sum; } }")]
    [InlineData("QNT3008",
        "readonly object gate = new(); int n; async Task SaveAsync() { Monitor.Enter(gate); try { await Task.Delay(10); } finally { "
        + "Monitor.Exit(gate); } } public void Add() { lock (gate) n++; }")]
    [InlineData("QNT3008",
        "readonly SemaphoreSlim other = new(1, 1); readonly Mutex gate = new(); async Task SaveAsync(CancellationToken token) { "
        + "gate.WaitOne(); try { await Task.Delay(10, token); } finally { gate.ReleaseMutex(); } }")]
    public async Task A_fixed_lock_leaves_nothing_to_find(string id, string members)
    {
        var solution = FixLab.OfMembers(members).Solution;
        var before = await FindingsAsync(solution);
        Assert.Contains(before, finding => finding.Id == id);
        for (var round = 0; await OfferAsync(solution, id) is { } offer; round++)
        {
            Assert.True(round < 4, "The fix does not come to an end.");
            solution = await FixLab.ChangedAsync(offer);
        }

        Assert.Empty(await FixLab.ErrorsAsync(solution));
        Assert.Empty(await FindingsAsync(solution));
    }

    private static async Task<CodeAction?> OfferAsync(Solution solution, string id)
    {
        var fix = AllRules.FixOf(id)!;
        CodeAction? offer = null;
        foreach (var finding in (await FindingsAsync(solution)).Where(finding => finding.Id == id))
        {
            var document = solution.GetDocument(finding.Location.SourceTree)!;
            await fix.RegisterCodeFixesAsync(
                new CodeFixContext(document, finding, (action, _) => offer ??= action, CancellationToken.None));
        }

        return offer;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Solution solution) =>
        [.. (await AllRules.DiagnoseAsync((await solution.Projects.Single().GetCompilationAsync())!))
            .OrderBy(static finding => finding.Location.SourceSpan.Start)];
}

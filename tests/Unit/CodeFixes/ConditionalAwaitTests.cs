using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>An <c>await</c> cannot stand behind <c>?.</c>: the question is asked aloud, once, and the value has its type.</summary>
public sealed class ConditionalAwaitTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    [Theory]
    [InlineData("var n = [|t?.Result|]; Console.Write(n ?? 1);", "var n = t is null ? (int?)null : await t; Console.Write(n ?? 1);")]
    [InlineData("Console.Write([|t?.Result|] ?? 1);", "Console.Write(t is null ? 1 : await t);")]
    [InlineData("Console.Write([|t?.Result|] ?? throw new IOException());",
        "Console.Write(t is null ? throw new IOException() : await t);")]
    [InlineData("Console.Write([|t?.Result|] ?? 1L);", "Console.Write((t is null ? (int?)null : await t) ?? 1L);")]
    [InlineData("Console.Write([|t?.GetAwaiter().GetResult()|] + 1);", "Console.Write((t is null ? (int?)null : await t) + 1);")]
    [InlineData("int?[] all = [[|t?.Result|], 1]; Console.Write(all);",
        "int?[] all = [t is null ? (int?)null : await t, 1]; Console.Write(all);")]
    [InlineData("Console.Write([|_t?.Result|] ?? 1);", "Console.Write(_t is { } t2 ? await t2 : 1);")]
    [InlineData("Console.Write([|Make()?.Result|] ?? 1);", "Console.Write(Make() is { } task ? await task : 1);")]
    [InlineData("Console.Write([|v?.Result|] ?? 1);", "Console.Write(v is { } v2 ? await v2 : 1);")]
    [InlineData("Console.Write($\"{[|t?.Result|]}\");", "Console.Write($\"{(t is null ? (int?)null : await t)}\");")]
    [InlineData("if (t == null) [|t?.Wait()|]; else Console.Write(1);",
        "if (t == null)\n        {\n            if (t != null) await t;\n        }\n        else Console.Write(1);")]
    public Task A_value_behind_a_question_mark_is_awaited(string body, string expected) => FixAssert.BecomesAsync(
        Blocking,
        Members($"async Task M(Task<int>? t, ValueTask<int>? v)\n{{\n    {body}\n    await Task.Yield();\n}}"),
        Members($"async Task M(Task<int>? t, ValueTask<int>? v)\n{{\n    {expected.Replace("\n    ", "\n", StringComparison.Ordinal)}\n    "
            + "await Task.Yield();\n}"));

    private static string Members(string method) =>
        "Task<int>? _t;\nTask<int>? Make() => _t;\npublic void Set(Task<int> t) => _t = t;\n" + method;

    [Theory]
    [InlineData("string? M(C? c) { return c?.Load(); }", "async Task<string?> M(C? c) { return c is null ? null : await c.LoadAsync(); }")]
    [InlineData("int M(C? c) { return c?.Load().Trim().Length ?? 0; }",
        "async Task<int> M(C? c) { return c is null ? 0 : (await c.LoadAsync()).Trim().Length; }")]
    [InlineData("string? M(C? c) { return c?.Load()?.Trim(); }",
        "async Task<string?> M(C? c) { return c is null ? null : (await c.LoadAsync())?.Trim(); }")]
    [InlineData("string? M(C? c) { return c?.Next?.Load(); }",
        "async Task<string?> M(C? c) { return c?.Next is { } next ? await next.LoadAsync() : null; }")]
    [InlineData("string M(C? c) { return c?.Load() ?? c?.Next?.Load() ?? \"\"; }",
        "async Task<string> M(C? c) { return (c is null ? null : await c.LoadAsync()) "
        + "?? (c?.Next is { } next ? await next.LoadAsync() : null) ?? \"\"; }")]
    [InlineData("string M() { return Next?.Load() + Next?.Load(); }",
        "async Task<string> M() { return (Next is { } next ? await next.LoadAsync() : null) + "
        + "(Next is { } next2 ? await next2.LoadAsync() : null); }")]
    [InlineData("string? M(C[]? all) { return all?[0].Load(); }",
        "async Task<string?> M(C[]? all) { return all is null ? null : await all[0].LoadAsync(); }")]
    [InlineData("void M(C? c) { c?.Next?.Load(); }",
        "async Task M(C? c) { if (c?.Next is { } next) await next.LoadAsync(); }")]
    [InlineData("void M(C? c) { c?.Load().ToString(); }",
        "async Task M(C? c) { if (c != null) (await c.LoadAsync()).ToString(); }")]
    public Task A_chain_takes_its_conditional_callers_along(string caller, string expected) => BecomesAsync(
        $"async Task A() {{ await Task.Yield(); [|Load()|]; }}\npublic C? Next {{ get; set; }}\n"
            + $"string Load() {{ return {{|1:File.ReadAllText(\"a\")|}}; }}\n{caller}",
        "async Task A() { await Task.Yield(); await LoadAsync(); }\npublic C? Next { get; set; }\n"
            + $"async Task<string> LoadAsync() {{ return await File.ReadAllTextAsync(\"a\"); }}\n{expected}");

    [Fact]
    public Task A_caller_that_gives_nothing_awaits_what_is_there_or_nothing() => BecomesAsync(
        "async Task A() { await Task.Yield(); [|Save()|]; }\nvoid Save() { {|1:File.WriteAllText(\"a\", \"\")|}; }\n"
            + "void M(C? c) => c?.Save();",
        "async Task A() { await Task.Yield(); await SaveAsync(); }\nasync Task SaveAsync() { await File.WriteAllTextAsync(\"a\", \"\"); }\n"
            + "async Task M(C? c) => await (c is null ? Task.CompletedTask : c.SaveAsync());");

    [Fact]
    public Task A_caller_that_no_await_can_reach_still_stops_the_chain() => FixAssert.RefusedAsync(
        Reached,
        FixLab.OfMembers("async Task A() { await Task.Yield(); [|Load()|]; }\nstring Load() { return {|1:File.ReadAllText(\"a\")|}; }\n"
            + "string? M(C? c) { lock (this) return c?.Load(); }").With(FindingProperties.Twin, "auto"));

    private static Task BecomesAsync(string members, string expected) => FixAssert.BecomesAsync(
        Reached, FixLab.OfMembers(members).With(FindingProperties.Twin, "auto"), [FixLab.Wrap(expected)]);

    [Fact]
    public async Task An_older_language_names_the_type()
    {
        static string Text(string body) => FixLab.Usings + "class C { public Task<int> T; async Task<int> M(C c) { await Task.Yield(); "
            + $"return {body}; }} }}\n";
        var lab = FixLab.Of([Text("[|c.T?.Result|] ?? 1")]).WithLanguage(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp7_3);
        await FixAssert.BecomesAsync(Blocking, lab, [Text("c.T is Task<int> t ? await t : 1")]);
    }
}

using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>
/// A make-async chain is offered only where it can be carried out to its end: each refusal stands beside the near miss that is offered,
/// and what is offered changes the code and compiles.
/// </summary>
public sealed class OfferTests
{
    private const string Root = "async Task HandleAsync() { [|Load()|]; await Task.Yield(); }\n";
    private const string Load = "static int Load() { return {|1:File.ReadAllText(\"a\")|}.Length; }\n";
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    private static FixLab Lab(string text) => FixLab.Of([FixLab.Usings + text + "\n"]).With(FindingProperties.Twin, "auto");

    private static async Task Offered(string text)
    {
        var lab = Lab(text);
        var action = Assert.Single(await lab.ActionsAsync(Reached));
        var changed = await FixLab.ChangedAsync(action);
        Assert.NotEqual(await FixLab.TextsAsync(lab.Solution), await FixLab.TextsAsync(changed));
        Assert.Empty(await FixLab.ErrorsAsync(changed));
    }

    [Theory]
    [InlineData("class B { public virtual object Get() => 1; } class D : B { public override string Get() => Load() + \"\"; }",
        "class B { public virtual object Get() => 1; } class D : B { public override object Get() => Load() + \"\"; }")]
    [InlineData("interface I<out T> { T Get(); } class D : I<int> { public int Get() => Load(); }",
        "interface I<T> { T Get(); } class D : I<int> { public int Get() => Load(); }")]
    [InlineData("[STAThread] static void Main() => Load();", "static void Main() => Load();")]
    [InlineData("class Startup { public void Configure() => Load(); }", "class Beginning { public void Configure() => Load(); }")]
    [InlineData("class Xs : List<int> { public void Add(string s) => Load(); } Xs M() => new() { \"a\" };",
        "class Xs : List<int> { public void Add(string s) => Load(); } Xs M() => new() { 1 };")]
    [InlineData("static void Do(Action a) => a(); static Task Do(Func<Task> a) => a(); void M() => Do(() => { Load(); });",
        "static Task Do(Action a) { a(); return Task.CompletedTask; } static Task Do(Func<Task> a) => a(); "
        + "Task M() => Do(() => { Load(); });")]
    [InlineData("Task<int> M(bool b) { Load(); return b ? null! : Task.FromResult(1); }",
        "Task<int> M(bool b) { Load(); return b ? Task.FromResult(2) : Task.FromResult(1); }")]
    [InlineData("Task<int>? M(C? c) { Load(); return c?.N(); } Task<int> N() => Task.FromResult(1);",
        "Task<int>? M(C c) { Load(); return c.N(); } Task<int> N() => Task.FromResult(1);")]
    [InlineData("readonly object _g = new(); void M() { Monitor.Enter(_g); Load(); Monitor.Exit(_g); }",
        "readonly object _g = new(); void M() { Monitor.Enter(_g); Monitor.Exit(_g); Load(); }")]
    [InlineData("readonly Lock _g = new(); void M() { using (_g.EnterScope()) { Load(); } }",
        "readonly Lock _g = new(); void M() { using (_g.EnterScope()) { } Load(); }")]
    [InlineData("class L : IDisposable { public void Dispose() => Load(); }", "class L : IDisposable { public void Dispose() { } "
        + "public void Close() => Load(); }")]
    public async Task A_caller_decides_whether_the_chain_is_offered(string refused, string offered)
    {
        await FixAssert.RefusedAsync(Reached, Lab($"public class C\n{{\n{Root}{Load}{refused}\n}}"));
        await Offered($"public class C\n{{\n{Root}{Load}{offered}\n}}");
    }

    [Theory]
    [InlineData("string Text { get { return {|1:Load()|}; } }", "[|Text|].Trim()",
        "string Text() { return {|1:Load()|}; }", "[|Text()|].Trim()")]
    [InlineData("bool Try(out string s) { s = {|1:Load()|}; return true; }", "[|Try(out _)|].ToString()",
        "bool Try(string s) { s = {|1:Load()|}; return true; }", "[|Try(\"\")|].ToString()")]
    [InlineData("readonly object _g = new(); string Held() { lock (_g) { return {|1:Load()|}; } }", "[|Held()|].Trim()",
        "readonly object _g = new(); string Held() { lock (_g) { } return {|1:Load()|}; }", "[|Held()|].Trim()")]
    [InlineData("IEnumerable<string> Each() { yield return {|1:Load()|}; }", "[|Each()|].Count().ToString()",
        "IEnumerable<string> Each() { return [{|1:Load()|}]; }", "[|Each()|].Count().ToString()")]
    [InlineData("class K { public override string ToString() => {|1:Load()|}; }", "[|new K().ToString()|].Trim()",
        "class K { public string Text() => {|1:Load()|}; }", "[|new K().Text()|].Trim()")]
    [InlineData("struct K { string _s; public string Text() => _s = {|1:Load()|}; }", "[|new K().Text()|].Trim()",
        "class K { string? _s; public string Text() => _s = {|1:Load()|}; }", "[|new K().Text()|].Trim()")]
    public async Task A_hop_in_the_middle_decides_whether_the_chain_is_offered(
        string refusedHop, string refusedCall, string offeredHop, string offeredCall)
    {
        const string Read = "static string Load() { return {|2:File.ReadAllText(\"a\")|}; }\n";
        static string Whole(string hop, string call) =>
            $"public class C\n{{\nasync Task HandleAsync() {{ Console.Write({call}); await Task.Yield(); }}\n{Read}{hop}\n}}";
        await FixAssert.RefusedAsync(Reached, Lab(Whole(refusedHop, refusedCall)));
        await Offered(Whole(offeredHop, offeredCall));
    }

    [Fact]
    public async Task A_message_of_Unity_keeps_its_signature_and_a_method_beside_it_does_not()
    {
        const string Unity = "namespace UnityEngine { public class Object { } public class MonoBehaviour : Object { } }\n";
        static string Player(string name) =>
            $"class Player : UnityEngine.MonoBehaviour {{ void {name}() => C.Load(); }}\npublic class C {{ {Root}internal {Load} }}\n";
        await FixAssert.RefusedAsync(Reached, Lab(Player("Update") + Unity));
        await Offered(Player("Reload") + Unity);
    }

    [Fact]
    public async Task A_caller_in_another_project_decides_too()
    {
        static FixLab Two(string caller) => FixLab.Of(
            [FixLab.Usings + $"public class C\n{{\n{Root}public {Load}}}\n"],
            [FixLab.Usings + $"class D {{ {caller} }}\n"]).With(FindingProperties.Twin, "auto");
        await FixAssert.RefusedAsync(Reached, Two("int N => C.Load();"));
        var changed = await FixLab.ChangedAsync(Assert.Single(await Two("int N() => C.Load();").ActionsAsync(Reached)));
        Assert.Contains("async Task<int> N() => await C.LoadAsync();", (await FixLab.TextsAsync(changed))[1], StringComparison.Ordinal);
        Assert.Empty(await FixLab.ErrorsAsync(changed));
    }
}

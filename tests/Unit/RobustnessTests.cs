using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests;

/// <summary>No code makes an analyzer throw or hang, incomplete code included, and edits give what a cold run gives.</summary>
public sealed class RobustnessTests
{
    private static readonly CSharpParseOptions Preview = new(LanguageVersion.Preview);

    public static TheoryData<string> Nasty =>
    [
        "class A : A { async void M() { M(); this.M().Wait(); } }",
        "class A<T> where T : A<A<T>> { async System.Threading.Tasks.Task M(T t) { t.M(t).Wait(); new A<A<A<T>>>().M(null); } }",
        "int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); async System.Threading.Tasks.Task G() { F(40); await G(); } await G();",
        "unsafe class A { async void M() { int* p = stackalloc int[4]; p[0]++; goto end; end: lock (this) { } lock () { } } }",
        "partial class A { partial void M(); async partial System.Threading.Tasks.Task N() { M(); Missing.Call().Result; } }",
        "class A { async void M() { var x = x; System.IO.Stream s = null; s = new System.IO.BufferedStream(s); s.ReadByte(); "
        + "Func<> f = f; f(); } }",
        "class A(int x) { int y = x switch { > 1 => new[] { x } is [var z, ..] ? z : 0, _ => throw null }; int this[int i] => this[i]; }",
        "record R(int X) { public static R operator +(R a, R b) => a + b; public static implicit operator int(R r) => r; "
        + "int Y => this + this; }",
        "interface I { void M() => M(); } class A : I { async void N(I i) { i.M(); using (i) foreach (var x in i) lock (x) { "
        + "await x; } } }",
        "class A { static A a = new(); System.Lazy<int> l; A() { l = new(() => l.Value); } async void M() => _ = l.Value + a.l.Value; }",
        "using System; using System.Threading; class H : IDisposable { object g; public H(object g) : this() { this.g = g; "
        + "Monitor.Enter(g); } H() : this(null) { } public void Dispose() => Dispose(); void Take() => Take(this); "
        + "void Take(H h) { h.Take(); Monitor.Enter(h.g); } "
        + "void Give(object x = null) => Monitor.Exit(); H Held => new(Held); T Locked<T>(Func<T> f) { lock (g) "
        + "return Locked(f); } async void M() { using (Held) using (new H()) Take(); "
        + "try { Locked(() => 1); Locked(); Locked(Locked); } finally { Give(); } } }",
        // A call whose name is still to be written, in every place where a task may be lost.
        "using System; using System.Collections.Generic; using System.Threading.Tasks; class L { async Task M(L l, Func<Task> f) { l.(); "
        + "l?.(); (); for (l.(); ; l.()) { } var (a, b) = (l.(), f()); var x = a ? l.() : ; var y = new() { [1] = l.(), [] = }; "
        + "var z = new Dictionary<int, Task> { { 1, l.() }, { , }, { }, [2] = }; f(); f.Invoke(); var t = l.(); t = l.(); _ = l.(); "
        + "Action g = () => l.(); var w = l.Select(n => n.()).ToList(); w.Count; } void N() => this.(); }",
        "using System; using System.Runtime.CompilerServices; record R(int) { public int => ; public int this[int i] => i; public string "
        + "Text => ToString(); bool PrintMembers() => ; async void M(R r, dynamic d) { await ; await r; await d; await d.X(); "
        + "_ = $\"{r}{}\" + r; string.Join(, r); string.Join(\"\", new R[0], ); r.ToString(); foreach (var x in r) { } Func<int> P => ; "
        + "event Action E; E(); E?.Invoke(); E += E; E += ; } Action Q => Q; Action W => () => W(); void N() { Q(); W(); } "
        + "public R GetAwaiter() => this; public bool IsCompleted => ; public void GetResult() => GetResult(); }",
        "using System.Linq; class Q { IQueryable<int> All() { var a = ; if (a) a = a.; a = a.Where(); return a; } IQueryable<> B() { "
        + "var b = b; b = b.Where(x => { return x; }); return b; } IQueryable<int> C() { int c; ; return ; } async void M() { "
        + "var q = All(); "
        + "q = q.Where(q); q = q; q.ToList(); foreach (var x in q = q.Skip()) { } var p = p.Where(); p = p.Where(); p.Count(); } }",
    ];

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Nasty_code_cut_at_any_token_is_borne(string code)
    {
        var tokens = CSharpSyntaxTree.ParseText(code, Preview).GetRoot(TestContext.Current.CancellationToken).DescendantTokens().ToList();
        for (var i = 0; i < tokens.Count; i += 3) await Analyse(Compile(code[..tokens[i].Span.End]));
        await Analyse(Compile(code));
    }

    [Fact]
    public async Task A_generated_body_of_twenty_thousand_lines_is_borne()
    {
        var lines = string.Join("\n", Enumerable.Range(0, 20_000).Select(static i => $"        Add({i}, \"row {i}\");"));
        await Analyse(Compile("class Table { async void Fill() {\n" + lines + "\n} void Add(int key, string text) { } }"));
    }

    [Fact]
    public async Task Deeply_nested_expressions_are_borne()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("\"x\"", 4_000));
        var nested = string.Concat(Enumerable.Repeat("F(", 300)) + "1" + new string(')', 300);
        await Analyse(Compile($"class A {{ async void M() {{ var s = {sum}; F(1); var n = {nested}; }} int F(int x) => x; }}"));
    }

    [Fact]
    public async Task A_long_chain_of_calls_and_a_large_cycle_are_solved()
    {
        var chain = string.Join("\n", Enumerable.Range(0, 3_000).Select(static i => $"void M{i}() => M{(i + 1) % 3_000}();"));
        await Analyse(Compile("class A { async void Start() { M0(); }\n" + chain + "}"));
    }

    [Fact]
    public async Task An_edit_of_a_callee_or_of_a_caller_gives_what_a_cold_run_gives()
    {
        const string Calm = "class Store { public void Load() { } }";
        const string Slow = "class Store { public void Load() { System.Threading.Thread.Sleep(10); } }";
        const string Caller =
            "class Desk { async System.Threading.Tasks.Task RunAsync(Store s) { s.Load(); await System.Threading.Tasks.Task.Yield(); } }";
        const string Waiting =
            "class Desk { async System.Threading.Tasks.Task RunAsync(Store s) { s.Load(); System.Threading.Thread.Sleep(1); "
            + "await System.Threading.Tasks.Task.Yield(); } }";

        var warm = Compile(Calm, Caller);
        Assert.Empty(await Analyse(warm));
        warm = Edited(warm, 0, Slow);
        Assert.Equal(["QNT4002"], await Analyse(warm));
        warm = Edited(warm, 1, Waiting);
        Assert.Equal(["QNT4001", "QNT4002"], await Analyse(warm));
        Assert.Equal(await Analyse(Compile(Slow, Waiting)), await Analyse(warm));
        warm = Edited(warm, 0, Calm);
        Assert.Equal(["QNT4001"], await Analyse(warm));
        warm = Edited(warm, 0, "class Store { public void Load(int count = 1) { System.Threading.Thread.Sleep(10); } }");
        Assert.Equal(["QNT4001", "QNT4002"], await Analyse(warm));
    }

    [Fact]
    public async Task Top_level_statements_partial_types_and_unsafe_code_are_read_as_one()
    {
        var found = await Analyse(Compile(
            "using System.Threading; _ = new Part(); static void Local() => Thread.Sleep(1); Local();",
            "unsafe partial class Part { partial void Load(int* p); public async System.Threading.Tasks.Task RunAsync() "
                + "{ await System.Threading.Tasks.Task.Yield(); Load(null); } }",
            "unsafe partial class Part { partial void Load(int* p) { fixed (char* c = \"a\") System.Threading.Thread.Sleep(*c); } }"));
        Assert.Equal(["QNT4002"], found);
    }

    [Fact]
    public async Task Without_references_nothing_is_known_and_nothing_found()
    {
        const string code =
            "using System.Threading; class A { async System.Threading.Tasks.Task M() { Thread.Sleep(1); N(); } "
            + "void N() => Thread.Sleep(1); }";
        var bare = CSharpCompilation.Create("Bare", [CSharpSyntaxTree.ParseText(code, Preview)]);
        Assert.Empty(await Analyse(bare));
        Assert.Equal(["QNT4001", "QNT4002"], await Analyse(bare.WithReferences(HostFramework.References)));
    }

    [Fact]
    public async Task Generic_types_that_grow_with_every_call_come_to_an_end()
    {
        var found = await Analyse(Compile(
            "using System.Threading; using System.Threading.Tasks; using System.Collections.Generic;"
            + "class Grow<T> { public void Down(int n) { if (n > 0) new Grow<List<T>>().Down(n - 1); else new Turn<T, Grow<T>>().Up(n); } }"
            + "class Turn<A, B> where B : new() { public void Up(int n) { if (n > 0) new Turn<B, Turn<A, B>>().Up(n - 1); "
            + "Thread.Sleep(1); } "
            + "public Turn() { } }"
            + "class Use { async Task M() { await Task.Yield(); new Grow<int>().Down(3); } }"));
        Assert.Equal(["QNT4003"], found);
    }

    // Where nobody can tell who runs a function, nothing is said of whom its work holds up.
    [Theory]
    [InlineData("Task.Run({0})", "int x = 0;", false)]
    [InlineData("Task.Run({0})", "Missing.Thing x = new();", false)]
    [InlineData("Task.Run({0})", "return Missing.Thing.Of(1);", false)]
    [InlineData("Missing.Run({0})", "int x = 0;", false)]
    [InlineData("Own({0})", "int x = 0;", true)]
    [InlineData("Own({0})", "Missing.Thing x = new();", true)]
    public async Task A_function_that_is_handed_to_what_does_not_bind_is_not_accused(string call, string statement, bool isFound)
    {
        var function = "async () => { await Task.Yield(); System.Security.Cryptography.RSA.Create(4096); " + statement + " }";
        var found = await Analyse(Compile("using System; using System.Threading.Tasks; class A { public void M() { "
            + call.Replace("{0}", function) + "; } void Own(Func<Task> work) { work().ToString(); } }"));
        Assert.Equal(isFound, found.Contains("QNT4005"));
    }

    [Theory]
    [InlineData("{ ", "}")]
    [InlineData("if (x > 0) ", "x--;")]
    [InlineData("for (;;) ", "x--;")]
    [InlineData("System.Action a = () => { ", "};")]
    public async Task Deeply_nested_statements_are_borne(string open, string close)
    {
        var body = string.Concat(Enumerable.Repeat(open, 150)) + (close == "x--;" ? close : string.Concat(Enumerable.Repeat(close, 150)));
        await Analyse(Compile("class A { async void M(int x) { " + body + " } }"));
    }

    private static Compilation Edited(Compilation compilation, int index, string text)
    {
        var old = compilation.SyntaxTrees.ElementAt(index);
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, Preview, old.FilePath));
    }

    private static Compilation Compile(params string[] files) => CSharpCompilation.Create(
        "Robust",
        files.Select(static (file, index) => CSharpSyntaxTree.ParseText(file, Preview, $"File{index}.cs")),
        HostFramework.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>The ids found, sorted; an analyzer that throws fails the test.</summary>
    private static async Task<List<string>> Analyse(Compilation compilation)
    {
        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);
        return found.Select(static item => item.Id).Order(StringComparer.Ordinal).ToList();
    }
}

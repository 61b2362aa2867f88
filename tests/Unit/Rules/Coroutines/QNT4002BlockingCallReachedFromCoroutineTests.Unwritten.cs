using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Calls that nobody writes down: constructors of bases, delegates behind a question mark, Dispose at the end of a scope.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(300)]
    public Task However_many_calls_lie_between_is_no_matter_when_all_of_them_come(int calls) => Flags(
        string.Concat(Enumerable.Range(0, calls).Select(static n => $"void M{n}() => M{n + 1}(); "))
        + $"void M{calls}() => Thread.Sleep(1); public async Task M() {{ await Task.Yield(); if (DateTime.Now.Hour > 3) [|M0()|]; }}");

    // Far down one file is mostly settings; what is certain to come, many files, and any other wait are not.
    [Theory]
    [InlineData("if (Odd) return; D();", "File.ReadAllText(\"a\");", false)]
    [InlineData("D();", "File.ReadAllText(\"a\");", true)]
    [InlineData("if (Odd) throw new Exception(); D();", "File.ReadAllText(\"a\");", true)]
    [InlineData("try { D(); } finally { Odd = true; }", "File.ReadAllText(\"a\");", true)]
    [InlineData("try { if (Odd) D(); } finally { Odd = true; }", "File.ReadAllText(\"a\");", false)]
    [InlineData("if (Odd) return; D();", "Thread.Sleep(40);", true)]
    [InlineData("if (Odd) return; foreach (var one in \"ab\".Split()) D();", "File.ReadAllText(\"a\");", true)]
    [InlineData("if (Odd) return; for (var i = 0; i < 3; i++) D();", "File.ReadAllText(\"a\");", false)]
    [InlineData("if (Odd) return; File.ReadAllText(\"b\");", "File.ReadAllText(\"a\");", true)]
    public Task One_file_behind_many_calls_is_no_evidence(string middle, string end, bool isFlagged)
    {
        var code = "bool Odd { get; set; } void B() { " + middle + " } void D() { " + end + " } ";
        return isFlagged ? Flags(code + "public async Task M() { await Task.Yield(); [|B()|]; }")
            : Allows(code + "public async Task M() { await Task.Yield(); B(); }");
    }

    // What the caller gives is judged with the call, where nothing else decides and where the call can be judged by it.
    [Theory]
    [InlineData("if (path == null) return;", true)]
    [InlineData("if (path == null || Odd) return;", false)]
    [InlineData("if (path != null && Odd) return;", false)]
    [InlineData("if (path == null || path == \"a\") return;", true)]
    [InlineData("if (!File.Exists(path)) return;", true)]
    [InlineData("if (!new FileInfo(path).Exists) return;", true)]
    [InlineData("if (!File.Exists(path) || Odd) return;", false)]
    [InlineData("if (!new Uri(path).IsAbsoluteUri) return;", false)]
    [InlineData("switch (path) { case \"a\": Odd = true; break; }", true)]
    [InlineData("switch (path) { case \"a\": return; }", false)]
    [InlineData("switch (path) { case \"a\": { Odd = true; return; } }", false)]
    [InlineData("switch (path) { case \"a\": throw new Exception(); }", true)]
    public Task Only_what_the_caller_gives_alone_is_no_branch_before_one_file(string first, bool isFlagged)
    {
        var code = "bool Odd { get; set; } void B(string path) { " + first + " D(path); } void D(string path) { File.ReadAllText(path); } ";
        return isFlagged ? Flags(code + "public async Task M(string path) { await Task.Yield(); [|B(path)|]; }")
            : Allows(code + "public async Task M(string path) { await Task.Yield(); B(path); }");
    }

    // The question whether it is there is no branch two calls away, and one three calls away.
    [Theory]
    [InlineData("if (!File.Exists(path)) return;", false)]
    [InlineData("if (path == null) return;", true)]
    [InlineData("if (!File.Exists(path)) throw new IOException();", true)]
    public Task One_file_that_is_asked_for_is_no_evidence_three_calls_away(string first, bool isFlagged)
    {
        var code = "void A(string path) => B(path); void B(string path) { " + first
            + " D(path); } void D(string path) { File.ReadAllText(path); } ";
        return isFlagged ? Flags(code + "public async Task M(string path) { await Task.Yield(); [|A(path)|]; }")
            : Allows(code + "public async Task M(string path) { await Task.Yield(); A(path); }");
    }

    [Fact]
    public Task Of_very_many_calls_one_that_need_not_come_is_enough_to_doubt_it() => Allows(
        string.Concat(Enumerable.Range(0, 9).Select(static n => $"void M{n}() => M{n + 1}(); "))
        + "bool Odd { get; set; } void M9() { if (Odd) return; Thread.Sleep(1); } "
        + "public async Task M() { await Task.Yield(); M0(); }");

    private const string Slow = "Thread.Sleep(100);";

    [Theory]
    [InlineData("class P : B { }")]
    [InlineData("class P : B { int _n = 3; }")]
    [InlineData("class Q : B { } class P : Q { }")]
    [InlineData("class Q : B { } class P : Q { public P() { } }")]
    [InlineData("class Q { object _b = new B(); } class P : Q { }")]
    [InlineData("class Q { object _b = new B(); } class P : Q { public P() { } }")]
    public async Task A_base_is_made_without_a_word(string types)
    {
        await Flags(Making(types, Slow));
        await Allows(Making(types, "").Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
    }

    [Fact]
    public Task Another_constructor_of_the_base_is_named() => Allows(
        "class B { public B() { Thread.Sleep(100); } public B(int n) { } } class P : B { public P() : base(1) { } } "
        + "class C { async Task M() { await Task.Yield(); new P(); } }");

    [Fact]
    public Task A_base_whose_parameter_is_optional_is_made_without_a_word() => Flags(
        "class B { public B(int n = 3) { Thread.Sleep(n); } } class P : B { } "
        + "class C { async Task M() { await Task.Yield(); [|new P()|]; } }");

    private static string Making(string types, string work) =>
        "class B { public B() { " + work + " } } " + types + " class C { async Task M() { await Task.Yield(); [|new P()|]; } }";

    [Theory]
    [InlineData("action?.Invoke();")]
    [InlineData("action.Invoke();")]
    public async Task A_delegate_is_called_if_it_is_there(string call)
    {
        var code = "void Do(Action action) { " + call + " } async Task M() { await Task.Yield(); ";
        await Flags(code + "[|Do(() => Thread.Sleep(100))|]; }");
        await Allows(code + "Do(() => Thread.Sleep(0)); }");
    }

    [Fact]
    public Task A_field_is_called_if_it_is_there() => Flags(
        "private readonly Action _work = () => Thread.Sleep(100); async Task M() { await Task.Yield(); _work?[|.Invoke()|]; }");

    // Each object is disposed of once, and each time somebody waits.
    [Theory]
    [InlineData("Dispose", "if (_done) return; _done = true; Thread.Sleep(100);", true)]
    [InlineData("Dispose", "if (!_done) { _done = true; Thread.Sleep(100); }", true)]
    [InlineData("Load", "if (_done) return; _done = true; Thread.Sleep(100);", false)]
    public Task What_is_disposed_of_once_is_waited_for(string name, string body, bool flagged)
    {
        var scope = name == "Dispose" ? "using var held = new Held();" : "var held = new Held(); held.Load();";
        var marked = name == "Dispose" ? "using var [|held = new Held()|];" : scope;
        var code = "class Held : IDisposable { bool _done; public void Dispose() { } public void Load() { } } ".Replace(
            "void " + name + "() { }", "void " + name + "() { " + body + " }", StringComparison.Ordinal);
        return flagged
            ? Flags(code + "class C { async Task M() { await Task.Yield(); " + marked + " } }")
            : Allows(code + "class C { async Task M() { await Task.Yield(); " + scope + " } }");
    }

    // A device stays one, whatever it is passed as.
    [Theory]
    [InlineData("FileStream f = File.OpenRead(\"a\"); [|Put(f)|];")]
    [InlineData("[|Put(socket)|];")]
    [InlineData("[|Forward(socket)|];")]
    public Task A_device_is_passed_as_a_stream(string statements) => Flags(Putting(statements));

    [Theory]
    [InlineData("var f = new MemoryStream(); Put(f);")]
    [InlineData("Put(any);")]
    public Task Memory_or_anything_is_passed_as_a_stream(string statements) => Allows(Putting(statements));

    private static string Putting(string statements) =>
        "int Put(Stream s) => s.Read(new byte[9], 0, 9); int Forward(System.Net.Sockets.NetworkStream s) => Put(s); "
        + "async Task M(System.Net.Sockets.NetworkStream socket, Stream any) { await Task.Yield(); " + statements + " }";
}

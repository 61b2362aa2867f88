using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Members of the base library that are given as functions, and queries that run where somebody goes through them.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string Pipe = "static string Pipe(string s, Func<string, string> f) => f(s); static Func<string, string> _any; ";

    [Theory]
    [InlineData("[|Pipe(\"a\", File.ReadAllText)|];", "Pipe(\"a\", Path.GetFileName);")]
    [InlineData("[|_read(\"a\")|];", "_name(\"a\");")]
    [InlineData("[|Nap(400)|];", "Rest(400);")]
    public async Task A_member_of_the_base_library_that_is_given_as_a_function_is_flagged_where_it_runs(string runs, string harmless)
    {
        const string Fields = "private readonly Func<string, string> _read = File.ReadAllText, _name = Path.GetFileName; "
            + "private static readonly Action<int> Nap = Thread.Sleep, Rest = Thread.SpinWait; ";
        await Flags(Pipe + Fields + $"public async Task M() {{ await Task.Yield(); {runs} }}");
        await Allows(Pipe + Fields + $"public async Task M() {{ await Task.Yield(); {harmless} }}");
    }

    [Fact]
    public Task One_that_is_only_kept_is_allowed() =>
        Allows(Pipe + "public async Task M() { await Task.Yield(); _any = File.ReadAllText; }");

    [Theory]
    [InlineData("IEnumerable<string> Texts(List<string> paths) => paths.Select(p => File.ReadAllText(p));")]
    [InlineData("IEnumerable<string> Texts(List<string> paths) => paths.Where(p => p != \"\").Select(File.ReadAllText);")]
    [InlineData("IEnumerable<string> Texts(List<string> paths) => from p in paths select File.ReadAllText(p);")]
    [InlineData("IEnumerable<string> Texts(List<string> paths) { var q = paths.Select(p => File.ReadAllText(p)); return q; }")]
    public async Task A_query_that_a_method_gives_runs_for_those_who_go_through_it(string query)
    {
        await Flags(query + " public async Task M(List<string> paths) { await Task.Yield(); foreach (var t in [|Texts(paths)|]) { } }");
        await Allows(query + " public async Task M(List<string> paths) { await Task.Yield(); _ = Texts(paths); }");
    }

    private const string Modes =
        """
        private enum Mode { Memory, Disk, Both }
        void Load(Mode mode) { switch (mode) { case Mode.Memory: break; case Mode.Disk: File.ReadAllText("a"); break; } }
        int Count(Mode mode) => mode switch { Mode.Disk => File.ReadAllText("a").Length, _ => 0 };
        void Compare(Mode mode) { if (mode == Mode.Disk) File.ReadAllText("a"); }
        void Differ(Mode mode) { if (mode != Mode.Memory) File.ReadAllText("a"); }
        void Pass(Mode mode) => Load(mode);
        void Change(Mode mode)
        {
            if (mode == Mode.Memory) mode = (Mode)Environment.ProcessId;
            if (mode == Mode.Disk) File.ReadAllText("a");
        }
        void Jump(Mode mode) { switch (mode) { case Mode.Both: goto case Mode.Disk; case Mode.Disk: File.ReadAllText("a"); break; } }

        """;

    [Theory]
    [InlineData("[|Load(Mode.Disk)|];", "Load(Mode.Memory);")]
    [InlineData("_ = [|Count(Mode.Disk)|];", "_ = Count(Mode.Both);")]
    [InlineData("[|Compare(Mode.Disk)|];", "Compare(Mode.Memory);")]
    [InlineData("[|Differ(Mode.Both)|];", "Differ(Mode.Memory);")]
    [InlineData("[|Pass(Mode.Disk)|];", "Pass(Mode.Memory);")]
    public async Task A_constant_of_an_enumeration_chooses_the_branch(string does, string does_not)
    {
        await Flags(Modes + $"public async Task M() {{ await Task.Yield(); {does} }}");
        await Allows(Modes + $"public async Task M() {{ await Task.Yield(); {does_not} }}");
    }

    [Theory]
    [InlineData("Change(Mode.Memory)")]
    [InlineData("Jump(Mode.Both)")]
    public Task A_constant_that_does_not_stay_rules_nothing_out(string call) =>
        Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Flags(
            Modes + $"public async Task M() {{ await Task.Yield(); [|{call}|]; }}");

    [Fact]
    public Task A_value_of_an_enumeration_that_nobody_knows_is_left_to_the_possible_form() =>
        Allows(" " + Modes.Replace("private enum", "public enum")
            + "public async Task M(Mode mode) { await Task.Yield(); Load(mode); }");

    [Theory]
    [InlineData("", 0)]
    [InlineData("#define TRACING\n", 1)]
    [InlineData("#define TRACE\n", 0)]
    public async Task A_call_that_the_compiler_leaves_out_is_no_call(string define, int expected)
    {
        var compilation = AllRules.Compile(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
            define + "using System.Diagnostics; using System.Threading; using System.Threading.Tasks;\n"
            + "class C { [Conditional(\"TRACING\")] static void Beat() => Thread.Sleep(1); "
            + "public async Task M() { await Task.Yield(); Beat(); } }",
            cancellationToken: TestContext.Current.CancellationToken));

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(expected == 1 ? ["QNT4002"] : [], found.Select(static one => one.Id));
    }

    [Theory]
    [InlineData("IFormattable", "public string ToString(string format, IFormatProvider provider) { Thread.Sleep(1); return \"\"; }", true)]
    [InlineData("IFormattable", "public string ToString(string format, IFormatProvider provider) => \"\"; "
        + "public override string ToString() { Thread.Sleep(1); return \"\"; }", false)]
    [InlineData("IDisposable", "public void Dispose() { } public string ToString(string format, IFormatProvider provider) "
        + "{ Thread.Sleep(1); return \"\"; }", false)]
    public async Task Interpolation_asks_what_can_be_formatted_for_its_format(string contract, string members, bool expected)
    {
        var type = $"class Money : {contract} {{ {members} }}\n";
        if (expected)
            await Flags(type + "class C { public async Task<string> M(Money m) { await Task.Yield(); return $\"{[|m|]:N}\"; } }");
        else await Allows(type + "class C { public async Task<string> M(Money m) { await Task.Yield(); return $\"{m:N}\"; } }");
    }

    [Theory]
    [InlineData("string IFormattable.ToString(string format, IFormatProvider provider) { Thread.Sleep(1); return \"\"; } "
        + "public override string ToString() => \"\";", true)]
    [InlineData("string IFormattable.ToString(string format, IFormatProvider provider) => \"\"; "
        + "public override string ToString() { Thread.Sleep(1); return \"\"; }", false)]
    public async Task A_sum_of_texts_asks_for_no_format(string members, bool isFormat)
    {
        var type = $"class Money : IFormattable {{ {members} }}\nclass C {{ public async Task<string> M(Money m) {{ await Task.Yield(); ";
        await (isFormat ? Allows(type + "return \"\" + m; } }") : Flags(type + "return \"\" + [|m|]; } }"));
        await (isFormat ? Flags(type + "return $\"{[|m|]}\"; } }") : Allows(type + "return $\"{m}\"; } }"));
    }

    [Theory]
    [InlineData("File.OpenText(\"a\")", "new StringReader(\"a\")")]
    [InlineData("new FileInfo(\"a\").OpenText()", "new StringReader(\"a\")")]
    public async Task Lines_of_a_file_that_a_callee_opens_are_flagged(string file, string memory)
    {
        const string Read =
            "static int Lines() { using var r = {0}; var n = 0; while (r.ReadLine() is { } line) n += line.Length; return n; } ";
        await Flags(Read.Replace("{0}", file) + "public async Task M() { await Task.Yield(); [|Lines()|]; }");
        await Allows(Read.Replace("{0}", memory) + "public async Task M() { await Task.Yield(); Lines(); }");
    }

    [Theory]
    [InlineData("new Settings(\"a\")", true)]
    [InlineData("given ?? new Settings(\"a\")", false)]
    public async Task What_is_made_for_those_who_give_nothing_is_left_to_the_possible_form(string made, bool isCertain)
    {
        const string Types = "class Settings { public Settings(string path) => File.ReadAllText(path); }\n"
            + "class Store { public Store(Settings given) { var s = {0}; } }\n";
        if (isCertain)
            await Flags(Types.Replace("{0}", made) + "class C { public async Task M() { await Task.Yield(); _ = [|new Store(null)|]; } }");
        else await Allows(Types.Replace("{0}", made) + "class C { public async Task M() { await Task.Yield(); _ = new Store(null); } }");
    }

    private const string Keeping =
        """
        class Entry { public int Port; public string Key; }
        class Log { public List<string> Lines; }
        static class Disk
        {
            public static void Write(string path, string text) => File.WriteAllText(path, text);
            public static void Save(string path, object value) => Write(path, System.Text.Json.JsonSerializer.Serialize(value));
            public static void Keep<T>(string path, T value) => File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(value));
        }

        """;

    [Theory]
    [InlineData("Disk.Write(\"a\", System.Text.Json.JsonSerializer.Serialize(one))")]
    [InlineData("Disk.Save(\"a\", one)")]
    [InlineData("Disk.Keep(\"a\", one)")]
    public async Task A_record_may_be_given_to_who_writes_it(string save)
    {
        await Allows(Keeping + $"class C {{ public async Task M(Entry one) {{ await Task.Yield(); {save}; }} }}");
        await Flags(Keeping + $"class C {{ public async Task M(Log one) {{ await Task.Yield(); [|{save}|]; }} }}");
        await Flags(Keeping + "class C { public async Task M(string text) { await Task.Yield(); [|Disk.Write(\"a\", text)|]; } }");
    }

    [Theory]
    [InlineData("if (n > 3) Thread.Sleep(1); else File.ReadAllText(\"a\");", "if (n > 3) Thread.Sleep(1); else Console.Write(n);")]
    [InlineData("if (slow) Thread.Sleep(1); else File.ReadAllText(\"a\");", "if (slow) Thread.Sleep(1); else Console.Write(n);")]
    [InlineData("if (slow) Thread.Sleep(1); else if (n > 3) Thread.Sleep(2); else Thread.Sleep(3);",
        "if (slow) Thread.Sleep(1); else if (n > 3) Thread.Sleep(2);")]
    [InlineData("if (slow) { Thread.Sleep(1); return; } File.ReadAllText(\"a\");",
        "if (slow) { Thread.Sleep(1); return; } Console.Write(n);")]
    [InlineData("if (slow) { if (n > 3) { Thread.Sleep(1); return; } Thread.Sleep(2); } else Thread.Sleep(3);",
        "if (slow) { if (n > 3) { Thread.Sleep(1); return; } } else Thread.Sleep(3);")]
    [InlineData("switch (n) { case 1: Thread.Sleep(1); break; case > 5: Thread.Sleep(2); break; default: Thread.Sleep(3); break; }",
        "switch (n) { case 1: Thread.Sleep(1); break; case > 5: Thread.Sleep(2); break; }")]
    [InlineData("_ = n switch { 1 => File.ReadAllText(\"a\"), _ => File.ReadAllText(\"b\") };",
        "_ = n switch { 1 => File.ReadAllText(\"a\"), _ => \"\" };")]
    [InlineData("if (File.Exists(\"a\") && File.ReadAllText(\"a\") != \"\") n++;", "if (n > 3 && File.ReadAllText(\"a\") != \"\") n++;")]
    public async Task Whichever_branch_is_taken_somebody_waits(string always, string perhaps)
    {
        const string Body = "int _n; static void Work(int n, bool slow) { {0} } public async Task M(bool b) { await Task.Yield(); {1}; }";
        await Flags(Body.Replace("{0}", always).Replace("{1}", "[|Work(_n, b)|]"));
        await Allows(Body.Replace("{0}", perhaps).Replace("{1}", "Work(_n, b)"));
    }

    private const string Scopes =
        """
        class Slow : IDisposable { public void Dispose() => Thread.Sleep(1); }
        class Quick : IDisposable { public void Dispose() { } }
        class C
        {
            static IDisposable Open() => new Slow();
            static IDisposable None() => new Quick();
            static IDisposable Either(bool slow) { if (slow) return new Slow(); return new Quick(); }
        """;

    [Theory]
    [InlineData("using ([|Open()|]) { }", "using (None()) { }")]
    [InlineData("using var [|scope = Open()|];", "using var scope = None();")]
    [InlineData("using IDisposable [|scope = new Slow()|];", "using IDisposable scope = new Quick();")]
    [InlineData("using ([|Open()|]) { }", "using (Either(true)) { }")]
    public async Task What_a_method_makes_for_using_is_disposed_of(string slow, string quick)
    {
        await Flags(Scopes + " public async Task M() { await Task.Yield(); " + slow + " } }");
        await Allows(Scopes + " public async Task M() { await Task.Yield(); " + quick + " } }");
    }

    [Fact]
    public async Task A_function_given_to_a_coroutine_by_a_body_of_one_expression_is_flagged()
    {
        const string Run = "static async Task Run(Action work) { await Task.Yield(); work(); } ";
        await Flags(Run + "public Task M() => [|Run(() => Thread.Sleep(1))|];");
        await Allows(Run + "public Task M() => Run(() => Thread.Yield());");
    }

    [Fact]
    public async Task What_is_asked_of_a_text_is_not_asked_of_its_object()
    {
        const string Disk = "static void Write(string text) { if (text != null) File.WriteAllText(\"a\", text); } "
            + "static void Save(object value) => Write(System.Text.Json.JsonSerializer.Serialize(value)); ";
        await Flags(Disk + "public async Task M() { await Task.Yield(); [|Save(new List<int>())|]; }");
        await Allows(Disk + "public async Task M() { await Task.Yield(); Write(null); }");
    }

    [Fact]
    public async Task An_object_of_another_type_is_ruled_out_though_it_is_a_record()
    {
        const string Types = "class Ping { public int Id { get; set; } }\nclass Save { public int Id { get; set; } }\nclass C { "
            + "static void Dispatch(object message) { if (message is Save) File.ReadAllText(\"a\"); } ";
        await Allows(Types + "public async Task M() { await Task.Yield(); var ping = new Ping(); Dispatch(ping); } }");
        await Flags(Types + "public async Task M() { await Task.Yield(); var save = new Save(); [|Dispatch(save)|]; } }");
    }

    [Theory]
    [InlineData("void M(bool f) { using IDisposable d = f ? d : new Quick(); }")]
    [InlineData("IDisposable Both(IDisposable x) { var a = new Wrap(b); var b = new Wrap(a); return b; }")]
    [InlineData("void M() { System.Action<int> again = null; again = n => { var next = new Progress<int>(again); }; }")]
    [InlineData("System.IO.Stream Open(System.IO.Stream inner) { var s = new System.IO.BufferedStream(s); return s; }")]
    public async Task What_speaks_of_itself_is_looked_into_once(string member)
    {
        var text = "using System; class Quick : IDisposable { public void Dispose() { } } class Wrap(IDisposable d) : IDisposable "
            + "{ public void Dispose() => d.Dispose(); } class C { " + member
            + " void N() { using (Both(null)) { } using (Open(null)) { } } }";
        foreach (var edited in new[] { text, text.Replace("void N() {", "void N() { _ = 1;"), text.Replace("return ", "return (") })
        {
            var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
                edited, path: "C.cs", cancellationToken: TestContext.Current.CancellationToken);
            await AllRules.DiagnoseAsync(AllRules.Compile(tree), cancellation: TestContext.Current.CancellationToken);
        }
    }

    private const string Wrapped =
        "static Stream Packed(Stream inner) => new System.IO.Compression.GZipStream(inner, "
        + "System.IO.Compression.CompressionMode.Decompress); static void Read(Stream from) => from.CopyTo(new MemoryStream()); ";

    [Theory]
    [InlineData("new FileStream(\"a\", FileMode.Open)", true)]
    [InlineData("new MemoryStream()", false)]
    public async Task A_method_that_decorates_a_stream_gives_what_it_is_given(string stream, bool isDevice)
    {
        var body = $"var from = Packed({stream}); {{0}}; ";
        if (isDevice)
            await Flags(Wrapped + "public async Task M() { await Task.Yield(); " + body.Replace("{0}", "[|Read(from)|]") + "}");
        else await Allows(Wrapped + "public async Task M() { await Task.Yield(); " + body.Replace("{0}", "Read(from)") + "}");
    }

    // Who copies waits for both ends, whichever of them it was given.
    [Theory]
    [InlineData("using var file = File.Create(\"a\"); given.CopyTo(file);", true)]
    [InlineData("using var file = new FileStream(\"a\", FileMode.Open); file.CopyTo(given);", true)]
    [InlineData("using var kept = new MemoryStream(); given.CopyTo(kept);", false)]
    [InlineData("using var kept = new MemoryStream(); kept.CopyTo(given);", false)]
    public async Task What_memory_is_copied_to_or_from_decides(string copy, bool isDevice)
    {
        var members = "static void Copy(Stream given) { " + copy + " } ";
        var call = "public async Task M() { await Task.Yield(); {0}; }";
        if (isDevice) await Flags(members + call.Replace("{0}", "[|Copy(new MemoryStream())|]"));
        else await Allows(members + call.Replace("{0}", "Copy(new MemoryStream())"));
    }

    // Whoever names a file means one, mostly of settings; a stream may be anything.
    [Theory]
    [InlineData("System.Xml.Linq.XDocument.Load(p)", "a small file as a rule")]
    [InlineData("x.Save(p)", "a small file as a rule")]
    public async Task A_document_of_a_file_that_is_named_is_possible(string work, string reason)
    {
        const string Code = "static void Work(System.Xml.XmlDocument x, string p, Stream s) { {0}; } "
            + "public async Task M(System.Xml.XmlDocument x, string p, Stream s) { await Task.Yield(); {1}; }";
        await Allows(Code.Replace("{0}", work).Replace("{1}", "Work(x, p, s)"));
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Flags(Code.Replace("{0}", work).Replace("{1}", "[|Work(x, p, s)|]"), reason);
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>
            .Flags(Code.Replace("{0}", "").Replace("{1}", $"[|{work}|]"));
    }

    [Theory]
    [InlineData("readonly TimeSpan _time = TimeSpan.Zero; C(TimeSpan time) { _time = time; }", "readonly TimeSpan _time = TimeSpan.Zero;")]
    [InlineData("protected virtual TimeSpan _time { get; } = TimeSpan.Zero;", "private TimeSpan _time { get; } = TimeSpan.Zero;")]
    public async Task A_time_that_somebody_else_may_give_is_waited_for(string open, string kept)
    {
        const string Rest = " static void Nap(TimeSpan time) => Thread.Sleep(time); public async Task M() { await Task.Yield(); {0}; } }";
        await Flags("class C { " + open + Rest.Replace("{0}", "[|Nap(_time)|]"));
        await Allows("class C { " + kept + Rest.Replace("{0}", "Nap(_time)"));
    }
}

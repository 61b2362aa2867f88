using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Members that are called without being named: by patterns, deconstructions, indices from the end, subscriptions and texts.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string ASleep = "Thread.Sleep(100);";

    [Theory]
    [InlineData("var (a, b) = [|p|];")]
    [InlineData("int a, b; (a, b) = [|p|];")]
    [InlineData("var ((a, b), c) = [|(p, 1)|];")]
    [InlineData("if (p is [|(1, 2)|]) return;")]
    [InlineData("foreach ([|var (a, b)|] in new[] { p }) { }")]
    [InlineData("_ = p switch { [|(1, _)|] => 1, _ => 2 };")]
    public async Task Taking_apart_calls_Deconstruct(string use)
    {
        await Flags(Apart(ASleep, use));
        await Allows(Apart("", Plain(use)));
    }

    [Fact]
    public Task Taking_apart_calls_a_Deconstruct_that_extends() => Flags(Extended("File.ReadAllText(\"a\")"));

    [Fact]
    public Task Taking_apart_with_an_extension_that_does_not_wait_is_allowed() =>
        Allows(Plain(Extended("u.Host")));

    private static string Extended(string first) =>
        $$"""
        static class Parts { public static void Deconstruct(this Uri u, out string a, out int b) { a = {{first}}; b = 1; } }
        class C { public async Task M(List<Uri> all) { await Task.Yield(); foreach ([|var (a, b)|] in all) { } } }
        """;

    private static string Plain(string marked) => marked.Replace("[|", "").Replace("|]", "");

    private static string Apart(string work, string use) =>
        $$"""
        class P { public void Deconstruct(out int a, out int b) { {{work}} a = b = 1; } }
        class C { public async Task M(P p) { await Task.Yield(); {{use}} } }
        """;

    [Theory]
    [InlineData("_ = p switch { { [|Q|]: 3 } => 1, _ => 2 };")]
    [InlineData("_ = p switch { null => 0, { [|Q|]: > 3 } => 1, _ => 2 };")]
    [InlineData("_ = Tuple.Create(p) switch { { Item1: { [|Q|]: 3 } } => 1, _ => 2 };")]
    [InlineData("_ = [|p[^1]|];")]
    [InlineData("_ = p is [|[1, 2, ..]|];")]
    public async Task A_pattern_asks_members(string use)
    {
        const string Type =
            """
            class P
            {
                public int Length => 3;
                public int Q { get { {0} return 1; } }
                public int this[int i] { get { {0} return 1; } }
            }

            """;
        const string Call = "class C { public async Task M(P p) { await Task.Yield(); {0} } }";
        await Flags(Type.Replace("{0}", ASleep) + Call.Replace("{0}", use));
        await Allows(Type.Replace("{0}", "") + Call.Replace("{0}", Plain(use)));
    }

    // `[_, ..]` asks only how long it is, and so does what takes nothing out.
    [Fact]
    public Task A_pattern_that_takes_no_element_asks_none() => Allows(
        """
        class P { public int Length => 3; public int this[int i] { get { Thread.Sleep(100); return 1; } } }
        class C { public async Task M(P p) { await Task.Yield(); _ = p is [..]; } }
        """);

    [Theory]
    [InlineData("[|E += On|];")]
    [InlineData("[|E += (_, _) => { }|];")]
    public Task Subscribing_calls_the_accessor_of_an_event(string use) => Flags(Raised(use));

    [Theory]
    [InlineData("E -= On;")]
    [InlineData("F += On;")]
    public Task Unsubscribing_or_another_event_does_not(string use) => Allows(Raised(use));

    private static string Raised(string use) =>
        $$"""
        class C
        {
            event EventHandler E { add { File.ReadAllText("a"); } remove { } }
            event EventHandler F { add { } remove { } }
            static void On(object sender, EventArgs e) { }
            public async Task M() { await Task.Yield(); {{use}} }
        }
        """;

#if !OLDEST_ROSLYN // Properties are not partial there.
    [Theory]
    [InlineData("[|p.T|]")]
    [InlineData("[|p[3]|]")]
    public async Task A_partial_property_is_read_where_its_body_is(string use)
    {
        const string Type =
            """
            partial class P { public partial string T { get; } public partial string this[int i] { get; } }
            partial class P
            {
                public partial string T { get { {0} return "a"; } }
                public partial string this[int i] { get { {0} return "a"; } }
            }

            """;
        const string Call = "class C { public async Task<string> M(P p) { await Task.Yield(); return {0}; } }";
        await Flags(Type.Replace("{0}", ASleep) + Call.Replace("{0}", use));
        await Allows(Type.Replace("{0}", "") + Call.Replace("{0}", Plain(use)));
    }
#endif

    [Theory]
    [InlineData("new System.Text.StringBuilder().Append($\"x {[|p|]}\");")]
    [InlineData("new System.Text.StringBuilder().Append([|p|]);")]
    [InlineData("_ = string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"x {[|p|]:x}\");")]
    [InlineData("_ = string.Concat(\"a\", [|p|]);")]
    [InlineData("_ = string.Format(\"{0}{1}{2}{3}\", 1, 2, 3, [|p|]);")]
    public async Task Making_text_calls_ToString(string use)
    {
        const string Type = "class P { public override string ToString() => {0}; }\n";
        const string Call = "class C { public async Task M(P p) { await Task.Yield(); {0} } }";
        await Flags(Type.Replace("{0}", "File.ReadAllText(\"a\")") + Call.Replace("{0}", use));
        await Allows(Type.Replace("{0}", "\"a\"") + Call.Replace("{0}", Plain(use)));
    }

    [Theory]
    [InlineData("public string Text => File.ReadAllText(Path);", true)]
    [InlineData("public string Text { get { return File.ReadAllText(Path); } }", true)]
    [InlineData("string Text => File.ReadAllText(Path);", false)]
    [InlineData("public static string Text => File.ReadAllText(\"a\");", false)]
    [InlineData("public string Text => Path;", false)]
    [InlineData("public string Text => File.ReadAllText(Path); public override string ToString() => Path;", false)]
    [InlineData("public string Text => File.ReadAllText(Path); protected virtual bool PrintMembers(System.Text.StringBuilder b) => true;",
        false)]
    public async Task The_text_of_a_record_asks_for_its_public_properties(string member, bool isAsked)
    {
        foreach (var use in new[] { "[|p|].ToString()", "$\"x {[|p|]}\"" })
        {
            var code = "record P(string Path) { " + member + " }\nclass C { public async Task M(P p) { await Task.Yield(); _ = {0}; } }";
            if (isAsked) await Flags(code.Replace("{0}", use));
            else await Allows(code.Replace("{0}", Plain(use)));
        }
    }

    [Theory]
    [InlineData("record P : B;", true)]
    [InlineData("record P : B; sealed record Q : P { public override string Text => Host; }", false)]
    [InlineData("sealed record P : B { public override string Text => Host; }", false)]
    [InlineData("record P : B { public override string Text => Host; }", false)]
    public Task The_text_of_a_record_asks_for_what_it_overrides_itself(string record, bool isAsked)
    {
        var code = "abstract record B { public string Host = \"\"; public virtual string Text => File.ReadAllText(Host); } " + record
            + "\nclass C { public async Task M(P p) { await Task.Yield(); _ = {0}; } }";
        return isAsked ? Flags(code.Replace("{0}", "[|p|].ToString()")) : Allows(code.Replace("{0}", "p.ToString()"));
    }

    [Theory]
    [InlineData("await [|new Job()|];", "class Job { public Awaiter GetAwaiter() => new(); } "
        + "class Awaiter : Quick { public void GetResult() => {0}; }")]
    [InlineData("await [|new Job()|];", "class Job { public Done GetAwaiter() { {0}; return new(); } }")]
    [InlineData("foreach (var n in [|new Walk()|]) { }", "class Walk { public Step GetEnumerator() => new(); } "
        + "class Step : IDisposable { public int Current => 1; public bool MoveNext() => false; public void Dispose() => {0}; }")]
    [InlineData("foreach (var n in [|new Walk()|]) { }", "class Walk { public Step GetEnumerator() => new(); } "
        + "struct Step : IDisposable { public int Current => 1; public bool MoveNext() => false; public void Dispose() => {0}; }")]
    [InlineData("_ = string.Join(\", \", [|new List<Label>()|]);",
        "class Label { public override string ToString() { {0}; return \"\"; } }")]
    [InlineData("_ = string.Concat([|new List<Label>()|]);", "class Label { public override string ToString() { {0}; return \"\"; } }")]
    public async Task The_language_calls_more_than_it_names(string use, string types)
    {
        const string Common = "class Quick : System.Runtime.CompilerServices.INotifyCompletion { public bool IsCompleted => true; "
            + "public void OnCompleted(Action next) { } } class Done : Quick { public void GetResult() { } } ";
        var call = "class C { public async Task M() { await Task.Yield(); " + use + " } }";
        await Flags(Common + types.Replace("{0}", "Thread.Sleep(9)") + call);
        await Allows(Common + types.Replace("{0}", "Thread.Yield()") + Plain(call));
    }

    // An await asks for the result of what is done; who sleeps or reads there does so all the same.
    [Theory]
    [InlineData("int GetResult() => _inner.GetResult();")]
    [InlineData("int GetResult() => _task.Result;")]
    [InlineData("void GetResult() => _done.Wait();")]
    public async Task Taking_the_result_of_what_is_done_waits_for_nothing(string member)
    {
        const string Type = "class Job { public Awaiter GetAwaiter() => new(); } class Awaiter "
            + ": System.Runtime.CompilerServices.INotifyCompletion { readonly Task<int> _task; readonly ManualResetEventSlim _done; "
            + "readonly System.Runtime.CompilerServices.TaskAwaiter<int> _inner; public bool IsCompleted => _task.IsCompleted; "
            + "public void OnCompleted(Action next) => _inner.OnCompleted(next); public ";
        const string Use = " } class C { public async Task M(Job job, Awaiter awaiter) { await Task.Yield(); {0}; } }";
        await Allows(Type + member + Use.Replace("{0}", "await job"));
        await Flags(Type + member + Use.Replace("{0}", "[|awaiter.GetResult()|]"));
        await Flags(Type + member.Replace("=>", "{ Thread.Sleep(9); return").Replace("return _done.Wait()", "_done.Wait()") + " }"
            + Use.Replace("{0}", "await [|job|]"));
    }

    // The text of an assertion is made only where it fails.
    [Fact]
    public Task The_text_of_an_assertion_is_allowed() => Allows(
        """
        class P { public override string ToString() => File.ReadAllText("a"); }
        class C { public async Task M(P p) { await Task.Yield(); System.Diagnostics.Debug.Assert(p != null, $"x {p}"); } }
        """);

    // Tuples are compared with the operators of what they hold.
    [Theory]
    [InlineData("(a, 1) == (b, 2)", true)]
    [InlineData("(1, (a, 2)) == (1, (b, 2))", true)]
    [InlineData("(a, 1) != (b, 2)", false)]
    [InlineData("(1, 2) == (1, 2)", false)]
    public Task The_operators_of_what_a_tuple_holds_are_followed(string compared, bool flagged)
    {
        var code = "struct Price { public static bool operator ==(Price a, Price b) { Thread.Sleep(9); return true; } "
            + "public static bool operator !=(Price a, Price b) => false; } "
            + "class C { public async Task<bool> M(Price a, Price b) { await Task.Yield(); return "
            + (flagged ? "[|" + compared + "|]" : compared) + "; } }";
        return flagged ? Flags(code) : Allows(code);
    }
}

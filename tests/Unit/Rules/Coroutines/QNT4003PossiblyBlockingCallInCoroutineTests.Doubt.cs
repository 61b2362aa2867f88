using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A "may" says why it is one.
public sealed partial class QNT4003PossiblyBlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("[|File.Delete(\"a\")|];", "(M → File.Delete, mostly brief)")]
    [InlineData("if (n < 0) { [|Thread.Sleep(1)|]; throw new Exception(); }", "(M → Thread.Sleep, on a rare path)")]
    [InlineData("[|Maybe(n)|];", "(M → Maybe → Thread.Sleep, on a branch of 'Maybe')")]
    [InlineData("[|Guarded()|];", "(M → Guarded → Thread.Sleep, after an exception)")]
    [InlineData("[|s.Count()|];", "(M → Count → Thread.Sleep, in one of several implementations)")]
    [InlineData("[|Kept()|];", "(M → Kept → File.ReadAllText, the first time only)")]
    [InlineData("[|Task.Delay(n).Wait(1)|];", "(M → Task.Wait, mostly brief)")]
    [InlineData("[|Lines(new())|];", "(M → Lines → StreamWriter.WriteLine, through a buffer)")]
    [InlineData("[|Read(new())|];", "(M → Read → ReaderWriterLockSlim.EnterReadLock, mostly brief)")]
    public Task The_message_says_why_it_may_not_happen(string statements, string path) => Flags(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class FixedStock : IStock { public int Count() => 1; }
        class C
        {
            string _kept;
            void Maybe(int n) { if (n > 3) Console.Write(n); else Thread.Sleep(1); }
            void Guarded() { try { Console.Write(1); } catch (Exception) { Thread.Sleep(1); } }
            void Lines(List<string> rows) { using var w = new StreamWriter("a"); foreach (var row in rows) w.WriteLine(row); }
            void Read(ReaderWriterLockSlim gate) => gate.EnterReadLock();
            string Kept() { if (_kept == null) _kept = File.ReadAllText("a"); return _kept; }
        """
        + " public async Task M(int n, IStock s) { await Task.Yield(); " + statements + " } }", path);

    [Theory]
    [InlineData("_ = Task.Run(async () => { await Task.Yield(); [|Nap()|]; });",
        "(lambda in M → Nap → Thread.Sleep, on a thread of the pool)")]
    [InlineData("await Task.Yield(); [|_gate.Wait()|]; try { _n++; } finally { _gate.Release(); }", "held briefly)")]
    public Task What_stands_where_it_matters_little_says_so(string statements, string told) => Flags(
        "private readonly SemaphoreSlim _gate = new(1, 1); private int _n; static void Nap() => Thread.Sleep(1); "
        + "public async Task M() { " + statements + " }", told);

    // Whoever switches off what another package says of the same call has decided.
    [Theory]
    [InlineData("VSTHRD103", "", true)]
    [InlineData("CA1849, MA0042 // nothing to await", "", true)]
    [InlineData("VSTHRD103", "\n#pragma warning restore VSTHRD103\n", false)]
    [InlineData("CA1849", "\n#pragma warning restore\n", false)]
    [InlineData("CS1998", "", false)]
    public Task A_rule_like_this_that_is_switched_off_there_leaves_it_possible(string codes, string restore, bool isMeant)
    {
        var code = "public async Task M() {\n#pragma warning disable " + codes + "\n" + restore
            + (isMeant ? "[|Thread.Sleep(1)|];" : "Thread.Sleep(1);") + " await Task.Yield(); }";
        return isMeant ? Flags(code, "(M → Thread.Sleep, where a rule like this is switched off)") : Allows(code);
    }

    // Whoever has the object may listen, too.
    [Theory]
    [InlineData("event Action Saved; C() { Saved += Slow; }", "Saved?[|.Invoke()|];", true)]
    [InlineData("event Action Saved; C() { Saved += Slow; }", "[|Saved()|];", true)]
    [InlineData("event Action Saved; static void Listen(C one) { one.Saved += () => Slow(); }", "[|Saved()|];", true)]
    [InlineData("event Action Saved; C() { Saved -= Slow; }", "Saved();", false)]
    [InlineData("event Action Saved, Other; C() { Other += Slow; }", "Saved();", false)]
    [InlineData("class D { public event Action Saved; } event Action Saved; C(D d) { d.Saved += Slow; }", "Saved();", false)]
    [InlineData("event Action Saved { add => Slow(); remove { } } C() { Saved += Slow; } Action Quick => null;", "Quick();", false)]
    public async Task Who_listens_to_ones_own_event_may_wait(string members, string raise, bool isTold)
    {
        var code = "class C { static void Slow() => Thread.Sleep(9); " + members + " public async Task M() { await Task.Yield(); "
            + raise + " } }";
        if (isTold) await Flags(code, "in one of several functions)");
        else await Allows(code);
    }

    [Theory]
    [InlineData("if (Odd) return;")]
    [InlineData("foreach (var one in \"ab\") Console.Write(one);")]
    [InlineData("switch (Odd) { case true: return; }")]
    [InlineData("_ = Odd && Odd;")]
    [InlineData("try { Odd = true; } catch (Exception) { return; }")]
    public Task A_path_of_very_many_calls_one_of_which_need_not_come_says_so(string branch) => Flags(
        $"bool Odd {{ get; set; }} void M0() {{ {branch} M1(); }} " + Chain(1, 9)
        + "public async Task M() { await Task.Yield(); [|M0()|]; }", "so many calls away)");

    [Theory]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(300)]
    public Task A_path_of_very_many_calls_that_runs_straight_on_is_left_to_the_warning(int calls) => Allows(
        Chain(0, calls) + "public async Task M() { await Task.Yield(); if (DateTime.Now.Hour > 3) M0(); }");

    private static string Chain(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(static n => $"void M{n}() => M{n + 1}(); "))
        + $"void M{to}() => Thread.Sleep(1); ";

    [Fact]
    public Task A_moment_that_is_waited_again_and_again_is_left_to_the_warning() =>
        Allows("public async Task M(Task t) { await Task.Yield(); while (!t.Wait(1)) { } }");

    [Fact]
    public Task A_path_of_several_calls_is_left_to_the_warning() => Allows(
        string.Concat(Enumerable.Range(0, 6).Select(static n => $"void M{n}() => M{n + 1}(); ")) + "void M6() => Thread.Sleep(1); "
        + "public async Task M() { await Task.Yield(); M0(); }");

    [Theory]
    [InlineData("_load = () => \"\";")]
    [InlineData("_load = given;")]
    [InlineData("_load = given is null ? () => File.ReadAllText(\"b\") : () => \"\";")]
    public Task One_of_the_functions_that_a_field_is_given_may_wait(string other) => Flags(
        "private Func<string> _load = () => File.ReadAllText(\"a\"); void Set(Func<string> given) { " + other
        + " } public async Task M() { await Task.Yield(); [|_load()|]; }", "in one of several");

    [Theory]
    [InlineData("() => \"\"", "given")]
    [InlineData("() => \"\"", "() => \"x\"")]
    [InlineData("() => File.ReadAllText(\"a\")", "null")]
    [InlineData("() => File.ReadAllText(\"a\")", "null!")]
    [InlineData("() => File.ReadAllText(\"a\")", "default")]
    public Task Functions_of_which_none_or_the_only_one_waits_are_not_possible(string first, string second) => Allows(
        $"private Func<string> _load = {first}; void Set(Func<string> given) {{ _load = {second}; }} "
        + "public async Task M() { await Task.Yield(); _load(); }");

    // On another object of the type anybody may have put anything there; a member of the same name elsewhere is none of it.
    [Theory]
    [InlineData("static C Made(Func<string> given) { var c = new C(); c.Load = given; return c; }", true)]
    [InlineData("static C Made(Func<string> given) => new C { Load = given };", true)]
    [InlineData("static D Made(Func<string> given) => new D { Load = given };", false)]
    public async Task A_property_of_another_object_may_hold_another_function(string maker, bool isOpen)
    {
        var code = "class D { public Func<string> Load; } class C { public Func<string> Load { get; private set; } = "
            + $"() => File.ReadAllText(\"a\"); {maker} public async Task M() {{ await Task.Yield(); {{0}}; }} }}";
        if (isOpen) await Flags(code.Replace("{0}", "[|Load()|]"), "in one of several functions");
        else await Allows(code.Replace("{0}", "Load()"));
    }

    private static string Attempted(string attempt) =>
        "void Copy() { for (var n = 0; n < 9; n++) { try { " + attempt + " } catch (IOException) { } Thread.Sleep(10); } } "
        + "public async Task M() { await Task.Yield(); {0}; }";

    [Fact]
    public Task A_sleep_behind_an_attempt_that_leaves_when_it_succeeds_is_possible() =>
        Flags(Attempted("Console.Write(n); return;").Replace("{0}", "[|Copy()|]"), "after an exception");

    [Fact]
    public Task A_sleep_behind_an_attempt_that_goes_on_is_left_to_the_warning() =>
        Allows(Attempted("Console.Write(n);").Replace("{0}", "Copy()"));

    private static string Command(string provider, string call) =>
        $$"""
        namespace System.Data.{{provider}}
        {
            public abstract class {{provider}}Command : System.Data.Common.DbCommand { public abstract override int ExecuteNonQuery(); }
        }
        class C { public async Task M(System.Data.{{provider}}.{{provider}}Command c) { await Task.Yield(); {{call}}; } }
        """;

    [Fact]
    public Task A_command_to_a_local_file_that_cannot_be_awaited_is_possible() =>
        Flags(Command("SQLite", "[|c.ExecuteNonQuery()|]"), "(M → SQLiteCommand.ExecuteNonQuery, mostly brief)");

    [Fact]
    public Task A_command_to_another_database_is_left_to_the_warning() => Allows(Command("OtherSQL", "c.ExecuteNonQuery()"));

    [Theory]
    [InlineData("foreach (var line in lines) w.WriteLine(line);", "[|Write(\"a\", lines)|]")]
    [InlineData("w.Write(path);", "[|Write(\"a\", lines)|]")]
    public Task Content_that_a_callee_writes_piece_by_piece_is_possible(string work, string call) => Flags(
        "static void Write(string path, string[] lines) { using var w = new StreamWriter(path); " + work + " } "
        + "public async Task M(string[] lines) { await Task.Yield(); " + call + "; }");

    [Fact]
    public Task A_certain_look_does_not_hide_the_work_behind_it() => Flags(
        "int _n; void Open(string p) { if (!Directory.Exists(p)) _n++; if (_n > 3) Thread.Sleep(1); } "
        + "public async Task M(string p) { await Task.Yield(); [|Open(p)|]; }", "(M → Open → Thread.Sleep, on a branch of 'Open')");

    // Its own branch, that whoever calls it chooses.
    [Theory]
    [InlineData("bool all", "if (all) [|Load()|];", true)]
    [InlineData("int some", "if (some > 3) Load();", false)]
    [InlineData("bool all", "Load();", false)]
    public Task A_bool_of_the_coroutine_itself_is_its_callers_to_choose(string parameter, string work, bool isPossible)
    {
        var code = "static void Load() => File.ReadAllText(\"big.log\"); "
            + $"public async Task M({parameter}) {{ await Task.Yield(); {work} }}";
        return isPossible ? Flags(code, "where its caller asks for it") : Allows(code);
    }

    // The branch behind `??` is for those who give nothing.
    [Theory]
    [InlineData("Load()", true)]
    [InlineData("Load(null)", true)]
    [InlineData("Load(given)", true)]
    [InlineData("Pass(null)", true)]
    [InlineData("Load(\"a\")", false)]
    [InlineData("Pass(\"a\")", false)]
    [InlineData("Count(null)", true)]
    [InlineData("Count(3)", false)]
    public Task Who_gives_something_leads_past_the_default(string call, bool isPossible)
    {
        var code = "static string Load(string text = null) => text ?? File.ReadAllText(\"big.log\"); static string Pass(string text) "
            + "=> Load(text); static int Count(int? known) { known ??= File.ReadAllText(\"big.log\").Length; return known.Value; } "
            + "public async Task M(string given) { await Task.Yield(); CALL; }";
        return isPossible ? Flags(code.Replace("CALL", "[|" + call + "|]")) : Allows(code.Replace("CALL", call));
    }
}

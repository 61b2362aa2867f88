using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

/// <summary>What tells a lock that holds others up from one that is there for its work; each case beside its near miss.</summary>
public sealed partial class QNT3003LockHeldOverBlockingWorkTests
{
    private static string Owner(string gate, string members, string taker = "return n;") =>
        $$"""
        class Owner
        {
            readonly object {{gate}} = new(); int n; string a, b; Thread thread; Task task;
            readonly Dictionary<int, string> known = new(); event Action Changed;
            public async Task<int> CountAsync() { await Task.Yield(); lock ({{gate}}) { {{taker}} } }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("gate", "public void Make() { lock (gate) { n++; [|Rest()|]; } } void Rest() => Thread.Sleep(9);")]
    [InlineData("saveGate", "public void Make() { lock (saveGate) { n++; [|Thread.Sleep(9)|]; } }")]
    [InlineData("gate", "public string Make(int k) { lock (gate) { if (!known.TryGetValue(k, out var v)) "
        + "known.Add(k, v = [|File.ReadAllText(\"a\")|]); return v; } }")]
    [InlineData("gate", "Owner() => Begin(); void Begin() { Changed += () => { lock (gate) a = [|File.ReadAllText(\"a\")|]; }; }")]
    [InlineData("gate", "Owner() => Task.Run(() => Begin()); void Begin() { lock (gate) a = [|File.ReadAllText(\"a\")|]; }")]
    [InlineData("gate", "void Begin() { lock (gate) a = [|File.ReadAllText(\"a\")|]; } "
        + "class Other { Other(Owner owner) => owner.Begin(); }")]
    public Task Work_that_holds_a_coroutine_up_is_flagged(string gate, string members) => Flags(Owner(gate, members));

    [Theory]
    [InlineData("gate", "public void Make() { lock (gate) { n++; Close(); } } void Close() => Thread.Sleep(9);")]
    [InlineData("saveGate", "public void Make() { lock (saveGate) { n++; File.WriteAllText(\"a\", \"b\"); } }")]
    [InlineData("fileSaveGate", "public void Make() { lock (fileSaveGate) { n++; File.WriteAllText(\"a\", \"b\"); } }")]
    [InlineData("gate", "Owner() => Begin(); void Begin() { lock (gate) a = File.ReadAllText(\"a\"); }")]
    [InlineData("gate", "public void Make() { lock (gate) { n++; WaitTurn(); } } void WaitTurn() => Monitor.Wait(gate);")]
    public Task What_is_over_soon_or_what_the_lock_is_for_is_allowed(string gate, string members) => Allows(Owner(gate, members));

    [Fact]
    public Task Each_of_two_locks_around_one_call_is_not_told_twice() => Flags(
        """
        class Owner
        {
            readonly object gate = new(), other = new(); string text;
            public void Load() { lock (gate) { lock (other) { text = [|File.ReadAllText("a")|]; } } }
            public async Task<string> OneAsync() { await Task.Yield(); lock (gate) return text; }
            public async Task<string> TwoAsync() { await Task.Yield(); lock (other) return text; }
        }
        """);

    // Everybody reads or writes a file under it: then it is there for the file.
    [Theory]
    [InlineData("public void Load() { lock (gate) { a = [|File.ReadAllText(\"a\")|]; } }", "b = [|File.ReadAllText(\"b\")|]; return 1;")]
    [InlineData("public void Load() { lock (gate) { [|File.ReadAllText(\"a\")|]; } } void WriteLater() => Thread.Sleep(9);",
        "[|WriteLater()|]; return 1;")]
    [InlineData("public void Load() { lock (gate) { [|Thread.Sleep(9)|]; File.WriteAllText(\"a\", \"b\"); } }",
        "File.ReadAllText(\"a\"); return 1;")]
    public Task A_lock_that_is_not_for_one_file_is_flagged(string load, string taker) => Flags(Owner("gate", load, taker));

    [Fact]
    public Task A_lock_that_is_for_one_file_is_allowed() => Allows(Owner("gate",
        "public void Load() { lock (gate) { File.WriteAllText(\"a\", \"b\"); } }", "File.ReadAllText(\"a\"); return 1;"));

    // Whoever stops waits for what was started, by whatever name.
    [Theory]
    [InlineData("public void Stop() { lock (gate) { n++; task.Wait(); } }")]
    [InlineData("public void Shutdown() { lock (gate) { n++; thread.Join(); } }")]
    [InlineData("public void Terminate() { lock (gate) { n++; thread.Join(); } }")]
    [InlineData("public void Again() { lock (gate) { n++; StopWork(); } } void StopWork() => thread.Join();")]
    public Task A_worker_that_is_stopped_in_other_words_is_allowed(string stop) => Allows(Worked(stop));

    [Theory]
    [InlineData("public void Finish() { lock (gate) { n++; [|task.Wait()|]; } }")]
    [InlineData("public void Finish() { lock (gate) { n++; [|thread.Join()|]; } }")]
    [InlineData("public void Again() { lock (gate) { n++; [|FinishWork()|]; } } void FinishWork() => thread.Join();")]
    public Task A_worker_that_is_waited_for_is_flagged(string finish) => Flags(Worked(finish));

    private static string Worked(string member) =>
        $"class Worker {{ readonly object gate = new(); int n; Thread thread; Task task; "
        + $"public void Start() {{ lock (gate) {{ n++; }} }} {member} }}";

    [Theory]
    [InlineData("sealed class Slow : Steps { protected override void Do() { N++; Thread.Sleep(40); } }", true)]
    [InlineData("sealed class Slow : Steps { int _m; protected override void Do() { _m++; Thread.Sleep(40); } }", false)]
    [InlineData("sealed class Slow : Steps { protected override void Do() { N++; Thread.Sleep(40); } } "
        + "sealed class Quick : Steps { protected override void Do() => N++; }", false)]
    public async Task State_that_the_one_override_changes_is_guarded(string overrides, bool isFlagged)
    {
        var code = "abstract class Steps { readonly object _gate = new(); protected int N; public void Step() { lock (_gate) { {0} } } "
            + "protected abstract void Do(); public int Count { get { lock (_gate) return N; } } } " + overrides;
        if (isFlagged) await Flags(code.Replace("{0}", "[|Do()|];"));
        else await Allows(code.Replace("{0}", "Do();"));
    }

    // What is only written down under the lock runs where it is called.
    [Theory]
    [InlineData("Func<string> f; lock (_gate) { f = () => File.ReadAllText(\"a\"); _n++; } f();", false)]
    [InlineData("Func<string> f; lock (_gate) { f = Load; _n++; } f();", false)]
    [InlineData("Func<string> f = null; lock (_gate) { f = Load; _n++; } f();", false)]
    [InlineData("Func<string> f = () => File.ReadAllText(\"a\"); lock (_gate) { _n++; [|f()|]; }", true)]
    public async Task A_function_is_called_under_the_lock_or_not(string body, bool flagged)
    {
        var code = "readonly object _gate = new(); int _n; public int N { get { lock (_gate) return _n; } } "
            + "static string Load() => File.ReadAllText(\"a\"); public async Task Add() { await Task.Yield(); lock (_gate) _n++; } "
            + "public void M() { " + body + " }";
        if (flagged) await Flags(code);
        else await Allows(code);
    }

    // A collection may be the lock that guards it.
    [Theory]
    [InlineData("void Put(string s) { lock (_all) _all.Add(s); }", true)]
    [InlineData("void Put(string s) { lock (_all) Console.Write(s); }", false)]
    public async Task A_list_that_is_its_own_lock_is_state(string other, bool flagged)
    {
        var code = "readonly List<string> _all = new(); public {0} public void B(string f) { lock (_all) { _all.Add({1}); } }";
        code = code.Replace("{0}", other);
        if (flagged) await Flags(code.Replace("{1}", "[|File.ReadAllText(f)|]"));
        else await Allows(code.Replace("{1}", "File.ReadAllText(f)"));
    }

    // A query asks where somebody walks through it, and nobody holds the lock there any more.
    [Theory]
    [InlineData("IEnumerable<string> found; lock (gate) { n++; found = all.Where(one => {0}.Length > 1); {1} } {2}")]
    [InlineData("var found = Enumerable.Empty<string>(); lock (gate) { n++; found = from one in all where {0} != a select one; {1} } {2}")]
    public async Task A_query_that_is_made_under_the_lock_runs_where_it_is_walked_through(string body)
    {
        const string Walk = "foreach (var one in found) n++;";
        var member = "readonly List<string> all = new(); public void Make() { " + body + " }";
        await Allows(Owner("gate", member.Replace("{0}", "File.ReadAllText(one)").Replace("{1}", "").Replace("{2}", Walk)));
        await Flags(Owner("gate", member.Replace("{0}", "[|File.ReadAllText(one)|]").Replace("{1}", Walk).Replace("{2}", "")));
    }

    // Who waits is somebody else where there is one.
    [Theory]
    [InlineData("", "lets another 'Save' (a coroutine) wait")]
    [InlineData("public async Task Look() { await Task.Yield(); lock (_gate) _n++; }", "lets 'Look' (a coroutine) wait")]
    [InlineData("public void Look() { lock (_gate) _n++; }", "lets another 'Save' (a coroutine) wait")]
    public Task The_message_names_who_waits(string others, string told) => Flags(
        "class Log { readonly object _gate = new(); int _n; public async Task Save() { await Task.Yield(); "
        + "lock (_gate) { [|Thread.Sleep(9)|]; _n++; } } " + others + " }", told);
}

using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

// Locks that another member takes for the holder: pairs of helpers, scopes, and methods that run what they are given.
public sealed partial class QNT3003LockHeldOverBlockingWorkTests
{
    private const string Releaser =
        """
        readonly struct W : IDisposable { readonly ReaderWriterLockSlim rw; public W(ReaderWriterLockSlim rw) { this.rw = rw; }
            public void Dispose() => rw.ExitWriteLock(); }
        """;

    private static string Pair(string field, string take, string give, string body, string taker) =>
        $$"""
        class Store
        {
            {{field}}
            int n;
            {{take}}
            {{give}}
            public void Save() { {{body}} }
            public async Task<int> CountAsync() { await Task.Yield(); {{taker}} }
        }
        """;

    private const string Work = "Take(); try { [|File.WriteAllText(\"x\", \"\" + n++)|]; } finally { Give(); }";

    private const string Asks = "Take(); try { return n; } finally { Give(); }";

    [Theory]
    [InlineData("readonly object gate = new();", "Monitor.Enter(gate)", "Monitor.Exit(gate)", "lock (gate) return n;")]
    [InlineData("readonly Lock gate = new();", "gate.Enter()", "gate.Exit()", "lock (gate) return n;")]
    [InlineData("readonly Mutex gate = new();", "gate.WaitOne()", "gate.ReleaseMutex()", Asks)]
    [InlineData("readonly SemaphoreSlim gate = new(1, 1);", "gate.Wait()", "gate.Release()", Asks)]
    [InlineData("readonly SemaphoreSlim one = new(1, 1);", "one.Wait()", "one.Release()", Asks)]
    [InlineData("readonly ReaderWriterLockSlim gate = new();", "gate.EnterWriteLock()", "gate.ExitWriteLock()", Asks)]
    [InlineData("SpinLock gate; bool held;", "gate.Enter(ref held)", "gate.Exit()", Asks)]
    public Task A_lock_that_a_helper_takes_is_held(string field, string take, string give, string taker) => Flags(
        Pair(field, $"void Take() => {take};", $"void Give() => {give};", Work, taker),
        "(taken by 'Take')", "Save → File.WriteAllText");

    // More than one may hold it, or it is a signal.
    [Theory]
    [InlineData("readonly SemaphoreSlim one = new(2, 2);")]
    [InlineData("readonly SemaphoreSlim one = new(0);")]
    [InlineData("readonly ManualResetEventSlim one = new();")]
    public Task What_a_helper_waits_for_need_not_be_a_lock(string field) => Allows(
        Pair(field, "void Take() => one.Wait();", "void Give() => one." + (field.Contains("Event") ? "Set();" : "Release();"),
            Silent(Work), Asks));

    // Each with one fact changed: the helper does not leave the lock held, or leaves another one held, or need not have it.
    [Theory]
    [InlineData("void Take() { Monitor.Enter(gate); Monitor.Exit(gate); }", "void Give() { }")]
    [InlineData("void Take() { lock (gate) n++; }", "void Give() { }")]
    [InlineData("void Take() => Monitor.Enter(other);", "void Give() => Monitor.Exit(other);")]
    [InlineData("void Take() { if (n > 0) Monitor.Enter(gate); }", "void Give() => Monitor.Exit(gate);")]
    [InlineData("void Take() { if (n > 0) return; Monitor.Enter(gate); }", "void Give() => Monitor.Exit(gate);")]
    [InlineData("void Take() { Monitor.TryEnter(gate, 0); }", "void Give() => Monitor.Exit(gate);")]
    [InlineData("bool Take() => Monitor.TryEnter(gate, 0);", "void Give() => Monitor.Exit(gate);")]
    [InlineData("void Take() { Action later = () => Monitor.Enter(gate); }", "void Give() => Monitor.Exit(gate);")]
    [InlineData("async void Take() { await Task.Yield(); Monitor.Enter(gate); }", "void Give() => Monitor.Exit(gate);")]
    public Task A_lock_that_no_helper_leaves_held_is_not(string take, string give) => Allows(
        Pair("readonly object gate = new(), other = new();", take, give, Silent(Work), "lock (gate) return n;"));

    [Theory]
    [InlineData("Take(); Give(); File.WriteAllText(\"x\", \"\" + n++);")]
    [InlineData("Take(); try { n++; } finally { Give(); } File.WriteAllText(\"x\", \"\" + n);")]
    [InlineData("File.WriteAllText(\"x\", \"\" + n); Take(); try { n++; } finally { Give(); }")]
    [InlineData("Take(); n++; Monitor.Exit(gate); File.WriteAllText(\"x\", \"\" + n);")]
    public Task What_is_done_before_or_behind_is_allowed(string body) => Allows(
        Pair("readonly object gate = new();", "void Take() => Monitor.Enter(gate);", "void Give() => Monitor.Exit(gate);", body,
            "lock (gate) return n;"));

    [Theory]
    [InlineData("void Take() => Monitor.Enter(gate);", "Take(); try { WORK; } finally { Monitor.Exit(gate); }")]
    [InlineData("void Give() => Monitor.Exit(gate);", "Monitor.Enter(gate); try { WORK; } finally { Give(); }")]
    [InlineData("bool TryTake() => Monitor.TryEnter(gate, 500);", "if (TryTake()) { try { WORK; } finally { Monitor.Exit(gate); } }")]
    [InlineData("bool TryTake() => Monitor.TryEnter(gate);", "if (!TryTake()) return; try { WORK; } finally { Monitor.Exit(gate); }")]
    [InlineData("void Take() { if (!Monitor.TryEnter(gate, 500)) throw new TimeoutException(); }",
        "Take(); try { WORK; } finally { Monitor.Exit(gate); }")]
    [InlineData("void TakeAll() => EnterBoth(); void EnterBoth() => Monitor.Enter(gate);",
        "TakeAll(); try { WORK; } finally { Monitor.Exit(gate); }")]
    public Task Half_of_a_pair_may_be_a_helper(string helper, string body) => Flags(
        Pair("readonly object gate = new();", helper, "", body.Replace("WORK", "[|File.WriteAllText(\"x\", \"\" + n++)|]",
            StringComparison.Ordinal), "lock (gate) return n;"));

    [Fact]
    public Task A_branch_without_the_lock_is_allowed() => Allows(
        Pair("readonly object gate = new();", "bool TryTake() => Monitor.TryEnter(gate, 500);", "void Give() => Monitor.Exit(gate);",
            "if (!TryTake()) { File.WriteAllText(\"x\", \"\"); return; } try { n++; } finally { Give(); }", "lock (gate) return n;"));

    [Fact]
    public Task A_base_class_may_take_it() => Flags(
        """
        class Base
        {
            protected readonly object gate = new();
            protected void Take() => Monitor.Enter(gate);
            protected void Give() => Monitor.Exit(gate);
        }
        class Store : Base
        {
            int n;
            public void Save() { Take(); try { [|File.WriteAllText("x", "" + n++)|]; } finally { Give(); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """);

    [Theory]
    [InlineData("Sync", "sync.Take(); try { return n; } finally { sync.Give(); }", true)]
    [InlineData("Sync", "other.Take(); try { return n; } finally { other.Give(); }", false)]
    [InlineData("ISync", "sync.Take(); try { return n; } finally { sync.Give(); }", false)]
    public Task Another_object_may_take_it(string type, string taker, bool flagged) => Check(
        $$"""
        interface ISync { void Take(); void Give(); }
        sealed class Sync : ISync
        {
            readonly object gate = new();
            public void Take() => Monitor.Enter(gate);
            public void Give() => Monitor.Exit(gate);
        }
        class Store
        {
            readonly {{type}} sync = new Sync(), other = new Sync();
            int n;
            public void Save() { sync.Take(); try { [|File.WriteAllText("x", "" + n++)|]; } finally { sync.Give(); } }
            public async Task<int> CountAsync() { await Task.Yield(); {{taker}} }
        }
        """,
        flagged);

    [Theory]
    [InlineData("gate", true)]
    [InlineData("other", false)]
    public Task An_extension_may_take_what_it_is_given(string taken, bool flagged) => Check(
        $$"""
        static class Locks
        {
            public static void Take(this object gate) => Monitor.Enter(gate);
            public static void Give(this object gate) => Monitor.Exit(gate);
        }
        class Store
        {
            readonly object gate = new(), other = new();
            int n;
            public void Save() { gate.Take(); try { [|File.WriteAllText("x", "" + n++)|]; } finally { gate.Give(); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock ({{taken}}) return n; }
        }
        """,
        flagged);

    [Theory]
    [InlineData("using (Write()) { [|File.WriteAllText(\"x\", \"\" + n++)|]; }", true)]
    [InlineData("using (var held = Write()) [|File.WriteAllText(\"x\", \"\" + n++)|];", true)]
    [InlineData("using var held = Write(); [|File.WriteAllText(\"x\", \"\" + n++)|];", true)]
    [InlineData("var held = Write(); try { [|File.WriteAllText(\"x\", \"\" + n++)|]; } finally { held.Dispose(); }", true)]
    [InlineData("using (Write()) { n++; } File.WriteAllText(\"x\", \"\");", false)]
    [InlineData("{ using var held = Write(); n++; } File.WriteAllText(\"x\", \"\");", false)]
    [InlineData("var held = Write(); n++; held.Dispose(); File.WriteAllText(\"x\", \"\");", false)]
    [InlineData("using (Keep(Write())) { File.WriteAllText(\"x\", \"\" + n++); }", false)]
    public Task A_scope_holds_what_was_taken_for_it(string body, bool flagged) => Check(
        Scoped("W Write() { rw.EnterWriteLock(); return new W(rw); } static IDisposable Keep(W held) => null!;", body), flagged);

    [Theory]
    [InlineData("IDisposable Write() { rw.EnterWriteLock(); return new W(rw); }", true)]
    [InlineData("Taken Write() => new Taken(rw);", true)]
    [InlineData("Taken Write() => new(rw);", true)]
    [InlineData("IDisposable Write() { rw.EnterWriteLock(); return new Ending(() => rw.ExitWriteLock()); }", true)]
    [InlineData("IDisposable Write() { rw.EnterWriteLock(); return new Ending(() => n++); }", false)]
    [InlineData("IDisposable Write() { rw.EnterWriteLock(); try { return new W(rw); } finally { rw.ExitWriteLock(); } }", false)]
    [InlineData("W Write() => new W(rw);", false)]
    [InlineData("static readonly ReaderWriterLockSlim all = new(); W Write() { all.EnterWriteLock(); return new W(all); }", false)]
    public Task A_scope_may_be_made_in_many_ways(string maker, bool flagged) => Check(
        Scoped(maker, "using (Write()) { [|File.WriteAllText(\"x\", \"\" + n++)|]; }"), flagged);

    private static string Scoped(string maker, string body) =>
        $$"""
        {{Releaser}}
        sealed class Ending(Action end) : IDisposable { public void Dispose() => end(); }
        sealed class Taken : IDisposable
        {
            readonly ReaderWriterLockSlim rw;
            public Taken(ReaderWriterLockSlim rw) { this.rw = rw; this.rw.EnterWriteLock(); }
            public void Dispose() => rw.ExitWriteLock();
        }
        class Store
        {
            readonly ReaderWriterLockSlim rw = new();
            int n;
            {{maker}}
            public void Save() { {{body}} }
            public async Task<int> CountAsync() { await Task.Yield(); rw.EnterReadLock(); try { return n; } finally { rw.ExitReadLock(); } }
        }
        """;

    [Theory]
    [InlineData("Monitor.Enter(gate);", "using var held = new Held(gate); [|File.WriteAllText(\"x\", \"\" + n++)|];", true)]
    [InlineData("Monitor.Enter(gate);", "using (new Held(gate)) { [|File.WriteAllText(\"x\", \"\" + n++)|]; }", true)]
    [InlineData("", "using (new Held(gate)) { File.WriteAllText(\"x\", \"\" + n++); }", false)]
    [InlineData("Monitor.Enter(gate);", "using (new Held(new object())) { File.WriteAllText(\"x\", \"\" + n++); }", false)]
    [InlineData("Monitor.Enter(gate);", "using (new Held(gate)) { n++; } File.WriteAllText(\"x\", \"\");", false)]
    public Task A_constructor_may_take_it(string enters, string body, bool flagged) => Check(
        $$"""
        sealed class Held : IDisposable
        {
            readonly object gate;
            public Held(object gate) { this.gate = gate; {{enters}} }
            public void Dispose() => Monitor.Exit(gate);
        }
        class Store
        {
            readonly object gate = new();
            int n;
            public void Save() { {{body}} }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        flagged);

    [Theory]
    [InlineData("void Locked(Action a) { lock (gate) a(); }", "[|Locked(() => n = File.ReadAllText(\"x\").Length)|];", true)]
    [InlineData("void Locked(Action a) { lock (gate) a?.Invoke(); }", "[|Locked(() => n = File.ReadAllText(\"x\").Length)|];", true)]
    [InlineData("void Locked(Action a) { Monitor.Enter(gate); try { a(); } finally { Monitor.Exit(gate); } }",
        "[|Locked(() => n = File.ReadAllText(\"x\").Length)|];", true)]
    [InlineData("T Locked<T>(Func<T> f) { lock (gate) return f(); }", "n = [|Locked(() => File.ReadAllText(\"x\").Length)|];", true)]
    [InlineData("T Locked<T>(Func<T> f) { lock (gate) return f(); }", "n = [|Locked(Read)|];", true)]
    [InlineData("T Locked<T>(Func<T> f, Func<T, T> g) { var t = f(); lock (gate) return g(t); }",
        "n = Locked(() => File.ReadAllText(\"x\").Length, one => one);", false)]
    [InlineData("T Locked<T>(Func<T> f, Func<T, T> g) { var t = f(); lock (gate) return g(t); }",
        "n = [|Locked(() => 1, one => File.ReadAllText(\"x\").Length)|];", true)]
    [InlineData("int? kept; int Locked(Func<int> f) { lock (gate) return kept ??= f(); }",
        "n = Locked(() => File.ReadAllText(\"x\").Length);", false)]
    [InlineData("T Locked<T>(Func<T> f) { File.ReadAllText(\"x\"); lock (gate) return f(); }", "n = Locked(() => 1);", false)]
    [InlineData("void Locked(Action a) { lock (gate) later = a; }", "Locked(() => n = File.ReadAllText(\"x\").Length);", false)]
    [InlineData("void Locked(Action a) { lock (gate) n++; a(); }", "Locked(() => n = File.ReadAllText(\"x\").Length);", false)]
    [InlineData("void Locked(Action a) { lock (other) a(); }", "Locked(() => n = File.ReadAllText(\"x\").Length);", false)]
    [InlineData("void Locked(Action a) { lock (gate) Task.Run(a); }", "Locked(() => n = File.ReadAllText(\"x\").Length);", false)]
    [InlineData("T Locked<T>(Func<T> f) { lock (gate) return f(); }",
        "var text = File.ReadAllText(\"x\"); Locked(() => n = text.Length);", false)]
    public Task What_is_run_under_a_lock_is_done_under_it(string locked, string body, bool flagged) => Check(
        $$"""
        class Store
        {
            readonly object gate = new(), other = new();
            int n; Action later;
            {{locked}}
            static int Read() => File.ReadAllText("x").Length;
            public void Load() { {{body}} }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        flagged);

    [Theory]
    [InlineData("Held Now => new Held(gate);", true)]
    [InlineData("Held Now { get { Monitor.Enter(gate); return new Held(gate, 1); } }", true)]
    [InlineData("Held Now => new Held(gate, 1);", false)]
    public Task A_property_may_take_it(string property, bool flagged) => Check(
        $$"""
        sealed class Held : IDisposable
        {
            readonly object gate;
            public Held(object gate) { this.gate = gate; Monitor.Enter(gate); }
            public Held(object gate, int taken) { this.gate = gate; }
            public void Dispose() => Monitor.Exit(gate);
        }
        class Store
        {
            readonly object gate = new(); int n;
            {{property}}
            public void Save() { using (Now) { [|File.WriteAllText("x", "" + n++)|]; } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        flagged);

    // Calls that are not written as such: an element of a collection, a clause of a query.
    [Theory]
    [InlineData("lock (gate) a();", "new Works { [|() => n = File.ReadAllText(\"x\").Length|] }", true)]
    [InlineData("lock (gate) n++; a();", "new Works { () => n = File.ReadAllText(\"x\").Length }", false)]
    public Task What_a_collection_runs_is_done_under_its_lock(string runs, string made, bool flagged) => Check(
        $$"""
        class Works : System.Collections.IEnumerable
        {
            static readonly object gate = new(); static int n;
            public void Add(Action a) { {{runs}} }
            public System.Collections.IEnumerator GetEnumerator() => null!;
            public static Works Load() { lock (gate) n++; return {{made}}; }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        flagged);

    [Fact]
    public Task Who_gives_the_work_waits_and_not_who_runs_it() => Flags(
        """
        class Store
        {
            readonly object gate = new(); int n;
            T Locked<T>(Func<T> f) { lock (gate) return f(); }
            public void Load() { [|Locked(() => n = File.ReadAllText("x").Length)|]; }
            public async Task<int> CountAsync() { await Task.Yield(); return Locked(() => n); }
        }
        """,
        "lets 'CountAsync' (a coroutine) wait");

    [Fact]
    public Task The_path_leads_through_who_runs_it() => Flags(
        """
        class Store
        {
            readonly object gate = new(); int n;
            void Locked(Action a) { lock (gate) a(); }
            public void Load() => [|Locked(() => n = File.ReadAllText("x").Length)|];
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        "(taken by 'Locked')", "Load → Locked → File.ReadAllText");

    // What a using ends under the lock, and with one fact changed: ended by hand, ended outside, nothing to wait for.
    [Theory]
    [InlineData("Thread.Sleep(3);", "lock (gate) { using ([|new Slow()|]) { n++; } }", true)]
    [InlineData("Thread.Sleep(3);", "lock (gate) { using var [|slow = new Slow()|]; n++; }", true)]
    [InlineData("End(true); } protected virtual void End(bool all) { Thread.Sleep(3);", "lock (gate) { using ([|new Slow()|]) { n++; } }",
        true)]
    [InlineData("Thread.Sleep(3);", "var slow = new Slow(); lock (gate) { n++; slow.Dispose(); }", false)]
    [InlineData("Thread.Sleep(3);", "using (new Slow()) { lock (gate) { n++; } }", false)]
    [InlineData("new FileStream(\"a\", FileMode.Open).Close();", "lock (gate) { using (new Quick()) { n++; } }", false)]
    public Task What_a_using_ends_is_done_where_it_ends(string end, string body, bool flagged) => Check(
        $$"""
        class Slow : IDisposable { public void Dispose() { {{end}} } }
        class Quick : IDisposable { public void Dispose() { } }
        class Store
        {
            readonly object gate = new(); int n;
            public void Next() { {{body}} }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; }
        }
        """,
        flagged);

    // A lock that guards more than the one file: a list, and another file each time.
    [Theory]
    [InlineData("_list.Add(p); [|File.WriteAllText(p, p)|];", true)]
    [InlineData("_list.Add(p); [|Put(p)|];", true)]
    [InlineData("own.Add(p); [|File.WriteAllText(p, p)|];", true)]
    [InlineData("var name = p + \".txt\"; _list.Add(p); [|File.WriteAllText(name, p)|];", true)]
    [InlineData("_list.Add(p); File.AppendAllText(\"log\", p);", false)]
    [InlineData("_list.Add(p); File.AppendAllText(_path, p);", false)]
    [InlineData("_list.Add(p); File.AppendAllText(shared, p);", false)]
    [InlineData("_list.Add(p); var path = _path; File.AppendAllText(path, p);", false)]
    [InlineData("_list.Add(p); PutInto(p);", false)]
    [InlineData("File.WriteAllText(p, p);", false)]
    [InlineData("var mine = new List<string>(); mine.Add(p); File.WriteAllText(p, p);", false)]
    public Task A_lock_that_guards_a_list_does_not_serialise_files(string body, bool flagged) => Check(
        $$"""
        class Store
        {
            readonly object _gate = new(); readonly List<string> _list = new(); string _path;
            public void Save(List<string> all, string shared)
            {
                var own = new List<string>();
                Parallel.ForEach(all, x => { var p = x.ToUpper(); lock (_gate) { {{body}} } });
            }
            static void Put(string name) => File.WriteAllText(name, name);
            void PutInto(string text) => File.AppendAllText(_path, text);
        }
        """,
        flagged);

    private static Task Check(string members, bool flagged) =>
        flagged ? Flags(members) : Allows(Silent(members));
}

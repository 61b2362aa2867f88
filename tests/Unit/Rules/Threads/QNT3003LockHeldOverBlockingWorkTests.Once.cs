using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

/// <summary>What happens once, and who lives and dies alone: each question beside one that asks something else.</summary>
public sealed partial class QNT3003LockHeldOverBlockingWorkTests
{
    private const string Read = "File.ReadAllText(path)";

    [Theory]
    [InlineData("if (path == null || last == null) last = Read;", "if (path == null || path == last) last = Read;")]
    [InlineData("if (last == null && path != null) last = Read;", "if (last == null && Read == \"\") last = path;")]
    [InlineData("if (last == default(string)) last = Read;", "if (path == default(string)) last = Read;")]
    [InlineData("if ((last) == null) last = Read;", "if ((path) == null) last = Read;")]
    [InlineData("if ((last != null)) return; last = Read;", "if ((path != null)) return; last = Read;")]
    [InlineData("if (path != null && last != null) return; last = Read;", "if (path != null && last == \"\") return; last = Read;")]
    [InlineData("if (last != null && path != null) return; last = Read;", "if (last == \"\" && path != null) return; last = Read;")]
    [InlineData("if (last is not null) return; last = Read;", "if (last is not \"x\") return; last = Read;")]
    [InlineData("if (last is { }) return; last = Read;", "if (last is \"x\" or \"y\") return; last = Read;")]
    [InlineData("if (last != null) return; else count++; last = Read;", "if (path != null) return; else count++; last = Read;")]
    [InlineData("if (this.disposed) return; disposed = true; last = Read;", "if (this.known) return; disposed = true; last = Read;")]
    [InlineData("if (last == null) Fill(path);", "if (count == 1) Fill(path);")]
    [InlineData("last ??= Read;", "string own = null; own ??= Read; last = own;")]
    [InlineData("var text = last ?? (last = Read);", "var text = last + (last = Read);")]
    [InlineData("if (last != null) return; last = Read;", "last = Read; if (last != null) return;")]
    [InlineData("var copy = last; if (copy == null) last = Read;", "var copy = path; if (copy == null) last = Read;")]
    [InlineData("if (Interlocked.CompareExchange(ref last, null, null) == null) last = Read;",
        "if (string.IsInterned(path) == null) last = Read;")]
    [InlineData("if (count != 0) return; last = Read; count = 1;", "if (path.Length != 0) return; last = Read; count = 1;")]
    [InlineData("if (count == 0) { last = Read; count = 10; }", "if (count == 0) { last = Read; count = 10; } count--;")]
    [InlineData("if (count == 2) return; last = Read; count = 2;", "if (path.Length == 2) return; last = Read; count = 2;")]
    public async Task A_question_whether_it_was_done_makes_it_happen_once(string once, string always)
    {
        await Allows(Prices(Asked(once, Read, "File.ReadAllText(a)")));
        await Flags(Prices(Asked(always, "[|" + Read + "|]", "File.ReadAllText(a)").Replace("Fill(path);", "[|Fill(path)|];")));
    }

    private static string Asked(string load, string read, string fill) =>
        Count + "bool known; void Fill(string a) => last = " + fill + "; "
        + "public void Load(string path) { lock (gate) { " + load.Replace("Read", read) + " } }";

    [Fact]
    public Task A_question_outside_of_the_function_is_none() => Flags(Prices(
        Count + "Action later; public void Load(string path) { if (last == null) later = () => { lock (gate) { last = [|"
        + Read + "|]; } }; }"));

    [Theory]
    [InlineData("if (known.ContainsKey(name)) return known[name];", "if (other.ContainsKey(name)) return known[name];")]
    [InlineData("if (known.TryGetValue(name, out var found)) { count++; return found; }",
        "if (known.TryGetValue(name, out var found)) count++;")]
    [InlineData("if (known.TryGetValue(name, out var found)) return found;", "if (name == null) return name;")]
    [InlineData("if (known.TryGetValue(name, out var found)) return found;", "if (known.Remove(name)) return name;")]
    [InlineData("if (!known.ContainsKey(name))", "if (!other.ContainsKey(name))")]
    [InlineData("if (!known.ContainsKey(name))", "if (!known.Remove(name))")]
    public async Task A_question_whether_an_entry_is_there_makes_it_once(string once, string always)
    {
        await Allows(Known(once, "File.ReadAllText(name)", ""));
        await Flags(Known(always, "[|File.ReadAllText(name)|]", ""));
    }

    [Fact]
    public Task A_question_that_comes_too_late_is_none() =>
        Flags(Known("", "[|File.ReadAllText(name)|]", "if (known.ContainsKey(name)) return known[name];"));

    [Fact]
    public Task What_the_question_itself_needs_is_always_read() =>
        Flags(Known("if (!known.ContainsKey([|File.ReadAllText(name)|]))", "name", ""));

    private static string Known(string asks, string read, string late) =>
        $$"""
        class Files
        {
            readonly object gate = new(); readonly Dictionary<string, string> known = new(), other = new(); int count;
            public string Get(string name) { lock (gate) { {{asks}} known[name] = {{read}}; {{late}} return known[name]; } }
            public void Forget(string name) { lock (gate) { known.Remove(name); } }
        }
        """;

    [Theory]
    [InlineData("public ValueTask DisposeAsync()", true)]
    [InlineData("public void DisposeCore()", true)]
    [InlineData("public ValueTask DisposeAsyncCore()", true)]
    [InlineData("public Task CloseAsync()", true)]
    [InlineData("public void Disconnect()", true)]
    [InlineData("void IDisposable.Dispose()", true)]
    [InlineData("ValueTask IAsyncDisposable.DisposeAsync()", true)]
    [InlineData("public void Detach()", false)]
    public async Task Whoever_ends_a_life_holds_nobody_up(string member, bool allowed)
    {
        var end = member.Contains("ValueTask") ? "return default;" : member.Contains("Task") ? "return null;" : "";
        var code = $"class Owner : {(member.Contains("IAsync") ? "IAsyncDisposable" : member.Contains('.') ? "IDisposable" : "object")} {{ "
            + "readonly object gate = new(); int n; public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; } "
            + $"{member} {{ lock (gate) {{ n++; {{0}}; }} {end} }} }}";
        if (allowed) await Allows(code.Replace("{0}", "File.ReadAllText(\"a\")"));
        else await Flags(code.Replace("{0}", "[|File.ReadAllText(\"a\")|]"));
    }

    [Theory]
    [InlineData("static Owner() { lock (gate) { n++; File.ReadAllText(\"a\"); } }")]
    [InlineData("static void Make() { lock (own) { n++; File.ReadAllText(\"a\"); } }")]
    public Task While_a_type_is_made_nobody_waits(string member) => Allows(
        "class Owner { static readonly object gate = new(), own = new(); static int n; "
        + "static async Task<int> CountAsync() { await Task.Yield(); lock (gate) return n; } " + member + " }");

    [Theory]
    [InlineData("bool ready", "public bool Ready() { lock (gate) { return ready && File.Exists(\"a\"); } }", "lets 'Ready' wait")]
    [InlineData("bool ready", "public Task<bool> ReadyAsync() => Task.Run(() => { lock (gate) return ready; });",
        "lets 'lambda in ReadyAsync' wait")]
    public Task Whoever_wants_the_state_waits(string state, string taker, string who) =>
        Flags(Loaded(state, "[|File.ReadAllText(\"a\")|]", taker), who);

    [Theory]
    [InlineData("bool ready", "public string Ready() { lock (gate) { return ready ? File.ReadAllText(\"a\") : null; } }")]
    [InlineData("bool closed", "public bool Closed() { lock (gate) { return closed; } }")]
    [InlineData("Stream stream", "public bool Ready() { lock (gate) { return stream == null; } }")]
    public Task Whoever_works_too_or_asks_for_the_device_does_not(string state, string taker) =>
        Allows(Loaded(state, "File.ReadAllText(\"a\")", taker));

    private static string Loaded(string state, string read, string taker) =>
        $"class Owner {{ readonly object gate = new(); {state}; "
        + $"public void Load() {{ lock (gate) {{ {state.Split(' ')[1]} = default; {read}; }} }} {taker} }}";

    private static string Turns(string gate, string other) =>
        "class View : System.Windows.Forms.Form { " + gate + " object _gate = new(); int _n; "
        + "void OnSave(object sender, EventArgs e) { lock (_gate) { _n++; {0} } } " + other + " }";

    // Handlers of windows run one after the other, unless a thread is started for some of them.
    [Theory]
    [InlineData("readonly", "void OnCount(object sender, EventArgs e) { lock (_gate) _n++; }", false)]
    [InlineData("readonly", "public async Task CountAsync() { await Task.Yield(); lock (_gate) _n++; }", true)]
    [InlineData("static readonly", "void OnCount(object sender, EventArgs e) { lock (_gate) _n++; }", false)]
    [InlineData("static readonly", "void OnCount(object sender, EventArgs e) { lock (_gate) _n++; } "
        + "static void Start(Thread t) { t.SetApartmentState(ApartmentState.STA); t.Start(); }", true)]
    [InlineData("readonly", "void OnCount(object sender, EventArgs e) => Task.Run(() => { lock (_gate) _n++; });", true)]
    [InlineData("readonly", "async void OnCount(object sender, EventArgs e) { await Task.Delay(1); lock (_gate) _n++; }", false)]
    [InlineData("readonly",
        "async void OnCount(object sender, EventArgs e) { await Task.Delay(1).ConfigureAwait(false); lock (_gate) _n++; }", true)]
    [InlineData("readonly",
        "async void OnCount(object sender, EventArgs e) { await Task.Delay(1); Next(); } void Next() { lock (_gate) _n++; }", false)]
    [InlineData("readonly", "void OnCount(object sender, EventArgs e) => Task.Run(Next); void Next() { lock (_gate) _n++; }", true)]
    public Task Handlers_of_one_window_do_not_wait_for_each_other(string gate, string other, bool flagged)
    {
        const string Save = "File.WriteAllText(\"a\", \"b\")";
        return flagged
            ? Flags(Turns(gate, other).Replace("{0}", $"[|{Save}|];"))
            : Allows(Turns(gate, other).Replace("{0}", $"{Save};"));
    }

    // An object that only windows use, and with one fact changed: somebody on the pool, or whom nobody sees, uses it too.
    [Theory]
    [InlineData("internal", "void OnCount(object sender, EventArgs e) => _store.Next();", false)]
    [InlineData("internal", "View() { _button.Click += (_, _) => _store.Next(); }", false)]
    [InlineData("internal", "void OnCount(object sender, EventArgs e) => Task.Run(_store.Next);", true)]
    [InlineData("internal", "void OnCount(object sender, EventArgs e) => Task.Run(() => _store.Next());", true)]
    [InlineData("internal", "public void Count() => _store.Next();", true)]
    [InlineData("public", "void OnCount(object sender, EventArgs e) => _store.Next();", true)]
    public Task What_only_windows_use_is_used_by_one_thread(string access, string other, bool flagged) => Check(
        access + " class Store { readonly object _gate = new(); int _n; public void Next() { lock (_gate) _n++; } "
        + "public void Save() { lock (_gate) { _n++; [|File.WriteAllText(\"a\", \"b\")|]; } } } "
        + "public class View : System.Windows.Forms.Form { readonly System.Windows.Forms.Button _button = new(); "
        + "static readonly Store _store = new(); void OnSave(object sender, EventArgs e) => _store.Save(); " + other + " }",
        flagged);

    [Theory]
    [InlineData("Volatile.Write(ref _text, read);", false)]
    [InlineData("Volatile.Write(ref _other, read);", true)]
    public Task A_value_that_is_published_is_written(string publish, bool flagged)
    {
        var work = flagged ? "[|File.ReadAllText(\"a\")|]" : "File.ReadAllText(\"a\")";
        var code = "readonly object _gate = new(); string _text, _other; int _n; void Count() { lock (_gate) _n++; } "
            + "public string Text() { var text = Volatile.Read(ref _text); "
            + "if (text == null) { lock (_gate) { text = Volatile.Read(ref _text); "
            + "if (text == null) { _n++; var read = " + work + "; " + publish + " } } } return text; }";
        return flagged ? Flags(code) : Allows(code);
    }

    private static string Gated(string gate, string taken, string other) =>
        "readonly SemaphoreSlim _gate = " + gate + "; string _text; void Load() { " + taken
        + " } async Task<string> TextAsync() { " + other + " }";

    // A semaphore that lets in one at a time is a lock, and who awaits it waits as well.
    [Theory]
    [InlineData("new(1, 1)", "await _gate.WaitAsync(); try { return _text; } finally { _gate.Release(); }", true)]
    [InlineData("new(2, 2)", "await _gate.WaitAsync(); try { return _text; } finally { _gate.Release(); }", false)]
    [InlineData("new(1, 1)", "await Task.Yield(); return _text;", false)]
    public Task A_semaphore_held_over_a_file_makes_coroutines_wait(string gate, string other, bool flagged)
    {
        const string Load = "_gate.Wait(); try { _text = {0}; } finally { _gate.Release(); }";
        const string Read = "File.ReadAllText(\"a\")";
        return flagged
            ? Flags(Gated(gate, Load.Replace("{0}", $"[|{Read}|]"), other), "'TextAsync' (a coroutine)")
            : Allows(Gated(gate, Load.Replace("{0}", Read), other));
    }

    [Fact]
    public Task Who_awaits_the_semaphore_is_told_of_its_own_wait() => Allows(
        "readonly SemaphoreSlim _gate = new(1, 1); string _text; async Task LoadAsync() { await _gate.WaitAsync(); "
        + "try { _text = File.ReadAllText(\"a\"); } finally { _gate.Release(); } } "
        + "async Task<string> TextAsync() { await _gate.WaitAsync(); try { return _text; } finally { _gate.Release(); } }");

    // Two who stop the same worker both want it stopped.
    [Theory]
    [InlineData("", false)]
    [InlineData("void Count() { lock (_gate) _n++; }", true)]
    public Task Who_stops_a_worker_waits_for_those_who_stop_it(string other, bool flagged)
    {
        var code = "readonly object _gate = new(); Thread _worker; int _n; public async Task EndAsync() { await Task.Yield(); "
            + "StopWorker(); } void StopWorker() { lock (_gate) { _n = 0; {0}; } } " + other;
        return flagged ? Flags(code.Replace("{0}", "[|_worker.Join()|]")) : Allows(code.Replace("{0}", "_worker.Join()"));
    }

    // Another lock over memory is no work that others wait for.
    [Theory]
    [InlineData("_inner.Wait(); _n++; _inner.Release();", false)]
    [InlineData("_inner.Wait(); _n = Environment.ProcessId; _other = _inner;", true)]
    public Task A_brief_gate_under_a_lock_is_no_work(string other, bool flagged)
    {
        var code = "readonly object _gate = new(); private readonly SemaphoreSlim _inner = new(1, 1); object _other; int _n; "
            + "void Put() { lock (_gate) { {0}; _n++; _inner.Release(); } } "
            + "void Count() { lock (_gate) _n++; } void Other() { " + other + " }";
        return flagged ? Flags(code.Replace("{0}", "[|_inner.Wait()|]")) : Allows(code.Replace("{0}", "_inner.Wait()"));
    }
}

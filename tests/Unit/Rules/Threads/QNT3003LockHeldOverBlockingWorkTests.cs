using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

public sealed partial class QNT3003LockHeldOverBlockingWorkTests
{
    [Fact]
    public Task A_file_read_under_a_lock_that_a_coroutine_takes_is_flagged() => Flags(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (gate) { texts[path] = [|File.ReadAllText(path)|]; } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """,
        "File.ReadAllText");

    [Fact]
    public Task A_file_read_two_calls_down_is_flagged_where_the_lock_is_held() => Flags(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (gate) { texts[path] = [|Read(path)|]; } }
            string Read(string path) => Open(path);
            string Open(string path) => File.ReadAllText(path);
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """,
        "Load → Read → Open → File.ReadAllText");

    private static string InMain(string call) =>
        "using Microsoft.AspNetCore.Builder;\nclass Program { static readonly object gate = new(); static string text = \"\"; "
        + "static void Main() { var app = WebApplication.Create(); " + call + " app.MapGet(\"/\", () => { lock (gate) return text; }); } "
        + "}";

    [Fact]
    public Task A_lock_of_a_request_counts_where_the_program_starts() => Flags(
        InMain("app.MapPost(\"/\", (string path) => { lock (gate) { text = [|File.ReadAllText(path)|]; } });"));

    [Fact]
    public Task A_lock_of_the_start_itself_does_not() => Allows(
        InMain("System.Action<string> load = path => { lock (gate) { text = File.ReadAllText(path); } }; load(\"a\");"));

    [Fact]
    public Task A_file_read_before_the_lock_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { var text = File.ReadAllText(path); lock (gate) { texts[path] = text; } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);

    [Fact]
    public Task A_worker_that_is_stopped_under_the_lock_that_starts_it_is_allowed() => Allows(Worker("Stop", "thread.Join()", ""));

    // Each with one fact changed: the member, what it waits for, who takes the lock.
    [Theory]
    [InlineData("Report", "[|thread.Join()|]", "")]
    [InlineData("Stop", "[|Thread.Sleep(100)|]", "")]
    [InlineData("Stop", "[|thread.Join()|]", "public async Task<int> RoundsAsync() { await Task.Yield(); lock (gate) return rounds; }")]
    public Task A_worker_that_others_wait_for_too_is_flagged(string member, string wait, string other) =>
        Flags(Worker(member, wait, other));

    private static string Worker(string member, string wait, string other) =>
        $$"""
        class Timer
        {
            readonly object gate = new(); Thread thread; int rounds;
            public void Start() { lock (gate) { rounds++; thread = new Thread(() => { }); thread.Start(); } }
            public void {{member}}() { lock (gate) { rounds++; {{wait}}; } }
            public int Rounds { get { lock (gate) return rounds; } }
            {{other}}
        }
        """;

    [Fact]
    public Task A_lock_of_its_own_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); readonly object other = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (other) { File.ReadAllText(path); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);

    [Fact]
    public Task A_read_from_memory_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, int> sizes = new();
            public void Load(string path, byte[] bytes) { lock (gate) { sizes[path] = new MemoryStream(bytes).ReadByte(); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return sizes.Count; }
        }
        """);

    [Fact]
    public Task Dispose_is_allowed() => Allows(
        """
        class Prices : IDisposable
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Dispose() { lock (gate) { texts["x"] = File.ReadAllText("x"); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);

    private static string Prices(string members) =>
        "class Prices { readonly object gate = new(); readonly ReaderWriterLockSlim rw = new(); Dictionary<string, string> texts = "
            + "new(); string last; bool disposed; int count; readonly FileStream stream; readonly ManualResetEvent ready = new(false); "
            + members + " }";

    private const string Count = "public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; } ";
    private const string Load = "public void Load(string path) { lock (gate) { texts[path] = [|File.ReadAllText(path)|]; } } ";

    private static string Silent(string marked) => marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "",
        StringComparison.Ordinal);

    [Theory]
    // Who waits: a coroutine, a lambda of one, a request, a turn, a loop's handler, a parallel body, somebody who only wants the state.
    [InlineData(Count)]
    [InlineData("public Func<Task<int>> Counting() => async () => { await Task.Yield(); lock (gate) return texts.Count; };")]
    [InlineData("public int Count() { lock (gate) return texts.Count; }")]
    [InlineData("public void Clear() { lock (gate) { texts.Clear(); } }")]
    [InlineData("public void Note() { lock (gate) { last = \"x\"; } }")]
    [InlineData("public void All(List<int> n) => Parallel.ForEach(n, i => { lock (gate) { } });")]
    [InlineData("public void Next() { Monitor.Enter(gate); try { count++; } finally { Monitor.Exit(gate); } }")]
    public Task Somebody_who_need_not_wait_is_kept_waiting(string waiter) => Flags(Prices(Load + waiter));

    [Theory]
    // Nobody waits, or only who works on the device too, disposes, or does not wait at all.
    [InlineData("")]
    [InlineData("public void Close() { lock (gate) { texts.Clear(); } }")]
    [InlineData("~Prices() { lock (gate) { texts.Clear(); } }")]
    [InlineData("public Prices() { lock (gate) { texts.Clear(); } }")]
    [InlineData("public bool TryClear() { if (!Monitor.TryEnter(gate)) return false; try { texts.Clear(); return true; } finally { "
        + "Monitor.Exit(gate); } }")]
    [InlineData("public void Again(string path) { lock (gate) { texts[path] = File.ReadAllText(path); } }")]
    [InlineData("public bool Disposed() { lock (gate) return disposed; }")]
    [InlineData("public void Mark() { lock (gate) disposed = true; }")]
    [InlineData("public bool Any() { lock (gate) return true; }")]
    [InlineData("public int Limit() { lock (gate) return count; }")]
    public Task Nobody_is_kept_waiting_who_need_not(string other) => Allows(Prices(Silent(Load) + other));

    [Theory]
    // Over soon, or at the end, or no wait at all.
    [InlineData("lock (gate) { if (File.Exists(path)) texts[path] = path; }",
        "lock (gate) { if ([|File.ReadAllText(path)|] == path) texts[path] = path; }")]
    [InlineData("lock (gate) { while (texts.Count == 0) Monitor.Wait(gate); }",
        "lock (gate) { while (texts.Count == 0) [|ready.WaitOne()|]; }")]
    [InlineData("lock (gate) { if (ready.WaitOne(0)) texts.Clear(); }", "lock (gate) { if ([|ready.WaitOne(10)|]) texts.Clear(); }")]
    [InlineData("lock (gate) { stream.Close(); texts.Clear(); }", "lock (gate) { [|stream.CopyTo(stream)|]; texts.Clear(); }")]
    [InlineData("lock (gate) { if (path == null) throw new Exception(File.ReadAllText(\"a\")); texts[path] = path; }",
        "lock (gate) { if (path == null) texts[\"a\"] = [|File.ReadAllText(\"a\")|]; texts[path] = path; }")]
    [InlineData("if (Monitor.TryEnter(gate)) Monitor.Exit(gate); texts[path] = File.ReadAllText(path);",
        "if (Monitor.TryEnter(gate)) { try { texts[path] = [|File.ReadAllText(path)|]; } finally { Monitor.Exit(gate); } }")]
    public async Task Only_a_long_wait_under_the_lock_counts(string without, string with)
    {
        await Allows(Prices(Count + "public void Load(string path) { " + without + " }"));
        await Flags(Prices(Count + "public void Load(string path) { " + with + " }"));
    }

    [Theory]
    // A load that happens once is QNT3020, whichever way it asks.
    [InlineData("lock (gate) { last ??= File.ReadAllText(path); }", "lock (gate) { last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (last == null) last = File.ReadAllText(path); }",
        "lock (gate) { if (last == path) last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (null == last) last = File.ReadAllText(path); }",
        "lock (gate) { if (null == path) last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (last is null) last = File.ReadAllText(path); }",
        "lock (gate) { if (path is null) last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if ((last is null)) last = File.ReadAllText(path); }",
        "lock (gate) { if ((last is \"x\")) last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (path != null && last == null) last = File.ReadAllText(path); }",
        "lock (gate) { if (path != null && last != null) last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (!disposed) { disposed = true; last = File.ReadAllText(path); } }",
        "lock (gate) { if (!disposed) { last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("lock (gate) { if (disposed == false) { disposed = true; last = File.ReadAllText(path); } }",
        "lock (gate) { if (disposed == true) { disposed = true; last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("lock (gate) { if (last != null) return; last = File.ReadAllText(path); }",
        "lock (gate) { if (last != null) count++; last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (last != null) { count++; return; } last = File.ReadAllText(path); }",
        "lock (gate) { if (last == null) { count++; return; } last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (last is not null) return; last = File.ReadAllText(path); }",
        "lock (gate) { if (path is not null) return; last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (last is { }) return; last = File.ReadAllText(path); }",
        "lock (gate) { if (path is { }) return; last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (disposed) return; disposed = true; last = File.ReadAllText(path); }",
        "lock (gate) { if (disposed) return; last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { if (path == null || last != null) return; last = File.ReadAllText(path); }",
        "lock (gate) { if (path == null || last == null) return; last = [|File.ReadAllText(path)|]; }")]
    [InlineData("lock (gate) { var text = last ?? (last = File.ReadAllText(path)); }",
        "lock (gate) { var text = path ?? (last = [|File.ReadAllText(path)|]); }")]
    [InlineData("lock (gate) { if (this.last == default) this.last = File.ReadAllText(path); }",
        "lock (gate) { if (this.last == \"\") this.last = [|File.ReadAllText(path)|]; }")]
    public async Task A_load_that_happens_once_is_another_rules(string once, string always)
    {
        await Allows(Prices(Count + "public void Load(string path) { " + once + " }"));
        await Flags(Prices(Count + "public void Load(string path) { " + always + " }"));
    }

    [Theory]
    [InlineData("if (!Has(path)) lock (gate) { if (!Has(path)) File.WriteAllText(path, last); }", true)]
    [InlineData("if (!Has(path)) { lock (gate) { if (!Has(path)) { File.WriteAllText(path, last); } } }", true)]
    [InlineData("if (!Has(path)) lock (gate) { if (!Has(last)) [|File.WriteAllText(path, last)|]; }", false)]
    [InlineData("if (!Has(path)) lock (gate) { count++; if (!Has(path)) [|File.WriteAllText(path, last)|]; }", false)]
    public Task A_question_that_is_asked_again_under_the_lock_makes_the_work_happen_once(string load, bool allowed)
    {
        var code = Prices(Count + "bool Has(string path) => path == \"a\"; public void Load(string path) { " + load + " }");
        return allowed ? Allows(code) : Flags(code);
    }

    [Fact]
    public Task Who_takes_the_lock_again_on_the_way_reports_for_himself() => Flags(
        Prices(Count + "public void Outer(string path) { lock (gate) { Load(path); } } " + Load));

    [Fact]
    public Task Several_waits_under_one_lock_are_one_story() => Flags(
        Prices(Count + "public void Two(string a, string b) { lock (gate) { texts[a] = [|File.ReadAllText(a)|]; texts[b] = "
            + "File.ReadAllText(b); } }"), "+1 more");

    // A lock that is there for a file, whoever wants the file; one fact more, and it guards state as well.
    [Theory]
    [InlineData("File.AppendAllText(\"a\", text);", "return File.ReadAllText(\"a\");", true)]
    [InlineData("File.AppendAllText(\"a\", text); last = text;", "return [|File.ReadAllText(\"a\")|];", false)]
    [InlineData("last = text;", "return [|File.ReadAllText(\"a\")|];", false)]
    [InlineData("Console.Write([|File.ReadAllBytes(\"a\")|].Length);", "return [|File.ReadAllText(\"a\")|];", false)]
    public Task A_lock_that_only_puts_the_use_of_a_file_in_a_row_is_another_rules(string write, string read, bool allowed)
    {
        var code = Prices("public async Task AddAsync(string text) { await Task.Yield(); lock (gate) { " + write + " } } "
            + "public string Load() { lock (gate) { " + read + " } }");
        return allowed ? Allows(code) : Flags(code);
    }

    // While an object is made nobody else can want its lock.
    [Theory]
    [InlineData("public Prices(string path) => Load(path); ", true)]
    [InlineData("public Prices(string path) => Load(path); public void Again() => Load(\"a\"); ", false)]
    public Task What_only_constructors_call_makes_nobody_wait(string callers, bool allowed) => allowed
        ? Allows(Prices(Count + callers + "void Load(string path) { lock (gate) { last = File.ReadAllText(path); } }"))
        : Flags(Prices(Count + callers + "void Load(string path) { lock (gate) { last = [|File.ReadAllText(path)|]; } }"));

    // What comes after a failure is rare.
    [Theory]
    [InlineData("try { last = path; } catch (IOException) { Thread.Sleep(50); }", true)]
    [InlineData("try { last = path; } finally { [|Thread.Sleep(50)|]; }", false)]
    public Task A_pause_after_a_failure_is_allowed(string work, bool allowed)
    {
        var code = Prices(Count + "public void Load(string path) { lock (gate) { " + work + " } }");
        return allowed ? Allows(code) : Flags(code);
    }

    // Nobody is there to wait when the window closes.
    [Theory]
    [InlineData("FormClosedEventArgs", true)]
    [InlineData("FormChangedEventArgs", false)]
    public Task What_only_the_end_of_a_window_calls_makes_nobody_wait(string arguments, bool allowed)
    {
        var work = allowed ? "File.WriteAllText(path, last)" : "[|File.WriteAllText(path, last)|]";
        var code = Prices(Count + "void OnEnd(object sender, " + arguments + " e) => Save(\"a\"); "
            + "void Save(string path) { lock (gate) { " + work + "; } }") + $" class {arguments} : EventArgs {{ }}";
        return allowed ? Allows(code) : Flags(code);
    }

    [Fact]
    public async Task A_reader_does_not_wait_for_a_reader()
    {
        const string Reader = "public int Count() { rw.EnterReadLock(); try { return texts.Count; } finally { rw.ExitReadLock(); } } ";
        await Allows(Prices(Reader + "public string Load(string path) { rw.EnterReadLock(); try { return File.ReadAllText(path) + last "
            + "+ texts.Count; } finally { rw.ExitReadLock(); } }"));
        await Flags(Prices(Reader + "public string Load(string path) { rw.EnterWriteLock(); try { return [|File.ReadAllText(path)|] + "
            + "last + texts.Count; } finally { rw.ExitWriteLock(); } }"));
    }

    [Fact]
    public async Task A_lock_on_a_local_is_waited_for_only_in_its_own_member()
    {
        const string Body = "var own = new object(); Parallel.For(0, n, i => { lock (own) { count++; } }); ";
        await Allows(Prices("public void Load(int n, string path) { " + Body + " } public void Other(string path) { var own = new "
            + "object(); lock (own) { count = File.ReadAllText(path).Length; } }"));
        await Flags(Prices("public void Load(int n, string path) { " + Body + " lock (own) { count = [|File.ReadAllText(path)|].Length; "
            + "} }"));
    }

    [Fact]
    public async Task Start_up_makes_nobody_wait()
    {
        const string Host = "class Host : Microsoft.Extensions.Hosting.IHostedService { readonly object gate = new(); int n; public "
            + "Task StopAsync(CancellationToken t) { lock (gate) n++; return Task.CompletedTask; } ";
        await Allows(Host + "public Task StartAsync(CancellationToken t) { lock (gate) n = File.ReadAllText(\"a\").Length; return "
            + "Task.CompletedTask; } }");
        await Flags(Host + "public Task StartAsync(CancellationToken t) => Task.CompletedTask; public void Reload() { lock (gate) n = "
            + "[|File.ReadAllText(\"a\")|].Length; } }");
    }

    [Fact]
    public Task A_row_for_a_device_is_none_when_a_coroutine_waits_that_does_not_use_it() => Flags(Prices(
        "public void Put(string s) { lock (gate) { [|File.AppendAllText(\"a\", s)|]; } } "
        + "public async Task TouchAsync() { await Task.Yield(); lock (gate) { } }"));

    [Fact]
    public Task A_row_is_for_devices_and_not_for_sleep() => Flags(Prices(
        "void WriteSlow() => Thread.Sleep(10); public void Put() { lock (gate) { [|WriteSlow()|]; } } "
        + "public async Task PutAsync() { await Task.Yield(); lock (gate) { [|WriteSlow()|]; } }"));

    [Fact]
    public async Task Who_asks_for_the_asynchronous_form_does_not_block()
    {
        const string Rest = "string path) { lock (gate) { if (!";
        await Allows(Prices(Count + "public void Load(bool isAsync, " + Rest + "isAsync) last = File.ReadAllText(path); } }"));
        await Flags(Prices(Count + "public void Load(bool quick, " + Rest + "quick) last = [|File.ReadAllText(path)|]; } }"));
    }

    private static string Watcher(string end) =>
        "class Watcher { Task _run = Task.Delay(9); public void " + end + "() { _run.Wait(); Console.WriteLine(\"over\"); } } "
        + "class Watchers { readonly object gate = new(); Watcher watcher = new(); int count; "
        + "public void Again() { lock (gate) { count = 0; [|watcher." + end + "()|]; } } "
        + "public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return count; } }";

    [Fact]
    public Task The_end_of_something_under_a_lock_is_allowed() => Allows(Silent(Watcher("Dispose")));

    [Fact]
    public Task A_wait_in_something_else_under_a_lock_is_flagged() => Flags(Watcher("Refresh"));
}

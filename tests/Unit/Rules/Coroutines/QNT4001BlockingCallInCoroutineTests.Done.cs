using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Tasks that were waited for in one way or another; each with one fact changed.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("await foreach (var t in Task.WhenEach(a, b)) t.Wait();")]
    [InlineData("var all = Task.WhenAll(a, b); await all; a.Wait();")]
    [InlineData("var ts = new[] { a, b }; await Task.WhenAll(ts); a.Wait();")]
    [InlineData("var ts = new List<Task> { a, b }; await Task.WhenAll(ts); b.Wait();")]
    [InlineData("var ts = new List<Task>(); ts.Add(a); await Task.WhenAll(ts); a.Wait();")]
    [InlineData("var ts = new List<Task> { a }; await Task.WhenAll(ts); ts.ForEach(t => t.Wait());")]
    [InlineData("await a.WaitAsync(TimeSpan.FromSeconds(1)); a.Wait();")]
    [InlineData("await Task.WhenAll(a, b).WaitAsync(TimeSpan.FromSeconds(1)); a.Wait();")]
    [InlineData("if (a is not { IsCompleted: true }) return; a.Wait();")]
    [InlineData("if (a is { IsCompleted: false }) await a; a.Wait();")]
    [InlineData("if (a is { Status: TaskStatus.RanToCompletion }) a.Wait();")]
    [InlineData("if (a.IsCompleted || a.IsFaulted) a.Wait();")]
    [InlineData("var done = a.IsCompleted; if (done) a.Wait();")]
    [InlineData("Process.GetCurrentProcess().WaitForExit(0);")]
    [InlineData("(await Task.WhenAny(a, b)).Wait();")]
    [InlineData("await a.ContinueWith(_ => { }); a.Wait();")]
    [InlineData("try { b.Start(); } finally { await a; } a.Wait();")]
    [InlineData("var same = a; await same; a.Wait();")]
    [InlineData("var won = await Task.WhenAny(a, b); if (ReferenceEquals(won, a)) a.Wait();")]
    [InlineData("var s = new TaskCompletionSource(); s.SetResult(); s.Task.Wait();")]
    [InlineData("var t = Task.FromResult(a); await t.Unwrap(); t.Result.Wait();")]
    [InlineData("var t = a as Task<int>; if (t is { IsCompletedSuccessfully: true, Result: 1 }) return;")]
    [InlineData("try { await a; } catch { a.Wait(); }")]
    [InlineData("Task c = null; await Task.WhenAll(a, c ?? Task.CompletedTask); c?.Wait();")]
    [InlineData("var ts = new[] { a, b }; await Task.WhenAll(ts); Array.ConvertAll(ts, t => { t.Wait(); return 1; });")]
    [InlineData("Task c; await (c = Task.Delay(9)); c.Wait();")]
    [InlineData("Task c = null; await (c ??= Task.Delay(9)); c.Wait();")]
    [InlineData("Task c; await Task.WhenAll(c = Task.Delay(9), b); c.Wait();")]
    [InlineData("var ts = new[] { a, b }; for (var i = 0; i < ts.Length; i++) await ts[i]; foreach (var t in ts) t.Wait();")]
    [InlineData("var ts = new List<Task> { a, b }; for (var i = 0; i < ts.Count; i++) { await ts[i]; } ts[0].Wait();")]
    [InlineData("var c = Task.CompletedTask; Interlocked.Exchange(ref b, c); c.Wait();")]
    [InlineData("var n = 2; var ts = new Task[n]; ts[0] = a; ts[1] = b; for (var i = 0; i < n; i++) await ts[i]; ts[n - 1].Wait();")]
    [InlineData("while (false) a.Wait();")]
    [InlineData("const bool Debugs = false; if (Debugs && a != b) a.Wait();")]
    [InlineData("return; a.Wait();")]
    [InlineData("if (a != b) throw new Exception(); else return; a.Wait();")]
    public Task What_was_waited_for_is_complete(string statements) => Allows(Waiting(statements));

    [Theory]
    [InlineData("foreach (var t in new[] { a, b }) [|t.Wait()|];")]
    [InlineData("var all = Task.WhenAll(b); await all; [|a.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; await Task.WhenAny(ts); [|a.Wait()|];")]
    [InlineData("var ts = new List<Task> { b }; await Task.WhenAll(ts); [|a.Wait()|];")]
    [InlineData("var ts = new List<Task>(); await Task.WhenAll(ts); ts.Add(a); [|a.Wait()|];")]
    [InlineData("var ts = new List<Task> { a }; await Task.WhenAny(ts); ts.ForEach(t => [|t.Wait()|]);")]
    [InlineData("var limited = a.WaitAsync(TimeSpan.FromSeconds(1)); [|a.Wait()|]; await limited;")]
    [InlineData("if (a is not { IsCompleted: false }) return; [|a.Wait()|];")]
    [InlineData("if (a is { IsFaulted: false }) await b; [|a.Wait()|];")]
    [InlineData("Task c; await (c = Task.Delay(9)); c = Task.Delay(9); [|c.Wait()|];")]
    [InlineData("Task c; await Task.WhenAny(c = Task.Delay(9), b); [|c.Wait()|];")]
    [InlineData("int n = 2, m = 1; var ts = new Task[n]; ts[0] = a; ts[1] = b; for (var i = 0; i < m; i++) await ts[i]; [|ts[1].Wait()|];")]
    [InlineData("var ts = new[] { a, b }; for (var i = 0; i < ts.Length; i += 2) await ts[i]; foreach (var t in ts) [|t.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; for (var i = 0; i < ts.Length; i++) { await ts[i]; i++; } [|ts[0].Wait()|];")]
    [InlineData("var c = a; await a; (a, c) = (b, b); [|a.Wait()|];")]
    [InlineData("var c = Task.CompletedTask; Interlocked.Exchange(ref c, b); [|c.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; for (var i = 1; i < ts.Length; i++) await ts[i]; foreach (var t in ts) [|t.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; for (var i = 0; i < ts.Length; i++) await ts[0]; foreach (var t in ts) [|t.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; for (var i = 0; i < ts.Length; i++) { if (i > 3) break; await ts[i]; } [|ts[0].Wait()|];")]
    [InlineData("if (a is { Status: TaskStatus.Running }) [|a.Wait()|];")]
    [InlineData("if (a.IsCompleted || b.IsCompleted) [|a.Wait()|];")]
    [InlineData("var done = a.IsCompleted; if (!done) await b; [|a.Wait()|];")]
    [InlineData("[|Process.GetCurrentProcess().WaitForExit(1)|];")]
    [InlineData("[|Task.WhenAny(a, b).Wait()|];")]
    [InlineData("await b.ContinueWith(_ => { }); [|a.Wait()|];")]
    [InlineData("await a.ContinueWith(_ => { }, CancellationToken.None); [|a.Wait()|];")]
    [InlineData("try { b.Start(); } finally { await b; } [|a.Wait()|];")]
    [InlineData("await a; try { a = b; } finally { b.Start(); } [|a.Wait()|];")]
    [InlineData("await a; try { a = b; } catch (IOException) { } [|a.Wait()|];")]
    [InlineData("var same = a; a = b; await same; [|a.Wait()|];")]
    [InlineData("var won = Task.WhenAny(a, b); if (ReferenceEquals(won, a)) [|a.Wait()|];")]
    [InlineData("var s = new TaskCompletionSource(); [|s.Task.Wait()|]; s.SetResult();")]
    [InlineData("var t = Task.FromResult(a); [|t.Unwrap().Wait()|];")]
    [InlineData("var t = a as Task<int>; if (t is { IsCanceled: false, [|Result|]: 1 }) return;")]
    [InlineData("try { await b; await a; } catch { [|a.Wait()|]; }")]
    [InlineData("Task c = null; await Task.WhenAll(a, b); c?[|.Wait()|];")]
    [InlineData("var ts = new[] { a, b }; await Task.WhenAny(ts); Array.ConvertAll(ts, t => { [|t.Wait()|]; return 1; });")]
    [InlineData("while (a != b) [|a.Wait()|];")]
    [InlineData("const bool Debugs = true; if (Debugs && a != b) [|a.Wait()|];")]
    [InlineData("if (a == b) return; [|a.Wait()|];")]
    [InlineData("goto end; end: [|a.Wait()|];")]
    public Task What_was_not_waited_for_is_not(string statements) => Flags(Waiting(statements));

    private static string Waiting(string statements) =>
        "async Task M(Task a, Task b) { await Task.Yield(); "
        + statements.Replace("Process.", "System.Diagnostics.Process.", StringComparison.Ordinal) + " }";

    [Fact]
    public Task A_sequence_that_is_waited_for_element_by_element_is_flagged() => Flags(
        "async Task M(IAsyncEnumerable<int> all) { await Task.Yield(); foreach (var one in [|all.ToBlockingEnumerable()|]) _ = one; }");

    // Certain for who writes it, possible for who reaches it, and nothing that waiters for a lock notice.
    [Theory]
    [InlineData("_gate.EnterWriteLock();")]
    [InlineData("_gate.EnterReadLock();")]
    [InlineData("_gate.TryEnterWriteLock(1000);")]
    [InlineData("Directory.Delete(\"a\", true);")]
    [InlineData("new DirectoryInfo(\"a\").Delete(true);")]
    public async Task What_is_seldom_long_is_flagged_where_it_is_written(string work)
    {
        const string Gate = "readonly ReaderWriterLockSlim _gate = new(); ";
        await Flags(Gate + $"async Task M() {{ await Task.Yield(); [|{work.TrimEnd(';')}|]; }}");
        await Allows(Gate + $"async Task M() {{ await Task.Yield(); Work(); }} void Work() {{ {work} }}");
        await Allows(Gate + $"async Task M() {{ await Task.Yield(); {work.Replace("true", "false", StringComparison.Ordinal)
            .Replace("1000", "0", StringComparison.Ordinal).Replace("Enter", "Exit", StringComparison.Ordinal)
            .Replace("TryExit", "TryEnter", StringComparison.Ordinal)} }}");
        // Under a lock a tree of folders is as long as it is, and a lock is one more lock.
        var other = Gate + "int _n; readonly object _lock = new(); void A() { lock (_lock) { {0} _n++; } } void B() { lock (_lock) _n++; }";
        if (work.StartsWith("_gate", StringComparison.Ordinal))
            await Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>.Allows(other.Replace("{0}", work));
        else
            await Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>.Flags(
                other.Replace("{0}", $"[|{work.TrimEnd(';')}|];"));
    }

    // What goes to the console or nowhere waits for no disk (RULES: Console.Write does not block); beside a file of the same type.
    [Theory]
    [InlineData("Console.Error", false)]
    [InlineData("Console.Out", false)]
    [InlineData("TextWriter.Null", false)]
    [InlineData("_file", true)]
    public Task Text_for_the_console_is_allowed(string writer, bool isFlagged) =>
        (isFlagged ? Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Flags
            : (Func<string, Task>)Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Allows)(
            $"readonly TextWriter _file = File.CreateText(\"a\"); async Task M() {{ await Task.Yield(); "
            + (isFlagged ? $"[|{writer}.WriteLine(\"a\")|]; }}" : $"{writer}.WriteLine(\"a\"); }}"));

    // An archive is read or written, and packed or unpacked: it waits before anything else.
    [Fact]
    public async Task An_archive_is_waited_for()
    {
        const string Unpacks = "async Task M() { await Task.Yield(); {0}; }";
        const string Call = "System.IO.Compression.ZipFile.ExtractToDirectory(\"a\", \"b\")";
        await Flags(Unpacks.Replace("{0}", $"[|{Call}|]"));
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4005CpuBoundWorkInCoroutine>.Allows(Unpacks.Replace("{0}", Call));
    }

    private static string Kept(string members, string use) => members + " public async Task M() { await Task.Yield(); " + use + " }";

    [Theory]
    [InlineData("static readonly Task<bool> Yes = Task.FromResult(true);", "Console.Write(Yes.Result);")]
    [InlineData("static Task<bool> Yes { get; } = Task.FromResult(true);", "Console.Write(Yes.Result);")]
    [InlineData("static readonly TimeSpan Now = TimeSpan.Zero;", "new SemaphoreSlim(1).Wait(Now);")]
    [InlineData("readonly Stream _buffer = new MemoryStream();", "_buffer.Write(new byte[1], 0, 1);")]
    [InlineData("readonly Task<int> _one; C() { _one = Task.FromResult(1); }", "Console.Write(_one.Result);")]
    [InlineData("Task<int> One { get; } C() { this.One = Task.FromResult(1); } C(int n) : this() { }", "Console.Write(One.Result);")]
    [InlineData("static readonly Task One; static C() { One = Task.CompletedTask; }", "One.Wait();")]
    [InlineData("readonly Stream _buffer; C(int n) { _buffer = new MemoryStream(n); }", "_buffer.Write(new byte[1], 0, 1);")]
    public Task What_a_member_keeps_for_good_is_looked_at(string kept, string use) => Allows(Kept(kept, use));

    [Theory]
    [InlineData("static Task<bool> Yes = Task.FromResult(true);", "Console.Write([|Yes.Result|]);")]
    [InlineData("static readonly Task<bool> Yes = Task.Run(() => true);", "Console.Write([|Yes.Result|]);")]
    [InlineData("static readonly Task<bool> Yes = No, No = Yes;", "Console.Write([|Yes.Result|]);")]
    [InlineData("static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);", "[|new SemaphoreSlim(1).Wait(Soon)|];")]
    [InlineData("readonly Stream _buffer = new FileStream(\"a\", FileMode.Open);", "[|_buffer.Write(new byte[1], 0, 1)|];")]
    [InlineData("readonly Task<int> _one; C() { _one = Task.Run(() => 1); }", "Console.Write([|_one.Result|]);")]
    [InlineData("Task<int> _one; C() { _one = Task.FromResult(1); }", "Console.Write([|_one.Result|]);")]
    [InlineData("readonly Task<int> _one; C() { _one = Task.FromResult(1); } C(Task<int> one) { _one = one; }",
        "Console.Write([|_one.Result|]);")]
    [InlineData("readonly Task<int> _one; C(Task<int> one) { _one = Task.FromResult(1); if (one != null) _one = one; }",
        "Console.Write([|_one.Result|]);")]
    [InlineData("Task<int> One { get; } C() { this.One = Task.FromResult(1); } C(int n) { }", "Console.Write([|One.Result|]);")]
    [InlineData("readonly Stream _buffer; C(Stream to) { _buffer = new BufferedStream(to); }", "[|_buffer.Write(new byte[1], 0, 1)|];")]
    public Task What_a_member_keeps_that_takes_time_is_flagged(string kept, string use) => Flags(Kept(kept, use));

    [Theory]
    [InlineData("t is { IsCompleted: true } done ? done.Result : 0", true)]
    [InlineData("LoadAsync() is { IsCompletedSuccessfully: true } done ? done.Result : 0", true)]
    [InlineData("LoadAsync() is { IsCompleted: false } late ? [|late.Result|] : 0", false)]
    public Task What_a_pattern_names_has_ended(string value, bool isAllowed)
    {
        var code = "public Task<int> LoadAsync() => Task.Run(() => 1); "
            + "public async Task<int> M(Task<int> t) { await Task.Yield(); return " + value + "; }";
        return isAllowed ? Allows(code) : Flags(code);
    }

    private static string Several(string statements) =>
        "public async Task M(Task<int>[] all, Task<int>[] others, Task<int> a, Task<int> b, Task t) { " + statements + " }";

    [Theory]
    [InlineData("foreach (var one in all) await one; Console.Write(all.Sum(one => one.Result));")]
    [InlineData("var won = await Task.WhenAny(a, b); if (won == a) return; Console.Write(b.Result);")]
    [InlineData("await t; if (t is Task<string> text) Console.Write(text.Result);")]
    [InlineData("await Task.WhenAll(all).ContinueWith(_ => all.Select(one => one.Result).ToList());")]
    public Task What_was_awaited_otherwise_has_ended(string statements) => Allows(Several(statements));

    [Theory]
    [InlineData("foreach (var one in all) { if (one.IsFaulted) break; await one; } Console.Write(all.Sum(one => [|one.Result|]));")]
    [InlineData("foreach (var one in all) await one; Console.Write(others.Sum(one => [|one.Result|]));")]
    [InlineData("var won = await Task.WhenAny(a, b); if (won != a) return; Console.Write([|b.Result|]);")]
    [InlineData("await a; if (t is Task<string> text) Console.Write([|text.Result|]);")]
    public Task What_was_not_awaited_is_flagged(string statements) => Flags(Several(statements));

    // Each beside the same with one thing changed, after which somebody may wait.
    [Theory]
    [InlineData("if (a != null) await a; return a?.Result ?? 0;", "if (b != null) await a; return [|b.Result|];")]
    [InlineData("var n = 0; foreach (var t in all.Where(t => t.IsCompletedSuccessfully)) n += t.Result; return n;",
        "var n = 0; foreach (var t in all.Where(t => !t.IsCompletedSuccessfully)) n += [|t.Result|]; return n;")]
    [InlineData("await a.ContinueWith(_ => { }, TaskScheduler.Default); return a.Result;",
        "await a.ContinueWith(_ => { }, new CancellationToken()); return [|a.Result|];")]
    [InlineData("await a.ContinueWith(_ => { }, TaskScheduler.Default); return a.Result;",
        "await a.ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted); return [|a.Result|];")]
    [InlineData("var done = await Task.WhenAny(a, b); return done.Equals(a) ? a.Result : 0;",
        "var done = await Task.WhenAny(a, b); return done.Equals(a) ? [|b.Result|] : 0;")]
    public async Task Ways_to_know_that_a_task_has_ended(string ended, string perhaps)
    {
        const string Method = "async Task<int> M(Task<int> a, Task<int> b, List<Task<int>> all) { ";
        await Allows(Method + ended + " }");
        await Flags(Method + perhaps + " }");
    }

    [Theory]
    [InlineData("[|Task.WhenAny(a, b).GetAwaiter().GetResult()|]")]
    [InlineData("[|outer.GetAwaiter().GetResult()|]")]
    public Task A_task_of_a_task_is_waited_for(string wait) =>
        Flags("async Task M(Task a, Task b, Task<Task> outer) { await Task.Yield(); _ = " + wait + "; }");

    // Without another wish the answer has come as a whole.
    [Theory]
    [InlineData("client.GetAsync(\"a\")", false)]
    [InlineData("client.GetAsync(\"a\", System.Net.Http.HttpCompletionOption.ResponseHeadersRead)", true)]
    public Task An_answer_that_has_come_is_in_memory(string asked, bool flagged)
    {
        var code = "async Task M(System.Net.Http.HttpClient client) { using var answer = await " + asked
            + "; new StreamReader(answer.Content.ReadAsStream()).ReadToEnd(); }";
        return flagged
            ? Flags(code.Replace("new StreamReader(answer.Content.ReadAsStream()).ReadToEnd()",
                "[|new StreamReader(answer.Content.ReadAsStream()).ReadToEnd()|]"))
            : Allows(code);
    }

    // A task of somebody's that was not there yet may be there after a call.
    [Fact]
    public Task A_task_that_is_made_meanwhile_is_waited_for() => Flags(
        "class Job { public Task Task; public void Start() => Task = System.Threading.Tasks.Task.Delay(1); } "
        + "class C { public async Task M(Job job) { await Task.Yield(); if (job.Task == null) { job.Start(); [|job.Task.Wait()|]; } } }");

    // What refers to itself ends somewhere.
    [Theory]
    [InlineData("bool X => Y; bool Y => X; async Task M() { await Task.Yield(); if (X) [|Thread.Sleep(1)|]; }")]
    [InlineData("static bool Get(out string p) { p = \"\"; return true; } async Task M() { await Task.Yield(); "
        + "if (Get(out var path)) { path = path + \".txt\"; [|File.ReadAllText(path)|]; } }")]
    [InlineData("static bool Get(out System.IO.Compression.ZipArchive z) { z = null; return true; } async Task M() { await Task.Yield(); "
        + "if (Get(out var zip)) { zip = new System.IO.Compression.ZipArchive(zip.Entries[0].Open()); "
        + "[|new StreamReader(zip.Entries[0].Open()).ReadToEnd()|]; } }")]
    public Task What_refers_to_itself_ends(string members) => Flags(members);
}

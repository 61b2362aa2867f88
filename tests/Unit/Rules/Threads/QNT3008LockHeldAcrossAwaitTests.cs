using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3008LockHeldAcrossAwait>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3008LockHeldAcrossAwaitTests
{
    [Fact]
    public Task A_monitor_held_across_an_await_is_flagged() => Flags(
        """
        object gate = new();
        async Task SaveAsync() { Monitor.Enter(gate); try { [|await Task.Delay(10)|]; } finally { Monitor.Exit(gate); } }
        """,
        "Monitor");

    [Fact]
    public Task A_write_lock_held_across_an_await_is_flagged() => Flags(
        """
        ReaderWriterLockSlim gate = new();
        async Task SaveAsync() { gate.EnterWriteLock(); try { [|await Task.Delay(10)|]; } finally { gate.ExitWriteLock(); } }
        """,
        "ReaderWriterLockSlim");

    [Fact]
    public Task A_read_lock_that_may_not_be_there_is_held_all_the_same() => Flags(
        """
        ReaderWriterLockSlim gate = new();
        async Task SaveAsync() { gate?.EnterReadLock(); try { [|await Task.Delay(10)|]; } finally { gate?.ExitReadLock(); } }
        """,
        "ReaderWriterLockSlim");

    [Fact]
    public Task One_that_is_given_up_before_the_await_is_allowed() => Allows(
        """
        ReaderWriterLockSlim gate = new();
        async Task SaveAsync() { gate?.EnterReadLock(); gate?.ExitReadLock(); await Task.Delay(10); }
        """);

    [Fact]
    public Task A_mutex_held_across_an_await_is_flagged() => Flags(
        """
        Mutex gate = new();
        async Task SaveAsync() { gate.WaitOne(); try { [|await Task.Delay(10)|]; } finally { gate.ReleaseMutex(); } }
        """,
        "Mutex");

    [Fact]
    public Task A_lock_released_before_the_await_is_allowed() => Allows(
        """
        object gate = new(); int count;
        async Task SaveAsync() { Monitor.Enter(gate); try { count++; } finally { Monitor.Exit(gate); } await Task.Delay(10); }
        """);

    [Fact]
    public Task A_semaphore_held_across_an_await_is_allowed() => Allows(
        """
        SemaphoreSlim gate = new(1, 1);
        async Task SaveAsync() { await gate.WaitAsync(); try { await Task.Delay(10); } finally { gate.Release(); } }
        """);

    [Fact]
    public Task A_write_lock_released_before_the_await_is_allowed() => Allows(
        """
        ReaderWriterLockSlim gate = new(); int count;
        async Task SaveAsync() { gate.EnterWriteLock(); try { count++; } finally { gate.ExitWriteLock(); } await Task.Delay(10); }
        """);

    [Theory]
    [InlineData("Lock gate = new();", "gate.Enter();", "gate.Exit();")]
    [InlineData("SpinLock gate = new();", "var taken = false; gate.Enter(ref taken);", "gate.Exit();")]
    [InlineData("object gate = new();", "var taken = false; Monitor.Enter(gate, ref taken);", "Monitor.Exit(gate);")]
    [InlineData("ReaderWriterLockSlim gate = new();", "gate.EnterReadLock();", "gate.ExitReadLock();")]
    [InlineData("ReaderWriterLockSlim gate = new();", "gate.EnterUpgradeableReadLock();", "gate.ExitUpgradeableReadLock();")]
    [InlineData("ReaderWriterLock gate = new();", "gate.AcquireWriterLock(10);", "gate.ReleaseWriterLock();")]
    [InlineData("Mutex gate = new();", "gate.WaitOne(10);", "gate.ReleaseMutex();")]
    public async Task Every_lock_that_belongs_to_its_thread(string field, string enter, string exit)
    {
        await Flags($"{field} async Task SaveAsync() {{ {enter} try {{ [|await Task.Delay(10)|]; }} finally {{ {exit} }} }}");
        await Allows($"{field} int n; async Task SaveAsync() {{ {enter} try {{ n++; }} finally {{ {exit} }} await Task.Delay(10); }}");
    }

    // Given up where the call has said that it was taken, and where something else was asked.
    [Theory]
    [InlineData("if (taken) gate.Exit();", true)]
    [InlineData("if (taken) { gate.Exit(); }", true)]
    [InlineData("if (other) gate.Exit();", false)]
    public Task A_lock_that_tells_whether_it_was_taken(string exit, bool flagged)
    {
        var wait = flagged ? "[|await Task.Delay(10)|]" : "await Task.Delay(10)";
        var code = "SpinLock gate = new(); async Task SaveAsync(bool other) { var taken = false; gate.Enter(ref taken); " + wait
            + "; " + exit + " }";
        return flagged ? Flags(code) : Allows(code);
    }

    [Theory]
    [InlineData("await foreach (var n in [|Numbers()|]) { }", "foreach (var n in new[] { 1 }) { }")]
    [InlineData("[|await using (Open()) { }|]", "using (new MemoryStream()) { }")]
    public async Task Every_way_to_suspend(string suspends, string stays)
    {
        const string Members = "object gate = new(); static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; "
            + "} static Stream Open() => new MemoryStream(); ";
        await Flags(Members + "async Task SaveAsync() { Monitor.Enter(gate); try { " + suspends + " } finally { Monitor.Exit(gate); } }");
        await Allows(Members + "async Task SaveAsync() { Monitor.Enter(gate); try { " + stays + " } finally { Monitor.Exit(gate); } "
            + "await Task.Yield(); }");
    }

    [Fact]
    public Task An_await_in_a_lambda_that_runs_later_is_allowed() => Allows(
        "object gate = new(); Func<Task> late; async Task SaveAsync() { Monitor.Enter(gate); try { late = async () => await "
            + "Task.Delay(10); } finally { Monitor.Exit(gate); } await Task.Yield(); }");

    [Fact]
    public Task The_first_suspension_is_flagged() => Flags(
        "object gate = new(); async Task SaveAsync() { Monitor.Enter(gate); try { [|await Task.Delay(10)|]; await Task.Delay(20); } "
            + "finally { Monitor.Exit(gate); } }", "gate");

    [Fact]
    public Task A_local_lock_is_flagged_too() => Flags(
        "async Task SaveAsync() { var gate = new object(); Monitor.Enter(gate); try { [|await Task.Delay(10)|]; } finally { "
            + "Monitor.Exit(gate); } }");

    // A lock that another member takes for the coroutine, and with one fact changed: given up before, or one that belongs to no thread.
    [Theory]
    [InlineData("using (Write()) { [|await Task.Delay(10)|]; }", "taken by 'Write'")]
    [InlineData("using var held = Write(); [|await Task.Delay(10)|];", "taken by 'Write'")]
    [InlineData("using (new Held(gate)) { [|await Task.Delay(10)|]; }", "taken by 'new Held'")]
    [InlineData("Take(); try { [|await Task.Delay(10)|]; } finally { Give(); }", "taken by 'Take'")]
    [InlineData("using (Write()) { n++; } await Task.Delay(10);", "")]
    [InlineData("Take(); Give(); await Task.Delay(10);", "")]
    [InlineData("Locked(async () => await Task.Delay(10));", "")]
    [InlineData("using (Slot()) { await Task.Delay(10); }", "")]
    public Task A_lock_that_another_member_takes_is_held_across_it(string body, string saying)
    {
        var members =
            $$"""
            class Store
            {
                readonly struct W(ReaderWriterLockSlim rw) : IDisposable { public void Dispose() => rw.ExitWriteLock(); }
                sealed class Held : IDisposable
                {
                    readonly object gate;
                    public Held(object gate) { this.gate = gate; Monitor.Enter(gate); }
                    public void Dispose() => Monitor.Exit(gate);
                }
                sealed class Slot1(SemaphoreSlim slots) : IDisposable { public void Dispose() => slots.Release(); }
                readonly object gate = new(); readonly ReaderWriterLockSlim rw = new(); readonly SemaphoreSlim slots = new(1, 1); int n;
                W Write() { rw.EnterWriteLock(); return new W(rw); }
                Slot1 Slot() { slots.Wait(); return new Slot1(slots); }
                void Take() => Monitor.Enter(gate);
                void Give() => Monitor.Exit(gate);
                void Locked(Func<Task> f) { lock (gate) f(); }
                async Task SaveAsync() { {{body}} }
            }
            """;
        return saying.Length > 0 ? Flags(members, saying) : Allows(members);
    }
}

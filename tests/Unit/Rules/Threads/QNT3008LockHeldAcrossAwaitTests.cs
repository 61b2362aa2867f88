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
}

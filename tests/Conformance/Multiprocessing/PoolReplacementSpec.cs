using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// What CPython's tests of its executor have had since 3.13: workers that are worn out while the pool ends, that cannot be replaced, and
/// pools that are ended by force.
/// </summary>
public sealed class PoolReplacementSpec
{
    private const string Executor = "test_process_pool.ProcessPoolExecutorTest.";

    // gh-119592: the pool ends while its only worker is in its last task; it is replaced all the same, and what was accepted runs.
    [Fact(Timeout = Patience.OfATest), Ports(Executor + "test_shutdown_no_wait_max_tasks_gh119592")]
    public async Task A_worker_that_is_worn_out_while_the_pool_ends_is_replaced()
    {
        using var started = new ProcessQueue<int>();
        using var gate = new ProcessEvent();
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, MaxTasksPerWorker = 1 });
        var tasks = Enumerable.Range(0, 3).Select(i => pool.RunAsync(LifeFunctions.ReportAndWait, started, gate, i)).ToArray();
        Assert.Equal(0, await started.GetAsync());
        var ending = pool.DisposeAsync().AsTask();
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(SpecFunctions.Square, 1); });
        gate.Set();
        Assert.Equal(Enumerable.Range(0, 3), await Task.WhenAll(tasks));
        await ending;
    }

    // "If no replacement worker can be started and no workers remain, the pool must break rather than strand the queued futures."
    [Fact(Timeout = Patience.OfATest), Ports(Executor + "test_failed_worker_replacement_breaks_pool")]
    public async Task A_worker_that_cannot_be_replaced_breaks_the_pool()
    {
        var directory = Directory.CreateTempSubdirectory("qnt-test-");
        var options = new ProcessPoolOptions { WorkerCount = 1, MaxTasksPerWorker = 1, Initializer = LifeFunctions.SucceedOnce };
        options.WorkerEnvironment[LifeFunctions.FirstOnly] = directory.FullName;
        await using (var pool = new ProcessPool(options))
        {
            var tasks = Enumerable.Range(0, 3).Select(i => pool.RunAsync(SpecFunctions.Square, i)).ToArray();
            Assert.Equal(0, await tasks[0]);
            var first = await Assert.ThrowsAsync<BrokenProcessPoolException>(() => tasks[1]);
            var second = await Assert.ThrowsAsync<BrokenProcessPoolException>(() => tasks[2]);
            Assert.IsType<IOException>(first.InnerException);
            Assert.NotSame(first, second);
        }
        directory.Delete(recursive: true);
    }

    // "a BrokenProcessPool exception should be created for each future instead of sharing one"; it says "which process terminated".
    [Fact(Timeout = Patience.OfATest)]
    [Ports(Executor + "test_broken_process_pool_traceback", Executor + "test_traceback_when_child_process_terminates_abruptly")]
    public async Task Each_crash_is_an_exception_of_its_own_and_says_with_which_code()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var crashes = new[] { pool.RunAsync(SharedFunctions.ExitWith, 99), pool.RunAsync(SharedFunctions.ExitWith, 98) };
        var first = await Assert.ThrowsAsync<WorkerCrashedException>(() => crashes[0]);
        var second = await Assert.ThrowsAsync<WorkerCrashedException>(() => crashes[1]);
        Assert.Equal((99, 98), (first.ExitCode, second.ExitCode));
        Assert.Contains("99", first.Message, StringComparison.Ordinal);
        Assert.NotEqual(first.ProcessId, second.ProcessId);
    }

    // terminate_workers(), kill_workers(): what runs does not come to its end, what waits fails, the worker is gone, none takes its place.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(Executor + "test_force_shutdown_workers", Executor + "test_force_shutdown_during_max_tasks_worker_exit")]
    [InlineData(null)]
    [InlineData(1)]
    public async Task A_pool_that_is_terminated_has_no_workers(int? tasksPerWorker)
    {
        using var told = new ProcessQueue<string>();
        using var gate = new ProcessEvent();
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, MaxTasksPerWorker = tasksPerWorker });
        var running = pool.RunAsync(LifeFunctions.PutWaitPut, told, gate);
        var waiting = pool.RunAsync(SpecFunctions.Square, 1);
        Assert.Equal("started", await told.GetAsync());
        var worker = pool.WorkerProcessIds.Single();
        await pool.TerminateAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.False(LifeFunctions.IsAlive(worker));
        Assert.Empty(pool.WorkerProcessIds);
        gate.Set();
        Assert.False(told.TryGet(out _));
    }

    // Ending by force a pool whose worker is dead, or whose workers were never started, is no error; nor is doing it again.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        Executor + "test_force_shutdown_workers_dead_workers",
        Executor + "test_force_shutdown_workers_not_started_yet",
        Executor + "test_force_shutdown_workers_stops_pool")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pool_without_living_workers_can_be_terminated(bool started)
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        if (started) await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.RunAsync(SharedFunctions.ExitWith, 1));
        await pool.TerminateAsync();
        await pool.TerminateAsync();
        await pool.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(SpecFunctions.Square, 1); });
    }
}

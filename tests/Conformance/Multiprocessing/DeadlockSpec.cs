using System.Diagnostics;
using System.Runtime.CompilerServices;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// CPython's Lib/test/test_concurrent_futures/test_deadlock.py: "the executor … does not hang, whatever dies or fails at whichever point".
/// There a
/// crash breaks the executor; here it fails one task, so each test also asks that the pool goes on.
/// </summary>
public sealed class DeadlockSpec(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 2, Initializer = SpecFunctions.Initialize });

    public ValueTask InitializeAsync()
    {
        ProcessFunctionTable.Register(new Faulty.Codec());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    // test_error_at_task_pickle: "Check problem occurring while pickling a task": the caller gets the error.
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_error_at_task_pickle")]
    public async Task Error_at_task_pickle()
    {
        Assert.Throws<FormatException>(() => { _ = Run(FaultPoint.TaskPickle, Fault.Error); });
        await TheOthersGoOn();
    }

    // test_error_at_task_unpickle, test_error_during_func_exec_on_worker, test_error_during_result_pickle_on_worker.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "test_deadlock.ExecutorDeadlockTest.test_error_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_error_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_error_during_result_pickle_on_worker")]
    [InlineData(FaultPoint.TaskUnpickle)]
    [InlineData(FaultPoint.Execution)]
    [InlineData(FaultPoint.ResultPickle)]
    public async Task Error_in_the_worker(object point)
    {
        var thrown = await Assert.ThrowsAsync<FormatException>(() => Run((FaultPoint)point, Fault.Error));
        Assert.IsType<RemoteException>(thrown.InnerException);
        await TheOthersGoOn();
    }

    // test_error_during_result_unpickle_in_result_handler: "Ensure that an error in the result handler does not hang".
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_error_during_result_unpickle_in_result_handler")]
    public async Task Error_at_result_unpickle_in_the_parent()
    {
        var thrown = await Assert.ThrowsAsync<FormatException>(() => Run(FaultPoint.ResultUnpickle, Fault.Error));
        Assert.Null(thrown.InnerException);
        await TheOthersGoOn();
    }

    // test_exit_at_task_unpickle, test_crash_at_task_unpickle, test_exit_during_func_exec_on_worker, test_crash_during_func_exec_on_worker,
    // test_exit_during_result_pickle_on_worker, test_crash_during_result_pickle_on_worker.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "test_deadlock.ExecutorDeadlockTest.test_exit_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_crash_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_exit_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_crash_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_exit_during_result_pickle_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_crash_during_result_pickle_on_worker")]
    [InlineData(FaultPoint.TaskUnpickle, Fault.Exit)]
    [InlineData(FaultPoint.TaskUnpickle, Fault.Kill)]
    [InlineData(FaultPoint.Execution, Fault.Exit)]
    [InlineData(FaultPoint.Execution, Fault.Kill)]
    [InlineData(FaultPoint.Execution, Fault.Crash)]
    [InlineData(FaultPoint.ResultPickle, Fault.Exit)]
    [InlineData(FaultPoint.ResultPickle, Fault.Kill)]
    public async Task Exit_or_crash_of_the_worker(object point, object fault)
    {
        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => Run((FaultPoint)point, (Fault)fault));
        Assert.Equal((Fault)fault == Fault.Exit, crash.ExitCode == 1);
        await TheOthersGoOn();
    }

    // test_crash_big_data (gh-94777): "Test that there is a clean exception instead of a deadlock when a child process crashes while some
    // data
    // is being written into the queue".
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_crash_big_data")]
    public async Task Crash_while_large_data_is_under_way()
    {
        var data = Enumerable.Range(0, 10).Select(_ => _pool.RunAsync(SpecFunctions.CrashWithDataInThePipe, new byte[100_000])).ToArray();
        foreach (var task in data) await Assert.ThrowsAsync<WorkerCrashedException>(() => task);
        await TheOthersGoOn(failed: data.Length);
    }

    // test_shutdown_deadlock: "the pool … shutdown while a worker has just crashed" ends.
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_shutdown_deadlock")]
    public async Task Shutdown_after_a_crash()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, Initializer = SpecFunctions.Initialize });
        var crash = pool.RunAsync(SpecFunctions.Suffer, new Faulty(FaultPoint.Execution, Fault.Kill));
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<WorkerCrashedException>(() => crash);
    }

    // test_shutdown_deadlock_pickle: "shutdown … after the submission of a task that cannot be pickled" ends.
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_shutdown_deadlock_pickle")]
    public async Task Shutdown_after_an_argument_that_cannot_cross()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        Assert.Throws<FormatException>(
            () => { _ = pool.RunAsync(SpecFunctions.Suffer, new Faulty(FaultPoint.TaskPickle, Fault.Error)); });
        await pool.DisposeAsync();
    }

    // test_gh105829_should_not_deadlock_if_wakeup_pipe_full: many submissions at once never fill what wakes the pool.
    [Fact(Timeout = Patience.OfATest), Ports("test_deadlock.ExecutorDeadlockTest.test_gh105829_should_not_deadlock_if_wakeup_pipe_full")]
    public async Task Ten_thousand_submissions_at_once()
    {
        var tasks = Enumerable.Range(0, 10_000).Select(x => _pool.RunAsync(SpecFunctions.Identity, x)).ToArray();
        Assert.Equal(Enumerable.Range(0, 10_000), await Task.WhenAll(tasks));
    }

    // Full pipes in both directions at once: neither side waits for the other while it could be read from.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Large_arguments_and_large_results_at_the_same_time()
    {
        var tasks = Enumerable.Range(0, 200).Select(_ => _pool.RunAsync(static bytes => bytes, new byte[200_000]));
        var results = await Task.WhenAll(tasks);
        Assert.All(results, static bytes => Assert.Equal(200_000, bytes.Length));
        output.WriteLine($"full pipes: {results.Length} arguments and results of 200 kB at the same time, none lost");
    }

    private Task<Faulty> Run(FaultPoint point, Fault fault) => _pool.RunAsync(SpecFunctions.Suffer, new Faulty(point, fault));

    private async Task TheOthersGoOn(int failed = 1, [CallerMemberName] string what = "")
    {
        var began = Stopwatch.GetTimestamp();
        var others = await _pool.MapAsync(SpecFunctions.Square, Enumerable.Range(0, 50), chunkSize: 1);
        Assert.Equal(Enumerable.Range(0, 50).Select(static x => x * x), others);
        output.WriteLine(
            $"{what}: {failed} failed, {others.Length} after it answered in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
    }
}

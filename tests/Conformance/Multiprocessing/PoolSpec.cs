using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's test_concurrent_futures/test_process_pool.py, executor.py, test_shutdown.py and test_init.py, and of
/// _TestPool and
/// _TestPoolWorkerLifetime in _test_multiprocessing.py.
/// </summary>
public sealed class PoolSpec : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 2 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    // test_map: "self.assertEqual(pmap(sqr, list(range(10))), list(map(sqr, list(range(10)))))"; also with chunksize=20.
    // test_map_chunksize: "ref = list(map(pow, range(40), range(40)))" with chunksize 6, 50 and 40.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "_TestPool.test_map",
        "_TestPool.test_map_async",
        "executor.ExecutorTest.test_map",
        "test_process_pool.ProcessPoolExecutorTest.test_map_chunksize")]
    [InlineData(10, 0)]
    [InlineData(100, 20)]
    [InlineData(40, 6)]
    [InlineData(40, 50)]
    [InlineData(40, 40)]
    [InlineData(40, 1)]
    [InlineData(1, 1)]
    public async Task The_result_of_a_map_does_not_depend_on_the_chunk_size(int count, int chunkSize) =>
        Assert.Equal(Squares(count), await _pool.MapAsync(SpecFunctions.Square, Enumerable.Range(0, count), chunkSize));

    // test_empty_iterable: "self.assertEqual(p.map(sqr, []), [])"; test_map_chunksize: with every chunk size, at once.
    [Theory, Ports("_TestPool.test_map_chunksize", "_TestPool.test_empty_iterable")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void A_map_of_nothing_is_there_at_once(int chunkSize) =>
        Assert.True(_pool.MapAsync(SpecFunctions.Square, Array.Empty<int>(), chunkSize).IsCompletedSuccessfully);

    // test_map_chunksize: "bad_map … chunksize=-1: assertRaises(ValueError)".
    [Fact, Ports("test_process_pool.ProcessPoolExecutorTest.test_map_chunksize")]
    public void A_chunk_size_below_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _pool.MapAsync(SpecFunctions.Square, [1], -1); });

    // test_map_exception: "i = self.executor.map(divmod, [1, 1, 1, 1], [2, 3, 0, 5]) … self.assertRaises(ZeroDivisionError, i.__next__)".
    [Fact(Timeout = Patience.OfATest), Ports("executor.ExecutorTest.test_map_exception")]
    public async Task A_map_fails_with_the_exception_of_an_element()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(
            () => _pool.MapAsync(SpecFunctions.RaiseAt, Enumerable.Range(0, 100), chunkSize: 1));
        Assert.StartsWith("bad ", thrown.Message, StringComparison.Ordinal);
    }

    // test_map_handle_iterable_exception: "SayWhenError raised by the iterable … assertRaises(SayWhenError)"; "__cause__ is None": not
    // remote.
    [Fact, Ports("_TestPool.test_map_handle_iterable_exception")]
    public void An_exception_of_the_input_is_the_callers_own()
    {
        static IEnumerable<int> Input()
        {
            yield return 1;
            throw new InvalidDataException("input");
        }

        var thrown = Assert.Throws<InvalidDataException>(() => { _ = _pool.MapAsync(SpecFunctions.Square, Input()); });
        Assert.Null(thrown.InnerException);
    }

    // test_imap_unordered_handle_iterable_exception: the values before it may come, then it comes; no hang.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_imap_unordered_handle_iterable_exception")]
    public async Task An_exception_of_the_input_ends_an_unordered_map()
    {
        static IEnumerable<int> Input()
        {
            for (var i = 0; i < 20; i++) yield return i;
            throw new InvalidDataException("input");
        }

        var seen = new List<int>();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in _pool.MapUnorderedAsync(SpecFunctions.Square, Input())) seen.Add(result);
        });
        Assert.Subset(Squares(20).ToHashSet(), seen.ToHashSet());
    }

    // test_imap_unordered: "self.assertEqual(sorted(it), list(map(sqr, list(range(10)))))"; an asynchronous input here.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_imap_unordered")]
    public async Task An_unordered_map_of_an_asynchronous_input_gives_the_same_set()
    {
        static async IAsyncEnumerable<int> Input()
        {
            for (var i = 0; i < 300; i++)
            {
                if (i % 50 == 0) await Task.Yield();
                yield return i;
            }
        }

        var seen = new List<int>();
        await foreach (var result in _pool.MapUnorderedAsync(SpecFunctions.Square, Input(), maxPending: 10)) seen.Add(result);
        Assert.Equal(Squares(300), seen.Order());
    }

    // test_imap: "self.assertEqual(list(it), list(map(sqr, list(range(10)))))", one after the other; an input of a thousand.
    [Theory(Timeout = Patience.OfATest), Ports("_TestPool.test_imap")]
    [InlineData(10, 0)]
    [InlineData(1000, 100)]
    [InlineData(100, 1)]
    public async Task An_ordered_map_gives_the_results_in_the_order_of_the_inputs(int count, int maxPending)
    {
        var seen = new List<int>();
        await foreach (var result in _pool.MapOrderedAsync(SpecFunctions.Square, Enumerable.Range(0, count), maxPending)) seen.Add(result);
        Assert.Equal(Squares(count), seen);
    }

    // test_imap_handle_iterable_exception: "for i in range(3): self.assertEqual(next(it), i*i)", then the input's exception.
    [Theory(Timeout = Patience.OfATest), Ports("_TestPool.test_imap_handle_iterable_exception")]
    [InlineData(3, 0)]
    [InlineData(7, 2)]
    public async Task An_exception_of_the_input_comes_behind_the_results_before_it(int good, int maxPending)
    {
        IEnumerable<int> Input()
        {
            for (var i = 0; i < good; i++) yield return i;
            throw new InvalidDataException("input");
        }

        var seen = new List<int>();
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in _pool.MapOrderedAsync(SpecFunctions.Square, Input(), maxPending)) seen.Add(result);
        });
        Assert.Equal(("input", null), (thrown.Message, thrown.InnerException));
        Assert.Equal(Squares(good), seen);
    }

    // A failure comes at its place, though what is behind it has been computed; nobody who stops early leaves anything running.
    [Fact(Timeout = Patience.OfATest)]
    public async Task An_ordered_map_ends_at_its_first_failure_or_when_its_consumer_has_enough()
    {
        var seen = new List<int>();
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var result in _pool.MapOrderedAsync(SpecFunctions.RaiseAt, Enumerable.Range(0, 100))) seen.Add(result);
        });
        Assert.Equal([0, 1, 2], seen);

        var read = 0;
        IEnumerable<int> Endless()
        {
            for (;; read++) yield return read;
        }

        await foreach (var result in _pool.MapOrderedAsync(SpecFunctions.Square, Endless(), maxPending: 4))
        {
            Assert.InRange(read, 0, seen.Count + 4);
            seen.Add(result);
            if (result == 25) break;
        }
        Assert.Equal([0, 1, 2, 0, 1, 4, 9, 16, 25], seen);
        var left = read;
        Assert.Equal(49, await _pool.RunAsync(SpecFunctions.Square, 7));
        Assert.Equal(left, read);
    }

    // test_traceback: "self.assertIs(type(exc), RuntimeError); self.assertEqual(exc.args, (123,)); cause = exc.__cause__; … raise
    // RuntimeError(123)".
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_traceback", "test_process_pool.ProcessPoolExecutorTest.test_traceback")]
    public async Task The_cause_of_a_remote_exception_holds_the_remote_stack()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => _pool.RunAsync(SpecFunctions.Raise, 123));
        Assert.Equal("bad 123", thrown.Message);
        var remote = Assert.IsType<RemoteException>(thrown.InnerException);
        Assert.Contains(nameof(SpecFunctions.Raise), remote.ToString(), StringComparison.Ordinal);
    }

    // test_killed_child (reversed): "a broken pool"; here the others finish. gh-139462: the message has the exit code.
    [Fact(Timeout = Patience.OfATest), Ports("test_process_pool.ProcessPoolExecutorTest.test_killed_child")]
    public async Task The_message_of_a_crash_says_how_the_worker_ended()
    {
        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(
            () => _pool.RunAsync(SpecFunctions.CrashWithDataInThePipe, new byte[1]));
        Assert.Contains("signal 9", crash.Message, StringComparison.Ordinal);
        Assert.Contains(crash.ProcessId.ToString(), crash.Message, StringComparison.Ordinal);
    }

    // test_idle_process_reuse_one: "executor.submit(mul, 21, 2).result() … assertEqual(len(executor._processes), 1)".
    [Fact(Timeout = Patience.OfATest), Ports("test_process_pool.ProcessPoolExecutorTest.test_idle_process_reuse_one")]
    public async Task An_idle_worker_is_used_again_before_another_is_started()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 4 });
        for (var i = 0; i < 3; i++) await pool.RunAsync(SpecFunctions.Square, i);
        Assert.Single(pool.WorkerProcessIds);
    }

    // test_saturation: "for _ in range(15 * executor._max_workers): executor.submit(…); assertEqual(len(executor._processes),
    // max_workers)".
    [Fact(Timeout = Patience.OfATest), Ports("test_process_pool.ProcessPoolExecutorTest.test_saturation")]
    public async Task No_more_workers_are_started_than_allowed()
    {
        var processes = await _pool.MapAsync(SpecFunctions.ProcessId, Enumerable.Range(0, 30), chunkSize: 1);
        Assert.InRange(processes.Distinct().Count(), 1, 2);
    }

    // test_pool_worker_lifetime: "p = multiprocessing.Pool(3, maxtasksperchild=10) … self.assertNotEqual(sorted(origworkerpids),
    // sorted(finalworkerpids))".
    // test_max_tasks_per_child (gh-115634): more work than workers times tasks does not hang.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "_TestPoolWorkerLifetime.test_pool_worker_lifetime",
        "test_process_pool.ProcessPoolExecutorTest.test_max_tasks_per_child",
        "test_process_pool.ProcessPoolExecutorTest.test_max_tasks_per_child_pending_tasks_gh115634")]
    [InlineData(1, 1, 12)]
    [InlineData(2, 5, 60)]
    [InlineData(2, 1, 10)]
    public async Task Workers_are_replaced_after_their_number_of_tasks_without_loss(int workers, int tasks, int count)
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = workers, MaxTasksPerWorker = tasks });
        var processes = await pool.MapAsync(SpecFunctions.ProcessId, Enumerable.Range(0, count), chunkSize: 1);
        Assert.All(processes.CountBy(static id => id), group => Assert.InRange(group.Value, 1, tasks));
    }

    // test_max_tasks_per_child_shutdown (gh-119592): shutdown while workers are being replaced runs everything that was accepted.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestPoolWorkerLifetime.test_pool_worker_lifetime_early_close",
        "test_process_pool.ProcessPoolExecutorTest.test_max_tasks_early_shutdown",
        "executor.ExecutorTest.test_shutdown_race_issue12456")]
    public async Task Shutdown_during_replacement_loses_nothing()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, MaxTasksPerWorker = 1 });
        var tasks = Enumerable.Range(0, 8).Select(x => pool.RunAsync(SpecFunctions.Square, x)).ToArray();
        await pool.DisposeAsync();
        Assert.Equal(Squares(8), await Task.WhenAll(tasks));
    }

    // test_pool_maxtasksperchild_invalid: "for value in [0, -1, …]: assertRaises(ValueError)".
    [Theory, Ports("_TestPoolWorkerLifetime.test_pool_maxtasksperchild_invalid")]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_number_of_tasks_below_one_is_refused(int tasks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessPool(new ProcessPoolOptions { MaxTasksPerWorker = tasks }));

    // "if processes < 1: raise ValueError(\"Number of processes must be at least 1\")".
    [Fact, Ports("_TestPool.test_make_pool", "executor.ExecutorTest.test_max_workers_negative")]
    public void A_number_of_workers_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessPool(new ProcessPoolOptions { WorkerCount = 0 }));

    // InitializerMixin.test_initializer: "futures … assertEqual(f.result(), 'initialized')"; once per worker.
    [Fact(Timeout = Patience.OfATest), Ports("TestInitializers.test_pool_initializer", "test_init.InitializerMixin.test_initializer")]
    public async Task The_initializer_runs_once_in_each_worker()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, Initializer = SpecFunctions.Initialize });
        var counts = await pool.MapAsync(SpecFunctions.Initialized, Enumerable.Range(0, 20), chunkSize: 1);
        Assert.All(counts, static count => Assert.Equal(1, count));
    }

    // ExecutorShutdownTest.test_run_after_shutdown: "self.assertRaises(RuntimeError, self.executor.submit, pow, 2, 5)".
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestPool.test_context", "_TestPool.test_enter", "test_shutdown.ExecutorShutdownTest.test_run_after_shutdown")]
    public async Task A_pool_that_was_shut_down_takes_nothing()
    {
        var pool = new ProcessPool();
        await pool.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(SpecFunctions.Square, 2); });
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.MapAsync(SpecFunctions.Square, Array.Empty<int>()); });
        await pool.DisposeAsync();
    }

    // test_hang_issue12364: "fs = [self.executor.submit(time.sleep, 0.1) …]; self.executor.shutdown(); for f in fs: f.result()".
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "test_shutdown.ExecutorShutdownTest.test_hang_issue12364",
        "test_shutdown.ProcessPoolShutdownTest.test_context_manager_shutdown")]
    public async Task Shutdown_waits_for_what_was_accepted()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        var tasks = Enumerable.Range(0, 50).Select(x => pool.RunAsync(SpecFunctions.SlowSquare, x)).ToArray();
        await pool.DisposeAsync();
        Assert.All(tasks, static task => Assert.True(task.IsCompletedSuccessfully));
    }

    // test_kill_workers / test_terminate: "result = self.pool.map_async(time.sleep, [0.1 for i in range(10000)]); self.pool.terminate()":
    // quick.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_terminate", "test_shutdown.ProcessPoolShutdownTest.test_processes_terminate")]
    public async Task Termination_does_not_wait_for_queued_work()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        var map = pool.MapAsync(SpecFunctions.Sleep, Enumerable.Repeat(60_000, 10_000), chunkSize: 1);
        await pool.TerminateAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => map);
    }

    // test_cancel_futures, gh-94440: cancelled before it began it never runs, and shutdown does not hang on it.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("test_shutdown.ExecutorShutdownTest.test_cancel_futures", "test_shutdown.ExecutorShutdownTest.test_hang_gh94440")]
    public async Task Shutdown_right_after_a_cancellation_does_not_hang()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, CancellationGrace = TimeSpan.Zero });
        using var cancellation = new CancellationTokenSource();
        var tasks = Enumerable.Range(0, 20).Select(x => pool.RunAsync(SpecFunctions.Sleep, 60_000, cancellation.Token)).ToArray();
        cancellation.Cancel();
        await pool.DisposeAsync();
        Assert.All(tasks, static task => Assert.True(task.IsCanceled));
    }

    // test_async_timeout: "self.assertRaises(multiprocessing.TimeoutError, get, timeout=…)"; the task itself goes on.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_async_timeout", "executor.ExecutorTest.test_map_timeout")]
    public async Task Giving_up_waiting_does_not_end_the_task()
    {
        using var told = new ProcessEvent();
        var task = _pool.RunAsync(SpecFunctions.UntilTold, told);
        await Assert.ThrowsAsync<TimeoutException>(() => task.WaitAsync(TimeSpan.FromMilliseconds(1)));
        told.Set();
        Assert.True(await task);
    }

    // TestCloseFds, test_child_fd_inflation: a worker does not inherit what its siblings use.
    [Fact(Timeout = Patience.OfATest), Ports("TestCloseFds.test_closefd", "_TestProcess.test_child_fd_inflation")]
    public async Task Later_workers_have_no_more_handles_than_earlier_ones()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, MaxTasksPerWorker = 1 });
        var handles = await pool.MapAsync(SpecFunctions.OpenHandles, Enumerable.Range(0, 6), chunkSize: 1);
        Assert.InRange(handles[^1], handles[0] - 3, handles[0] + 3);
    }

    // "daemonic processes are not allowed to have children"; TestNoForkBomb: a worker that makes a pool gets an error, and nothing
    // multiplies.
    [Fact(Timeout = Patience.OfATest), Ports("TestNoForkBomb.test_noforkbomb")]
    public async Task A_worker_may_not_make_a_pool() => Assert.False(await _pool.RunAsync(SpecFunctions.IsNested));

    private static IEnumerable<int> Squares(int count) => Enumerable.Range(0, count).Select(static x => x * x);
}

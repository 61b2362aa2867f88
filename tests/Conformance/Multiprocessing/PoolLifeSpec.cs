using System.Runtime.CompilerServices;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's _TestPool, _TestPoolWorkerErrors, _TestPoolWorkerLifetime and TestPoolNotLeakOnFailure that PoolSpec does
/// not have: forms of calls, what is kept alive, what fails on the way out.
/// </summary>
public sealed class PoolLifeSpec : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 2, Initializer = SpecFunctions.Initialize });

    public ValueTask InitializeAsync()
    {
        ProcessFunctionTable.Register(new Faulty.Codec());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    // apply(f, args), apply_async(f, args).get(): the result of the call, whatever the number of arguments.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestPool.test_apply", "_TestPool.test_async", "executor.ExecutorTest.test_submit")]
    public async Task A_call_gives_what_the_function_returns()
    {
        Assert.Equal(25, await _pool.RunAsync(SpecFunctions.Square, 5));
        Assert.Equal(7, await _pool.RunAsync(LifeFunctions.Add, 3, 4));
        Assert.Equal(9, await _pool.RunAsync(LifeFunctions.AddThree, 2, 3, 4));
    }

    // starmap(f, tuples) is map of f over the tuples, in their order, with every chunk size.
    [Theory(Timeout = Patience.OfATest), Ports("_TestPool.test_starmap", "_TestPool.test_starmap_async")]
    [InlineData(10, 0)]
    [InlineData(100, 20)]
    public async Task A_map_over_tuples_keeps_their_order(int count, int chunkSize)
    {
        var pairs = Enumerable.Range(0, count).Select(i => (i, count - 1 - i)).ToArray();
        Assert.Equal(pairs.Select(LifeFunctions.Multiply), await _pool.MapAsync(LifeFunctions.Multiply, pairs, chunkSize));
    }

    // callback gets the results, error_callback the error, each once; neither is called for the other's outcome.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_map_async_callbacks", "_TestPoolWorkerErrors.test_async_error_callback")]
    public async Task What_goes_on_with_a_map_gets_its_results_or_its_error()
    {
        var called = new List<object>();
        await Follow(_pool.MapAsync(SpecFunctions.Square, [1]));
        Assert.Equal([1], Assert.IsType<int[]>(Assert.Single(called)));
        await Follow(_pool.MapAsync(SpecFunctions.Raise, [1]));
        Assert.Equal(2, called.Count);
        Assert.Equal("bad 1", Assert.IsType<ArgumentException>(called[1]).Message);

        Task Follow(Task<int[]> map) => map.ContinueWith(
            ended => called.Add(ended.IsCompletedSuccessfully ? ended.Result : ended.Exception!.InnerException!), TaskScheduler.Default);
    }

    // "failure to pickle should not cause a hang": the map fails with it, and the pool goes on.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_map_unplicklable")]
    public async Task Inputs_that_cannot_cross_fail_their_map()
    {
        var bad = Enumerable.Repeat(new Faulty(FaultPoint.TaskPickle, Fault.Error), 10).ToArray();
        await Assert.ThrowsAsync<FormatException>(() => _pool.MapAsync(SpecFunctions.Suffer, bad));
        await TheOthersGoOn();
    }

    // The iterable fails before its first element, at once and again, whatever length it has said it has; the pool goes on.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_map_handle_iterable_exception")]
    public async Task Inputs_that_cannot_be_read_fail_their_map()
    {
        for (var again = 0; again < 2; again++)
        {
            Assert.Throws<InvalidDataException>(() => { _ = _pool.MapAsync(SpecFunctions.Square, Unreadable(0), 1); });
            Assert.Throws<InvalidDataException>(() => { _ = _pool.MapAsync(SpecFunctions.Square, Unreadable(3), 1); });
            var thrown = await Assert.ThrowsAsync<InvalidDataException>(
                () => _pool.MapAsync(SpecFunctions.Square, new UnreadableList(), 1));
            Assert.Null(thrown.InnerException);
        }
        await TheOthersGoOn();
    }

    // imap_unordered: the iterable fails before its first element, at once and again; an empty one gives nothing.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestPool.test_imap_unordered_handle_iterable_exception", "_TestPool.test_empty_iterable")]
    public async Task An_unordered_map_whose_inputs_cannot_be_read_gives_nothing_and_fails()
    {
        for (var again = 0; again < 2; again++)
        {
            var values = _pool.MapUnorderedAsync(SpecFunctions.Square, Unreadable(0)).GetAsyncEnumerator();
            await Assert.ThrowsAsync<InvalidDataException>(() => values.MoveNextAsync().AsTask());
            await values.DisposeAsync();
        }
        await foreach (var value in _pool.MapUnorderedAsync(SpecFunctions.Square, Array.Empty<int>())) Assert.Fail($"There is a {value}.");
        await TheOthersGoOn();
    }

    // A callback that raises is not the worker's failure, and waits for nobody. Here what is told of a map's progress is part of the map.
    [Fact(Timeout = Patience.OfATest), Ports("test_future.FutureTests.test_done_callback_raises")]
    public async Task A_progress_that_throws_fails_its_map_and_nothing_else()
    {
        var told = new Tellable(static items => throw new InvalidDataException($"told {items}"));
        foreach (var count in (int[])[2, 8])
        {
            var thrown = await Assert.ThrowsAsync<InvalidDataException>(
                () => _pool.MapAsync(SpecFunctions.Square, Enumerable.Range(0, count), chunkSize: 2, told));
            Assert.StartsWith("told ", thrown.Message, StringComparison.Ordinal);
        }
        await TheOthersGoOn();
    }

    // "fail-fast … would make Pool.join() deadlock" when the failures are large: the pool ends all the same.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPool.test_map_no_failfast")]
    public async Task Large_failures_do_not_keep_a_pool_from_ending()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        var map = pool.MapAsync(LifeFunctions.FailAtLength, Enumerable.Repeat(1 << 20, 6), chunkSize: 1);
        var single = pool.RunAsync(LifeFunctions.FailAtLength, 1 << 20);
        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => map);
        Assert.StartsWith(new string('x', 10_000), thrown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => single);
    }

    // "task arguments and results should not be kept alive after we are done with them", in this process.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestPool.test_release_task_refs",
        "executor.ExecutorTest.test_free_reference",
        "executor.ExecutorTest.test_no_stale_references")]
    public async Task What_went_in_and_what_came_out_is_not_kept()
    {
        var references = await MapAndForget();
        while (references.Any(static reference => reference.IsAlive))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    // "Ensure that argument for a job are correctly gc-ed after the job is finished", in the worker, small and large.
    [Theory(Timeout = Patience.OfATest), Ports("test_process_pool.ProcessPoolExecutorTest.test_ressources_gced_in_workers")]
    [InlineData(100)]
    [InlineData(2_000_000)]
    public async Task A_worker_does_not_keep_what_it_was_given(int size)
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        Assert.True(await pool.RunAsync(LifeFunctions.See, new byte[size]));
        Assert.True(await pool.RunAsync(LifeFunctions.HasForgotten));
    }

    // "Make sure we don't lose pool processes because of encoding errors": twenty results that cannot cross, in the same two workers.
    [Fact(Timeout = Patience.OfATest), Ports("_TestPoolWorkerErrors.test_unpickleable_result")]
    public async Task Results_that_cannot_cross_cost_no_worker()
    {
        await _pool.StartAsync();
        var workers = _pool.WorkerProcessIds.Order().ToArray();
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<PayloadSerializationException>(() => _pool.RunAsync(LifeFunctions.NotToCross));
        Assert.Equal(workers, _pool.WorkerProcessIds.Order());
    }

    // A pool whose workers are still starting, and would never be ready, can be terminated.
    [Fact(Timeout = Patience.OfATest), Ports("test_shutdown.ProcessPoolShutdownTest.test_processes_terminate")]
    public async Task Termination_does_not_wait_for_an_initializer()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, Initializer = SharedFunctions.Forever });
        var queued = pool.RunAsync(SpecFunctions.Square, 1);
        await pool.TerminateAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queued);
        Assert.Empty(pool.WorkerProcessIds);
    }

    // Pool(3) has three processes; the executor starts at most as many as there is work for one after the other.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestPool.test_make_pool", "test_process_pool.ProcessPoolExecutorTest.test_idle_process_reuse_multiple")]
    public async Task A_pool_that_is_started_has_all_its_workers_and_one_that_is_not_no_more_than_it_needs()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 3 });
        Assert.Empty(pool.WorkerProcessIds);
        await Task.WhenAll(pool.RunAsync(SpecFunctions.Square, 1), pool.RunAsync(SpecFunctions.Square, 2));
        for (var i = 0; i < 3; i++) await pool.RunAsync(SpecFunctions.Square, i);
        Assert.InRange(pool.WorkerProcessIds.Count, 1, 2);
        await pool.StartAsync();
        Assert.Equal(3, pool.WorkerProcessIds.Distinct().Count());
    }

    // "During pool creation, if we can't create a process, don't leak already created ones."
    [Fact(Timeout = Patience.OfATest)]
    [Ports("TestPoolNotLeakOnFailure.test_release_unused_processes", "test_init.FailingInitializerMixin.test_initializer")]
    public async Task A_start_that_fails_in_one_worker_leaves_none_of_the_others()
    {
        var directory = Directory.CreateTempSubdirectory("qnt-test-");
        var options = new ProcessPoolOptions { WorkerCount = 3, Initializer = LifeFunctions.SucceedOnce };
        options.WorkerEnvironment[LifeFunctions.FirstOnly] = directory.FullName;
        var pool = new ProcessPool(options);
        var broken = await Assert.ThrowsAsync<BrokenProcessPoolException>(pool.StartAsync);
        Assert.IsType<IOException>(broken.InnerException);
        Assert.Throws<BrokenProcessPoolException>(() => { _ = pool.RunAsync(SpecFunctions.Square, 1); });
        var started = pool.WorkerProcessIds;
        await pool.DisposeAsync();
        Assert.All(started, static id => Assert.False(LifeFunctions.IsAlive(id)));
        directory.Delete(recursive: true);
    }

    // bpo-38744, bpo-39360: a program that leaves a pool behind ends as it would without, and the pool's workers with it.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestPoolWorkerLifetime.test_worker_finalization_via_atexit_handler_of_multiprocessing")]
    public async Task A_program_that_leaves_its_pool_behind_ends_and_its_workers_too()
    {
        using var worker = new SharedValue<int>();
        await using var program = WorkerProcess.Start(LifeFunctions.LeaveAPool, worker);
        Assert.Equal(0, await program.WaitAsync());
        Assert.NotEqual(0, worker.Value);
        while (LifeFunctions.IsAlive(worker.Value)) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    // A worker that ends in peace runs its exit handlers (atexit), once.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Workers_run_their_exit_handlers_when_their_pool_ends()
    {
        using var ends = new SharedValue<int>();
        await using (var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 }))
            await pool.RunAsync(LifeFunctions.CountAtExit, ends);
        Assert.Equal(1, ends.Value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference[]> MapAndForget()
    {
        var inputs = Enumerable.Range(0, 10).Select(static i => new byte[100 + i]).ToArray();
        var results = await _pool.MapAsync(static bytes => bytes, inputs);
        var single = await _pool.RunAsync(static bytes => bytes, new byte[300_000]);
        return [.. inputs.Concat(results).Append(single).Select(static bytes => new WeakReference(bytes))];
    }

    private static IEnumerable<int> Unreadable(int after)
    {
        for (var i = 0; i < after; i++) yield return i;
        throw new InvalidDataException("input");
    }

    private async Task TheOthersGoOn() => Assert.Equal(
        Enumerable.Range(0, 50).Select(static x => x * x),
        await _pool.MapAsync(SpecFunctions.Square, Enumerable.Range(0, 50), chunkSize: 1));

    private sealed class Tellable(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }

    private sealed class UnreadableList : IReadOnlyList<int>
    {
        public int Count => 1;

        public int this[int index] => throw new InvalidDataException("input");

        public IEnumerator<int> GetEnumerator() => Unreadable(0).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

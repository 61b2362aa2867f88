using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

public sealed class ProcessPoolTests : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 2 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_static_method_runs_in_another_process()
    {
        Assert.Equal(49, await _pool.RunAsync(WorkerFunctions.Square, 7));
        Assert.NotEqual(Environment.ProcessId, await _pool.RunAsync(WorkerFunctions.ProcessId));
        Assert.True(await _pool.RunAsync(WorkerFunctions.IsWorker));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_static_lambda_runs_in_another_process() =>
        Assert.Equal(42, await _pool.RunAsync(static x => x + 2, 40));

    [Fact(Timeout = Patience.OfATest)]
    public async Task Several_arguments_cross() =>
        Assert.Equal("a1bc", await _pool.RunAsync(WorkerFunctions.Join, "a", 1, new List<string> { "b", "c" }));

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_map_keeps_the_order_of_its_inputs() =>
        Assert.Equal(Squares(1000), await _pool.MapAsync(WorkerFunctions.Square, Enumerable.Range(0, 1000)));

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_map_of_single_inputs_keeps_the_order_too() =>
        Assert.Equal(Squares(5000), await _pool.MapAsync(WorkerFunctions.Square, Enumerable.Range(0, 5000), chunkSize: 1));

    [Fact(Timeout = Patience.OfATest)]
    public async Task An_unordered_map_gives_every_result_once()
    {
        var results = new List<int>();
        await foreach (var result in _pool.MapUnorderedAsync(WorkerFunctions.Square, Enumerable.Range(0, 500))) results.Add(result);
        Assert.Equal(Squares(500), results.Order());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task An_unordered_map_reads_no_further_ahead_than_it_may()
    {
        var read = 0;
        IEnumerable<int> Endless()
        {
            while (true) yield return read++;
        }

        await foreach (var _ in _pool.MapUnorderedAsync(WorkerFunctions.Square, Endless(), maxPending: 4)) break;
        Assert.InRange(read, 1, 6);
    }

    // Short units have taught a worker to take hundreds at once; if it took all of these, the other would have none to meet it with.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Long_units_after_short_ones_are_shared()
    {
        await _pool.StartAsync();
        await _pool.MapAsync(WorkerFunctions.Square, Enumerable.Range(0, 5000), chunkSize: 1);
        using var barrier = new ProcessBarrier(2);
        var processes = await _pool.MapAsync(WorkerFunctions.MeetOnce, Enumerable.Repeat(barrier, 20), chunkSize: 1);
        Assert.Equal(2, processes.Distinct().Count());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_remote_exception_keeps_its_type_and_its_stack()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => _pool.RunAsync(WorkerFunctions.Fail, 3));
        Assert.Equal("no 3", thrown.Message);
        var remote = Assert.IsType<RemoteException>(thrown.InnerException);
        Assert.Contains(nameof(WorkerFunctions.Fail), remote.RemoteStackTrace, StringComparison.Ordinal);
        Assert.NotEqual(Environment.ProcessId, remote.ProcessId);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_crash_fails_only_the_task_that_was_running()
    {
        var tasks = Enumerable.Range(0, 2000).Select(x => _pool.RunAsync(WorkerFunctions.KillSelfAt, x)).ToArray();
        var results = await Task.WhenAll(tasks.Select(static async task =>
        {
            try
            {
                return await task;
            }
            catch (WorkerCrashedException crash)
            {
                return -crash.Signal!.Value;
            }
        }));
        Assert.Equal(Enumerable.Range(0, 2000).Select(static x => x == 500 ? -9 : x + 1), results);
        Assert.Equal(9, await _pool.RunAsync(WorkerFunctions.Square, 3));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_that_exits_is_reported_with_its_code()
    {
        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => _pool.RunAsync(WorkerFunctions.Exit, 7));
        Assert.Equal((7, null), (crash.ExitCode, crash.Signal));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Large_payloads_cross_both_ways()
    {
        var blob = await _pool.RunAsync(WorkerFunctions.Blob, 5_000_000);
        Assert.Equal(WorkerFunctions.Blob(5_000_000), blob);
        Assert.Equal(blob.Sum(static b => (long)b), await _pool.RunAsync(WorkerFunctions.Sum, blob));
    }

    // The segment of the first is used for the others, which are shorter or longer than it.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Large_payloads_one_after_the_other_do_not_see_each_other()
    {
        foreach (var (size, value) in ((int, byte)[])[(4_000_000, 3), (3_000_000, 5), (3_999_999, 7), (9_000_000, 1), (2_000_000, 2)])
        {
            var bytes = new byte[size];
            bytes.AsSpan().Fill(value);
            Assert.Equal((long)size * value, await _pool.RunAsync(WorkerFunctions.Sum, bytes));
            Assert.Equal(size, (await _pool.RunAsync(WorkerFunctions.Blob, size)).Length);
        }
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_shared_array_is_seen_by_both_sides()
    {
        using var array = new SharedArray<double>(100_000);
        array.Span.Fill(0.5);
        Assert.Equal(50_000, await _pool.RunAsync(WorkerFunctions.SumShared, array));
        Assert.Equal(-1, array[0]);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_shared_array_made_in_a_worker_can_be_returned()
    {
        using var array = await _pool.RunAsync(WorkerFunctions.MakeShared, 1000);
        Assert.Equal(Enumerable.Range(0, 1000), array.Span.ToArray());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Cancelling_queued_work_ends_it_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, CancellationGrace = TimeSpan.Zero });
        using var blocker = new CancellationTokenSource();
        var running = pool.RunAsync(WorkerFunctions.Sleep, 100_000, blocker.Token);
        var queued = pool.RunAsync(WorkerFunctions.Square, 2, cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.False(running.IsCompleted);
        blocker.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_running_function_hears_of_its_cancellation_and_its_worker_lives_on()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, CancellationGrace = Timeout.InfiniteTimeSpan });
        var process = await pool.RunAsync(WorkerFunctions.ProcessId);
        using var cancellation = new CancellationTokenSource();
        var running = pool.RunAsync(WorkerFunctions.SleepUntilCancelled, 0, cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(process, await pool.RunAsync(WorkerFunctions.ProcessId));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_task_that_runs_too_long_is_ended_alone()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, TaskTimeout = TimeSpan.FromSeconds(15) });
        var slow = pool.RunAsync(WorkerFunctions.Sleep, Timeout.Infinite);
        var quick = pool.RunAsync(WorkerFunctions.Square, 5);
        await Assert.ThrowsAsync<TaskTimeoutException>(() => slow);
        Assert.Equal(25, await quick);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_is_replaced_after_its_number_of_tasks_and_nothing_is_lost()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, MaxTasksPerWorker = 3 });
        var processes = await pool.MapAsync(WorkerFunctions.ProcessIdFor, Enumerable.Range(0, 12), chunkSize: 1);
        Assert.All(processes.CountBy(static id => id), static group => Assert.InRange(group.Value, 1, 3));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_failing_initializer_breaks_the_pool_and_says_why()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, Initializer = WorkerFunctions.FailToBegin });
        var broken = await Assert.ThrowsAsync<BrokenProcessPoolException>(() => pool.RunAsync(WorkerFunctions.Square, 2));
        Assert.IsType<FormatException>(broken.InnerException);
        Assert.Throws<BrokenProcessPoolException>(() => { _ = pool.RunAsync(WorkerFunctions.Square, 2); });
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_captures_is_refused_at_once()
    {
        var captured = 3;
        var refused = Assert.Throws<ProcessFunctionException>(() => { _ = _pool.RunAsync(x => x + captured, 1); });
        Assert.Contains("captures", refused.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Workers_do_not_pass_on_that_they_are_workers() => Assert.False(await _pool.RunAsync(WorkerFunctions.HasTraces));

    [Fact(Timeout = Patience.OfATest)]
    public async Task Termination_fails_what_runs_and_what_waits()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        await pool.StartAsync();
        var running = pool.RunAsync(WorkerFunctions.Sleep, 100_000);
        var waiting = pool.RunAsync(WorkerFunctions.Sleep, 100_000);
        await pool.TerminateAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(WorkerFunctions.Square, 1); });
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_spare_worker_takes_over()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, SpareWorkers = 1 });
        await pool.StartAsync();
        var before = pool.WorkerProcessIds;
        Assert.Equal(2, before.Count);
        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.RunAsync(WorkerFunctions.KillSelf, 0));
        Assert.Contains(await pool.RunAsync(WorkerFunctions.ProcessId), before);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Records_cross_both_ways_through_the_generated_table()
    {
        var job = new Job("a", Level.Low, [], [], [], null);
        Assert.Equal(1, (await _pool.RunAsync(CodecFunctions.Advance, job)).Priority);
        Assert.Equal("b", (await _pool.RunAsync(CodecFunctions.Mix, "b", 3L)).Label);
        var triples = await _pool.MapAsync(CodecFunctions.Triple, [("x", new Point(1, 2), 3), ("y", new Point(4, 5), 6)]);
        Assert.Equal(("y", new Point(4, 5), 6), triples[1]);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_result_that_cannot_cross_is_its_tasks_failure_and_the_worker_lives_on()
    {
        var process = await _pool.RunAsync(WorkerFunctions.ProcessId);
        for (var i = 0; i < 20; i++)
        {
            var refused = await Assert.ThrowsAsync<PayloadSerializationException>(() => _pool.RunAsync(CodecFunctions.Unwritable, i));
            Assert.Equal("Report.Source.Content", refused.MemberPath);
        }
        Assert.Equal(process, await _pool.RunAsync(WorkerFunctions.ProcessId));
    }

    [Fact]
    public void An_argument_that_cannot_cross_is_refused_at_the_call() => Assert.Throws<PayloadSerializationException>(() =>
    {
        _ = _pool.RunAsync(CodecFunctions.Read, new Report("t", new Source("p", Stream.Null)));
    });

    private static IEnumerable<int> Squares(int count) => Enumerable.Range(0, count).Select(static x => x * x);
}

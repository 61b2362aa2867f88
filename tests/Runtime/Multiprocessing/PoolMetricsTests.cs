using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Quintet.Multiprocessing;
using Quintet.Multiprocessing.Pooling;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What can be seen of a pool from outside: its meter and its events.</summary>
public sealed class PoolMetricsTests
{
    private const string Meter = "Quintet.Multiprocessing";

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_that_dies_in_its_task_is_a_crash_of_both()
    {
        using var log = new SourceLog(PoolEventSource.Log);
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        await pool.RunAsync(WorkerFunctions.Square, 2);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync(WorkerFunctions.Fail, 1));
        var crash = await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.RunAsync(WorkerFunctions.KillSelf, 1));
        await pool.RunAsync(WorkerFunctions.Square, 3);

        Assert.True(Readings.Become(2, () => TasksThat(pool, "completed")));
        Assert.True(Readings.Become(1, () => TasksThat(pool, "failed")));
        Assert.True(Readings.Become(1, () => TasksThat(pool, "crashed")));
        Assert.True(Readings.Become(1, () => WorkersThat(pool, "crashed")));
        Assert.Equal((2, 1), (Of(pool, "processpool.workers.started"), Of(pool, "processpool.workers")));
        Assert.Equal(crash.ProcessId, Assert.Single(log.Of(nameof(PoolEventSource.WorkerCrashed), pool.Number))[1]);
        Assert.Equal(2, log.Of(nameof(PoolEventSource.WorkerStarted), pool.Number).Length);
    }

    // The same, but that the worker ends as it was told.
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_that_is_replaced_after_its_task_is_no_crash()
    {
        using var log = new SourceLog(PoolEventSource.Log);
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, MaxTasksPerWorker = 1 });
        await pool.RunAsync(WorkerFunctions.Square, 2);
        await pool.RunAsync(WorkerFunctions.Square, 3);

        Assert.True(Readings.Become(2, () => TasksThat(pool, "completed")));
        Assert.True(Readings.Become(2, () => WorkersThat(pool, "shutdown")));
        Assert.Equal((0, 0), (TasksThat(pool, "crashed"), WorkersThat(pool, "crashed")));
        Assert.Equal(2, log.Of(nameof(PoolEventSource.WorkerEnded), pool.Number).Length);
        Assert.Empty(log.Of(nameof(PoolEventSource.WorkerCrashed), pool.Number));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_task_that_runs_too_long_is_told_as_that_and_its_worker_as_killed()
    {
        using var log = new SourceLog(PoolEventSource.Log);
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, TaskTimeout = TimeSpan.FromSeconds(1) });
        using var never = new ProcessEvent();
        await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(WorkerFunctions.WaitFor, never));

        Assert.True(Readings.Become(1, () => TasksThat(pool, "timeout")));
        Assert.True(Readings.Become(1, () => WorkersThat(pool, "timeout")));
        Assert.Equal("timeout", Assert.Single(log.Of(nameof(PoolEventSource.WorkerKilled), pool.Number))[2]);
        Assert.Equal(0, TasksThat(pool, "crashed"));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Each_task_is_counted_once_however_it_ended()
    {
        const int tasks = 200;
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        using var given = new CancellationTokenSource();
        using var go = new ProcessEvent();
        Task[] blocked = [pool.RunAsync(WorkerFunctions.WaitFor, go), pool.RunAsync(WorkerFunctions.WaitFor, go)];
        Assert.True(Readings.Become(2, () => Of(pool, "processpool.tasks.running")));
        var queued = Enumerable.Range(0, tasks / 2).Select(x => pool.RunAsync(WorkerFunctions.Square, x, given.Token)).ToArray();
        await given.CancelAsync();
        go.Set();
        var ran = Enumerable.Range(450, tasks / 2).Select(x => pool.RunAsync(WorkerFunctions.KillSelfAt, x)).ToArray();
        Task[] all = [.. blocked, .. queued, .. ran];
        await Task.WhenAll(all).ContinueWith(static _ => { }, TaskScheduler.Default);

        var cancelled = queued.Count(static task => task.IsCanceled);
        Assert.True(Readings.Become(tasks + blocked.Length, () => Of(pool, "processpool.tasks.ended")));
        Assert.Equal(1, TasksThat(pool, "crashed"));
        Assert.Equal(cancelled, TasksThat(pool, "cancelled"));
        Assert.Equal(0, Of(pool, "processpool.tasks.running"));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_runs_and_what_waits_is_told_while_it_does()
    {
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        await using (pool)
        {
            using var go = new ProcessEvent();
            Task[] tasks = [.. Enumerable.Range(0, 5).Select(_ => pool.RunAsync(WorkerFunctions.WaitFor, go))];
            Assert.True(Readings.Become(1, () => Of(pool, "processpool.tasks.running")));
            Assert.Equal(4, Of(pool, "processpool.tasks.queued"));
            go.Set();
            await Task.WhenAll(tasks);
            Assert.True(Readings.Become(0, () => Of(pool, "processpool.tasks.running")));
            Assert.Equal(0, Of(pool, "processpool.tasks.queued"));
        }

        Assert.Null(Of(pool, "processpool.workers"));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_was_submitted_while_somebody_listened_is_timed_and_nothing_else()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        using var go = new ProcessEvent();
        var before = pool.RunAsync(WorkerFunctions.WaitFor, go);
        var times = new ConcurrentQueue<(string Name, double Seconds)>();
        using var listener = Listen(pool, (name, seconds) => times.Enqueue((name, seconds)));
        var after = pool.RunAsync(WorkerFunctions.WaitFor, go);
        go.Set();
        await Task.WhenAll(before, after);

        Assert.True(Readings.Become(2, () => TasksThat(pool, "completed")));
        Assert.Equal(["processpool.queue.time", "processpool.task.time"], times.Select(static time => time.Name));
        Assert.All(times, static time => Assert.True(time.Seconds > 0));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_listener_that_throws_is_no_failure_of_the_pool()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var heard = 0;
        using var listener = Listen(pool, (_, _) =>
        {
            Interlocked.Increment(ref heard);
            throw new InvalidTimeZoneException("broken listener");
        });
        for (var x = 0; x < 3; x++) Assert.Equal(x * x, await pool.RunAsync(WorkerFunctions.Square, x));

        Assert.True(Readings.Become(3, () => TasksThat(pool, "completed")));
        Assert.Equal((3, 1, 0), (Volatile.Read(ref heard), Of(pool, "processpool.workers.started"), WorkersThat(pool, "crashed")));
    }

    private static MeterListener Listen(ProcessPool pool, Action<string, double> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument is { Meter.Name: Meter, IsObservable: false }) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (pool.Number.Equals(tags[0].Value)) heard(instrument.Name, value);
        });
        listener.Start();
        return listener;
    }

    private static double? Of(ProcessPool pool, string name) => Readings.Of(Meter, name, ("pool", pool.Number));

    private static double? TasksThat(ProcessPool pool, string outcome) =>
        Readings.Of(Meter, "processpool.tasks.ended", ("pool", pool.Number), ("outcome", outcome));

    private static double? WorkersThat(ProcessPool pool, string reason) =>
        Readings.Of(Meter, "processpool.workers.ended", ("pool", pool.Number), ("reason", reason));
}

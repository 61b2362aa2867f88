using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// The meter <c>Quintet.Multiprocessing</c>: workers and tasks of each pool, asked for when somebody listens and not counted twice, and how
/// long tasks waited and took, for which a clock is looked at only while somebody listens.
/// </summary>
internal static class PoolMetrics
{
    private static readonly ConditionalWeakTable<ProcessPool, object> Pools = [];
    private static readonly Meter Meter = Create();
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>("processpool.queue.time", "s");
    private static readonly Histogram<double> TaskTime = Meter.CreateHistogram<double>("processpool.task.time", "s");
    private static int _numbers;

    /// <summary>Whether anybody wants to know how long tasks take.</summary>
    internal static bool TakesTimes => QueueTime.Enabled || TaskTime.Enabled;

    /// <summary>The pool's number, by which it is told of.</summary>
    internal static int Add(ProcessPool pool)
    {
        var number = Interlocked.Increment(ref _numbers);
        Pools.Add(pool, number);
        return number;
    }

    /// <summary>A pool without workers is not told of any more.</summary>
    internal static void Remove(ProcessPool pool) => Pools.Remove(pool);

    /// <summary>A task that was submitted while somebody listened has been answered.</summary>
    internal static void Answered(ProcessPool pool, WorkUnit unit)
    {
        if (unit.QueuedAt == 0 || unit.SentAt == 0) return;
        try
        {
            QueueTime.Record(Stopwatch.GetElapsedTime(unit.QueuedAt, unit.SentAt).TotalSeconds, Tag(pool.Number));
            TaskTime.Record(Stopwatch.GetElapsedTime(unit.SentAt).TotalSeconds, Tag(pool.Number));
        }
        catch (Exception)
        {
            // What a listener throws is thrown here, on the thread that reads a worker's answers, which must go on.
        }
    }

    internal static string NameOf(TaskEnd end) => end switch
    {
        TaskEnd.Completed => "completed",
        TaskEnd.Failed => "failed",
        TaskEnd.Cancelled => "cancelled",
        TaskEnd.Crashed => "crashed",
        TaskEnd.Timeout => "timeout",
        _ => "abandoned",
    };

    internal static string NameOf(WorkerEnd end) => end switch
    {
        WorkerEnd.Shutdown => "shutdown",
        WorkerEnd.Crashed => "crashed",
        WorkerEnd.Timeout => "timeout",
        WorkerEnd.Cancelled => "cancelled",
        WorkerEnd.Terminated => "terminated",
        _ => "unstarted",
    };

    private static KeyValuePair<string, object?> Tag(object pool) => new("pool", pool);

    private static Meter Create()
    {
        var meter = new Meter("Quintet.Multiprocessing");
        meter.CreateObservableUpDownCounter("processpool.workers", () => Measure(pool => pool.Look().Workers), "{worker}");
        meter.CreateObservableGauge("processpool.tasks.running", () => Measure(pool => pool.Look().Running), "{task}");
        meter.CreateObservableGauge("processpool.tasks.queued", () => Measure(pool => pool.Look().Queued), "{task}");
        meter.CreateObservableCounter("processpool.tasks.ended", TasksEnded, "{task}");
        meter.CreateObservableCounter(
            "processpool.tasks.redispatched", () => Measure(pool => pool.Tally.Redispatched), "{task}");
        meter.CreateObservableCounter("processpool.workers.started", () => Measure(pool => pool.Tally.Started), "{worker}");
        meter.CreateObservableCounter("processpool.workers.ended", WorkersEnded, "{worker}");
        meter.CreateObservableUpDownCounter("workerprocess.count", () => (long)WorkerProcess.Active.Count, "{process}");
        return meter;
    }

    private static IEnumerable<Measurement<long>> Measure(Func<ProcessPool, long> value)
    {
        foreach (var (pool, number) in Pools) yield return new Measurement<long>(value(pool), Tag(number));
    }

    private static IEnumerable<Measurement<long>> TasksEnded()
    {
        foreach (var (pool, number) in Pools)
        {
            foreach (var end in Enum.GetValues<TaskEnd>())
                yield return new Measurement<long>(pool.Tally[end], Tag(number), new("outcome", NameOf(end)));
        }
    }

    private static IEnumerable<Measurement<long>> WorkersEnded()
    {
        foreach (var (pool, number) in Pools)
        {
            foreach (var end in Enum.GetValues<WorkerEnd>())
                yield return new Measurement<long>(pool.Tally[end], Tag(number), new("reason", NameOf(end)));
        }
    }
}

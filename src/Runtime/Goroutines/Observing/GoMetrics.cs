using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>
/// The meter <c>Quintet.Goroutines</c>: goroutines, threads, processors, runnable, retakes and steals of each scheduler, asked for when
/// somebody listens and not counted twice.
/// </summary>
internal static class GoMetrics
{
    private static readonly ConditionalWeakTable<GoScheduler, object> Schedulers = [];
    private static readonly Meter Meter = Create();
    private static int _numbers;

    internal static void Add(GoScheduler scheduler)
    {
        _ = Meter;
        Schedulers.Add(scheduler, Interlocked.Increment(ref _numbers));
    }

    private static Meter Create()
    {
        var meter = new Meter("Quintet.Goroutines");
        meter.CreateObservableUpDownCounter("goroutines.count", () => Measure(scheduler => scheduler.GoroutineCount), "{goroutine}");
        meter.CreateObservableUpDownCounter("goroutines.threads", () => Measure(scheduler => scheduler.ThreadCount), "{thread}");
        meter.CreateObservableGauge("goroutines.maxprocs", () => Measure(scheduler => scheduler.MaxProcs), "{processor}");
        meter.CreateObservableGauge("goroutines.runnable", () => Measure(scheduler => scheduler.RunnableCount), "{goroutine}");
        meter.CreateObservableCounter("goroutines.retakes", () => Measure(scheduler => scheduler.RetakeCount), "{retake}");
        meter.CreateObservableCounter("goroutines.steals", () => Measure(scheduler => scheduler.StealCount), "{steal}");
        return meter;
    }

    private static IEnumerable<Measurement<long>> Measure(Func<GoScheduler, long> value)
    {
        foreach (var (scheduler, number) in Schedulers)
        {
            if (!scheduler.Stopped) yield return new Measurement<long>(value(scheduler), new KeyValuePair<string, object?>("scheduler",
                number));
        }
    }
}

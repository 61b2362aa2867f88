using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Quintet.GilThreads;

/// <summary>The meter <c>Quintet.GilThreads</c>: whether each lock is held, who waits for it, how often it went to another thread. What the
/// locks' own words say, asked for when somebody listens.</summary>
internal static class GilMetrics
{
    private static readonly ConditionalWeakTable<GlobalInterpreterLock, object> Locks = [];
    private static readonly Meter Meter = Create();
    private static int _numbers;

    internal static void Add(GlobalInterpreterLock gil)
    {
        _ = Meter;
        Locks.Add(gil, Interlocked.Increment(ref _numbers));
    }

    internal static void Remove(GlobalInterpreterLock gil) => Locks.Remove(gil);

    private static Meter Create()
    {
        var meter = new Meter("Quintet.GilThreads");
        meter.CreateObservableGauge("gil.held", () => Measure(static gil => gil.State.Held ? 1 : 0), "{thread}");
        meter.CreateObservableGauge("gil.waiting", () => Measure(static gil => gil.State.Waiters), "{thread}");
        meter.CreateObservableCounter("gil.switches", () => Measure(static gil => gil.SwitchCount), "{switch}");
        return meter;
    }

    private static IEnumerable<Measurement<long>> Measure(Func<GlobalInterpreterLock, long> value)
    {
        foreach (var (gil, number) in Locks)
            yield return new Measurement<long>(value(gil), new KeyValuePair<string, object?>("lock", number), new("name", gil.Name));
    }
}

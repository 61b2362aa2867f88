using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Quintet.Loops;

/// <summary>
/// The meters <c>Quintet.Asyncio</c> and <c>Quintet.Node</c>: what the loops that run have counted for themselves anyway, asked for when
/// somebody listens. A loop that starts or ends waits for no lock: it might be reported for that.
/// </summary>
internal sealed class LoopMeter
{
    internal static readonly LoopMeter Asyncio = new("Quintet.Asyncio", "asyncio");
    internal static readonly LoopMeter Node = new("Quintet.Node", "node");

    private ImmutableArray<LoopMetrics> _running = [];
    private int _numbers;

    private LoopMeter(string name, string model)
    {
        Model = model;
        var meter = new Meter(name);
        meter.CreateObservableUpDownCounter(model + ".loops", () => (long)Running.Length, "{loop}");
        meter.CreateObservableCounter(model + ".turns", () => Measure(static loop => loop.Turns), "{turn}");
        meter.CreateObservableCounter(model + ".callbacks", () => Measure(static loop => loop.Callbacks), "{callback}");
        meter.CreateObservableGauge(model + ".utilisation", () => Measure(static loop => loop.Utilisation), "1");
        meter.CreateObservableGauge(model + ".lag.p50", () => Measure(static loop => loop.LagPercentile(50).TotalSeconds), "s");
        meter.CreateObservableGauge(model + ".lag.p99", () => Measure(static loop => loop.LagPercentile(99).TotalSeconds), "s");
    }

    /// <summary>What the loops are called in names.</summary>
    internal string Model { get; }

    private ImmutableArray<LoopMetrics> Running => ImmutableInterlocked.InterlockedCompareExchange(ref _running, default, default);

    internal int NextNumber() => Interlocked.Increment(ref _numbers);

    internal void Add(LoopMetrics loop) => ImmutableInterlocked.Update(ref _running, static (all, one) => all.Add(one), loop);

    internal void Remove(LoopMetrics loop) => ImmutableInterlocked.Update(ref _running, static (all, one) => all.Remove(one), loop);

    private IEnumerable<Measurement<T>> Measure<T>(Func<LoopMetrics, T> value) where T : struct
    {
        foreach (var loop in Running) yield return new Measurement<T>(value(loop), new KeyValuePair<string, object?>("loop", loop.Number));
    }
}

// How the delay is measured
// -------------------------
// A timer that does not hold the loop runs at the resolution; the time between two of its callbacks is a sample. The samples lie in
// buckets of equal relative width: 64 to each power of two, so a value is known to 1.6 percent.
//
// Source: Node src/histogram.cc (IntervalHistogram), lib/internal/histogram.js.

using System.Numerics;

namespace Quintet.Node;

/// <summary>How late a loop comes to its timers, as a histogram. Source: Node's <c>perf_hooks.monitorEventLoopDelay</c>.</summary>
/// <remarks>Belongs to the loop's thread. A loop that is free gives samples near the resolution.</remarks>
public sealed class LoopDelayMonitor : IDisposable
{
    private const int BitsPerPower = 6;

    private readonly NodeLoop _loop;
    private readonly double _resolution;
    private readonly long[] _buckets = new long[(64 - BitsPerPower) << BitsPerPower];
    private NodeTimeout? _timer;
    private long _last;
    private double _sum;
    private double _squares;

    internal LoopDelayMonitor(NodeLoop loop, double resolution)
    {
        _loop = loop;
        _resolution = resolution;
    }

    /// <summary>How many samples there are.</summary>
    public long Count { get; private set; }

    /// <summary>The shortest; zero where there are no samples.</summary>
    public TimeSpan Min { get; private set; }

    /// <summary>The longest.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>Their mean; zero where there are no samples.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : Nanoseconds(_sum / Count);

    /// <summary>Their standard deviation; zero where there are no samples.</summary>
    public TimeSpan StandardDeviation => Count == 0
        ? TimeSpan.Zero
        : Nanoseconds(Math.Sqrt(Math.Max(0, (_squares / Count) - Math.Pow(_sum / Count, 2))));

    /// <summary>Begins to measure.</summary>
    /// <returns>False when it measures already.</returns>
    public bool Enable()
    {
        if (_timer is not null) return false;
        _last = 0;
        _timer = _loop.SetInterval(Sample, _resolution).Unref();
        return true;
    }

    /// <summary>Measures no more; the samples stay.</summary>
    /// <returns>False when it did not measure.</returns>
    public bool Disable()
    {
        if (_timer is null) return false;
        _timer.Close();
        _timer = null;
        return true;
    }

    /// <inheritdoc cref="Disable"/>
    public void Dispose() => Disable();

    /// <summary>Forgets the samples.</summary>
    public void Reset()
    {
        Array.Clear(_buckets);
        Count = 0;
        _sum = _squares = 0;
        Min = Max = TimeSpan.Zero;
        _last = 0;
    }

    /// <summary>What so many percent of the samples do not exceed.</summary>
    /// <param name="percentile">Above 0, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is outside its range.</exception>
    public TimeSpan Percentile(double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(percentile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * percentile / 100));
        long seen = 0;
        for (var bucket = 0; bucket < _buckets.Length && Count > 0; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted) return TimeSpan.FromTicks(Math.Min(Nanoseconds(UpperBound(bucket)).Ticks, Max.Ticks));
        }

        return TimeSpan.Zero;
    }

    private void Sample()
    {
        var now = _loop.Core.Clock.Now;
        if (_last > 0) Add(now - _last);
        _last = now;
    }

    private void Add(long nanoseconds)
    {
        _buckets[BucketOf(nanoseconds)]++;
        _sum += nanoseconds;
        _squares += (double)nanoseconds * nanoseconds;
        var time = Nanoseconds(nanoseconds);
        if (Count == 0 || time < Min) Min = time;
        if (time > Max) Max = time;
        Count++;
    }

    private static TimeSpan Nanoseconds(double value) => new((long)(value / 100));

    private static int BucketOf(long value)
    {
        if (value < 1 << BitsPerPower) return (int)Math.Max(0, value);
        var power = BitOperations.Log2((ulong)value) - BitsPerPower;
        return ((power + 1) << BitsPerPower) + (int)((value >> power) - (1 << BitsPerPower));
    }

    private static double UpperBound(int bucket)
    {
        if (bucket < 1 << BitsPerPower) return bucket;
        var power = (bucket >> BitsPerPower) - 1;
        return Math.ScaleB((bucket & ((1 << BitsPerPower) - 1)) + (1 << BitsPerPower) + 1, power) - 1;
    }
}

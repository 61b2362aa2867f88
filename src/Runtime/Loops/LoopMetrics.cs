namespace Quintet.Loops;

/// <summary>What a loop has done so far. May be read from any thread; the values are then those of a moment ago.</summary>
public sealed class LoopMetrics
{
    private readonly long[] _lag = new long[64];
    private long _started;
    private long _idle;
    private long _stopped;
    private readonly LoopClock _clock;
    private readonly LoopMeter _meter;

    internal LoopMetrics(LoopClock clock, LoopMeter meter)
    {
        (_clock, _meter) = (clock, meter);
        Number = meter.NextNumber();
    }

    /// <summary>By which meters and events tell of the loop.</summary>
    internal int Number { get; }

    /// <summary>How many turns the loop has made.</summary>
    public long Turns { get; internal set; }

    /// <summary>How many callbacks it has run.</summary>
    public long Callbacks { get; internal set; }

    /// <summary>The most calls that were ready at the start of one turn.</summary>
    public int MaxReady { get; internal set; }

    /// <summary>How many timers were counted in <see cref="LagPercentile"/>.</summary>
    public long LagSamples { get; private set; }

    /// <summary>The share of its running time in which the loop did not wait, from 0 to 1 (Node: <c>eventLoopUtilization</c>).</summary>
    public double Utilisation
    {
        get
        {
            var started = Volatile.Read(ref _started);
            if (started == 0) return 0;
            var end = Volatile.Read(ref _stopped) is var stopped and > 0 ? stopped : _clock.Now;
            return end <= started ? 0 : Math.Clamp(1 - (double)Volatile.Read(ref _idle) / (end - started), 0, 1);
        }
    }

    /// <summary>How late timers ran, as an upper bound of the histogram's bucket (Node: <c>monitorEventLoopDelay</c>).</summary>
    /// <param name="percentile">Above 0, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is outside its range.</exception>
    public TimeSpan LagPercentile(double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(percentile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        var wanted = (long)Math.Ceiling(LagSamples * percentile / 100);
        long seen = 0;
        for (var bucket = 0; bucket < _lag.Length; bucket++)
        {
            seen += _lag[bucket];
            if (seen >= wanted && seen > 0) return new TimeSpan(Math.Max((1L << Math.Min(bucket, 62)) / 100, 0));
        }

        return TimeSpan.Zero;
    }

    /// <summary>The time since the start, in milliseconds, in which the loop waited, and the rest.</summary>
    internal (double Idle, double Active) Split()
    {
        var started = Volatile.Read(ref _started);
        if (started == 0) return default;
        var end = Volatile.Read(ref _stopped) is var stopped and > 0 ? stopped : _clock.Now;
        var idle = Math.Min(Volatile.Read(ref _idle), end - started);
        return (idle / 1e6, (end - started - idle) / 1e6);
    }

    internal void Start()
    {
        _stopped = 0;
        if (_started == 0) _started = _clock.Now;
        _meter.Add(this);
    }

    internal void Stop()
    {
        _stopped = _clock.Now;
        _meter.Remove(this);
    }

    internal void AddIdle(long nanoseconds) => _idle += nanoseconds;

    /// <summary>Bucket n counts lags below 2^n nanoseconds.</summary>
    internal void AddLag(long nanoseconds)
    {
        _lag[nanoseconds <= 0 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)nanoseconds)]++;
        LagSamples++;
    }
}

using System.Diagnostics;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>How many units a worker may have at once, from how long units have taken lately. Begins with one and at most doubles.</summary>
internal sealed class PrefetchWindow(TimeSpan aim, int most)
{
    private readonly double _aimTicks = aim.TotalSeconds * Stopwatch.Frequency;
    private double _unitTicks;
    private long _busySince;

    internal int Size { get; private set; } = 1;

    /// <summary>The worker had nothing to do and now has.</summary>
    internal void Busy() => _busySince = Stopwatch.GetTimestamp();

    /// <summary>So many units have been answered since the last time, or since it had something to do.</summary>
    internal void Answered(int units)
    {
        var now = Stopwatch.GetTimestamp();
        var each = Math.Max(1, (double)(now - _busySince) / units);
        _busySince = now;
        _unitTicks = _unitTicks == 0 ? each : (_unitTicks + each) / 2;
        Size = (int)Math.Clamp(_aimTicks / _unitTicks, 1, Math.Min(most, Size * 2));
    }
}

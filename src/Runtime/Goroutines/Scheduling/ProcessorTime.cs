using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>
/// Whether the process has computed since the last look, as far as one thread can: on a busy machine the system sets threads aside, and a
/// goroutine that did not get on is not one that computes.
/// </summary>
internal struct ProcessorTime
{
    private const double AlmostAll = 0.75;

    private long _at;
    private TimeSpan _used;

    internal bool AllTheTime { get; private set; }

    internal void Look()
    {
        if (!OperatingSystem.IsBrowser()) Look(Environment.CpuUsage.TotalTime);
    }

    private void Look(TimeSpan used)
    {
        var now = Stopwatch.GetTimestamp();
        AllTheTime = (used - _used) > Stopwatch.GetElapsedTime(_at, now) * AlmostAll;
        (_at, _used) = (now, used);
    }
}

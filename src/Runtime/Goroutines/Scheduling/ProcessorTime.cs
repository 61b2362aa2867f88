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

    /// <summary>Of all threads of the process, since it began.</summary>
    internal static TimeSpan Used => OperatingSystem.IsBrowser() ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;

    internal bool AllTheTime { get; private set; }

    internal void Look()
    {
        var (now, used) = (Stopwatch.GetTimestamp(), Used);
        AllTheTime = (used - _used) > Stopwatch.GetElapsedTime(_at, now) * AlmostAll;
        (_at, _used) = (now, used);
    }
}

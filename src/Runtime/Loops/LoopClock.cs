using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>The monotonic clock of a loop, in nanoseconds from a point that means nothing.</summary>
internal class LoopClock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Longer than anything runs, and short enough to be added to any time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    internal static TimeSpan Limit(TimeSpan time) => time > Longest ? Longest : time < -Longest ? -Longest : time;

    internal static long Nanoseconds(TimeSpan time) => Limit(time).Ticks * TimeSpan.NanosecondsPerTick;

    internal virtual long Now => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * NanosecondsPerTick);
}

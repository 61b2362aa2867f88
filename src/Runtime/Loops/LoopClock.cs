using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>The monotonic clock of a loop, in nanoseconds from a point that means nothing.</summary>
internal class LoopClock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    internal virtual long Now => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * NanosecondsPerTick);
}

using Quintet.Loops;

namespace Quintet.Tests.Conformance;

/// <summary>A callback that holds its loop for a while.</summary>
internal static class Busy
{
    /// <summary>Virtual time is moved on, which is exact; real time passes for so long at least.</summary>
    internal static void For(LoopClock clock, TimeSpan time)
    {
        var nanoseconds = time.Ticks * TimeSpan.NanosecondsPerTick;
        if (clock is VirtualClock jumps)
        {
            jumps.Advance(nanoseconds);
            return;
        }

        var end = clock.Now + nanoseconds;
        while (clock.Now < end) Thread.SpinWait(100);
    }
}

using System.Runtime.InteropServices;

namespace Quintet.Bench.EventLoops;

/// <summary>The processor time of this process, all threads, user and system, in nanoseconds. Linux only, as the whole bench.</summary>
internal static partial class CpuClock
{
    private const int ProcessCpuTime = 2;

    internal static long Now
    {
        get
        {
            _ = clock_gettime(ProcessCpuTime, out var time);
            return time.Seconds * 1_000_000_000 + time.Nanoseconds;
        }
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}

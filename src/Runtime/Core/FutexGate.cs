using System.Runtime.InteropServices;

namespace Quintet.Core;

/// <summary>A gate on Linux's futex, whose time-out is in nanoseconds: Monitor.Wait truncates to whole milliseconds.</summary>
internal sealed unsafe partial class FutexGate : ThreadGate
{
    private const int WaitPrivate = 0 | 128;
    private const int WakePrivate = 1 | 128;
    private const int TimedOut = 110;

    // Pinned for life, on a cache line of its own.
    private readonly int[] _line = GC.AllocateArray<int>(32, pinned: true);
    private readonly int* _ticket;

    internal FutexGate() => _ticket = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_line, 16);

    internal static bool IsSupported { get; } =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    internal override int Ticket => Volatile.Read(ref *_ticket);

    private static nint FutexCall => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    internal override bool Wait(int ticket, TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            Futex(FutexCall, _ticket, WaitPrivate, ticket, null, null, 0);
            return true;
        }
        var span = Duration(timeout);
        var result = Futex(FutexCall, _ticket, WaitPrivate, ticket, &span, null, 0);
        return result == 0 || Marshal.GetLastPInvokeError() != TimedOut;
    }

    internal override void WakeOne()
    {
        Interlocked.Increment(ref *_ticket);
        Futex(FutexCall, _ticket, WakePrivate, 1, null, null, 0);
    }

    internal override void WakeAll()
    {
        Interlocked.Increment(ref *_ticket);
        Futex(FutexCall, _ticket, WakePrivate, int.MaxValue, null, null, 0);
    }

    internal static TimeSpec Duration(TimeSpan timeout) =>
        new()
        {
            Seconds = (nint)(timeout.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Futex(nint call, int* address, nint operation, nint value, TimeSpec* timeout, int* second, nint third);

    /// <summary>C's struct timespec.</summary>
    internal struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}

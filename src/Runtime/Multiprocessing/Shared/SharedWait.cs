// How processes wait for each other
// ---------------------------------
// On a word in shared memory, with Linux's futex: no thread of a broker stands between, a wait costs nothing while it lasts, and a killed
// waiter leaves nothing behind in the kernel. Every wait ends after a slice at the latest and looks again, so that no wake-up is needed for
// progress: one that went to a process that was killed in the same moment costs the others a slice, not their lives. After a slice without
// news the waiter also asks whether those on whom it waits still live.
//
// Elsewhere than on 64-bit Linux the word is looked at every millisecond. That works and wakes late; nothing better crosses processes there
// (Windows' WaitOnAddress and macOS's public calls do not, or not on all supported versions).
//
// Rejected: a broker in the parent. Each operation would cost two switches, and the parent's death would be everybody's.
//           pthread mutexes and conditions: the C library's condition waits for ever for a waiter that was killed in it.
//
// Source: futex(2).

using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Waiting on words in shared memory.</summary>
internal static unsafe partial class SharedWait
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    internal static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private static readonly bool HasFutex =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static nint FutexCall => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>
    /// Sleeps while the word is <paramref name="seen"/>, for a slice at most. Returns at any time; the caller looks at its condition again.
    /// </summary>
    /// <returns>False when the limits leave no time.</returns>
    /// <exception cref="OperationCanceledException">The limits' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed of in this process.</exception>
    internal static bool Pause(SharedSegment segment, int* word, int seen, in WaitLimits limits)
    {
        limits.Cancellation.ThrowIfCancellationRequested();
        segment.ThrowIfDisposed();
        var left = limits.Left;
        if (left == TimeSpan.Zero) return false;
        if (!limits.Cancellation.CanBeCanceled)
        {
            Sleep(word, seen, left < Slice ? left : Slice);
            return true;
        }

        // A cancellation between the look above and the sleep is noticed after the slice.
        var address = (nint)word;
        using (limits.Cancellation.UnsafeRegister(static at => Wake((int*)(nint)at!, int.MaxValue), address))
            Sleep(word, seen, left < Slice ? left : Slice);
        limits.Cancellation.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Says that the word's condition may have changed, and wakes so many of those who wait.</summary>
    internal static void Announce(int* word, int count = int.MaxValue)
    {
        Interlocked.Increment(ref *word);
        Wake(word, count);
    }

    internal static void Wake(int* word, int count)
    {
        if (HasFutex) Futex(FutexCall, word, WakeOperation, count, null, null, 0);
    }

    internal static void Sleep(int* word, int seen, TimeSpan time)
    {
        if (!HasFutex)
        {
            if (Volatile.Read(ref *word) == seen) Thread.Sleep(1);
            return;
        }
        var span = new TimeSpec { Nanoseconds = (nint)(time.Ticks * TimeSpan.NanosecondsPerTick) };
        Futex(FutexCall, word, WaitOperation, seen, &span, null, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Futex(nint call, int* address, nint operation, nint value, TimeSpec* timeout, int* second, nint third);

    /// <summary>C's struct timespec.</summary>
    private struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}

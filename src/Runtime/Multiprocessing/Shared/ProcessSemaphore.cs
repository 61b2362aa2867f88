// How a process semaphore works
// -----------------------------
// Nobody counts the free permits. Each process has a word that says how many it has, and what is free is the number at the start less their
// sum. So a permit is in one place, and those of a process that died are free again as soon as somebody who waits looks who lives.
//
// Invariants, true whenever the gate is free:
//   I1  Free = initial - sum of what the processes have, and 0 <= Free <= maximum (but for a process that died and was not yet missed).
//   I2  A process that gave more than it took has a word below zero; its slot stays when it dies, or permits would vanish.
//
// Locking: the gate guards all words; each operation changes one.
//
// Cancellation: who gives up has taken nothing.
//
// Source: CPython multiprocessing.synchronize.BoundedSemaphore. There the permits of a process that died are lost.

namespace Quintet.Multiprocessing;

/// <summary>
/// A number of permits between processes (Python: <c>multiprocessing.BoundedSemaphore</c>). A process that dies gives back what it had.
/// </summary>
/// <remarks>
/// A permit belongs to the process that waited for it. To signal, which is to release what another process waited for, use a
/// <see cref="ProcessQueue{T}"/> or <see cref="ProcessEvent"/>: here the death of who waited would take the signal back.
/// </remarks>
public sealed unsafe class ProcessSemaphore : SharedObject
{
    internal const int Size = 64 + SharedTable.Size;

    /// <summary>A semaphore of so many permits.</summary>
    /// <param name="initial">The permits that are free at first.</param>
    /// <param name="maximum">The most that may ever be free; 0 for <paramref name="initial"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or above the maximum, or both are 0.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessSemaphore(int initial, int maximum = 0) : base(Create(initial, maximum)) { }

    internal ProcessSemaphore(SharedSegment segment) : base(segment) { }

    /// <summary>The permits that are free now.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int CurrentCount
    {
        get
        {
            using var use = Segment.Use();
            Gate.TakeGate();
            try
            {
                Table.TakeBack();
                return Free;
            }
            finally
            {
                Gate.Release();
            }
        }
    }

    private SharedLock Gate => new(Segment, (long*)Segment.Pointer);

    private int* Words => (int*)(Segment.Pointer + SharedLock.Size);

    private int* Changed => Words + 2;

    private SharedTable Table => new((long*)(Segment.Pointer + 64));

    private int Free => (int)(Words[0] - Table.Sum());

    /// <summary>Waits for a permit.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Wait(CancellationToken cancellation = default) => Wait(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Waits for a permit, for <paramref name="timeout"/> at most.</summary>
    /// <returns>Whether this process has it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        while (true)
        {
            if (TryTake(out var seen)) return true;
            if (!SharedWait.Pause(Segment, Changed, seen, limits)) return false;
        }
    }

    /// <summary>Waits for a permit on a thread of its own, so that the caller's is free.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public Task WaitAsync(CancellationToken cancellation = default) =>
        Wait(TimeSpan.Zero, cancellation) ? Task.CompletedTask : WaitingThread.Run(() => Wait(cancellation), cancellation);

    /// <summary>Gives back <paramref name="count"/> permits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero.</exception>
    /// <exception cref="SemaphoreFullException">More permits than the maximum would be free.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = Segment.Use();
        Gate.TakeGate();
        try
        {
            if ((long)Free + count > Words[1]) throw new SemaphoreFullException();
            *Table.Of(Stamp.OfProcess) -= count;
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(Changed, count);
    }

    private bool TryTake(out int seen)
    {
        Gate.TakeGate();
        try
        {
            seen = Volatile.Read(ref *Changed);
            if (Free < 1 && !(Table.TakeBack() && Free > 0)) return false;
            *Table.Of(Stamp.OfProcess) += 1;
            return true;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static SharedSegment Create(int initial, int maximum)
    {
        if (maximum == 0) maximum = initial;
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, Math.Max(initial, 1));
        var segment = SharedSegment.Create(Size);
        var words = (int*)(segment.Pointer + SharedLock.Size);
        (words[0], words[1]) = (initial, maximum);
        return segment;
    }
}

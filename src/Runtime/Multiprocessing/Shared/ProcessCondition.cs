// How a process condition works
// -----------------------------
// Each waiter has a slot with a ticket: even while it waits, odd once it has been notified. To notify is to make the oldest even tickets
// odd and to wake all, each of whom looks at its own slot. Slots of the dead are passed over, so a notification goes to a living thread.
//
// Invariants, true whenever the mutex is free:
//   I1  Tickets are given in order; a slot's is above zero while its thread waits.
//   I2  A slot with an odd ticket is never notified again.
//
// Locking: the condition's mutex, but for a waiter's look at its own ticket.
//
// Cancellation: who gives up takes the mutex again first, as Python's wait does, and then leaves its slot; if it was notified in between,
// it was notified.
//
// Source: CPython threading.Condition, multiprocessing.synchronize.Condition. A waiter that dies after it was notified has taken the
// notification with it, as a thread would.

namespace Quintet.Multiprocessing;

/// <summary>Waiting for something that a mutex guards to become true (Python: <c>multiprocessing.Condition</c>).</summary>
public sealed unsafe class ProcessCondition : SharedObject
{
    internal const int Size = 64 + SharedTable.Size;

    private readonly bool _ownsMutex;

    /// <summary>A condition with a mutex of its own.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessCondition() : this(new ProcessMutex(), SharedSegment.Create(Size), ownsMutex: true) { }

    /// <summary>A condition of what <paramref name="mutex"/> guards; a mutex may have several.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    /// <exception cref="ObjectDisposedException">The mutex was disposed of in this process.</exception>
    public ProcessCondition(ProcessMutex mutex) : this(Living(mutex), SharedSegment.Create(Size), ownsMutex: false) { }

    internal ProcessCondition(ProcessMutex mutex, SharedSegment segment, bool ownsMutex) : base(segment)
    {
        Mutex = mutex;
        _ownsMutex = ownsMutex;
    }

    /// <summary>The mutex to hold when waiting and notifying. One that was given is disposed of on its own.</summary>
    public ProcessMutex Mutex { get; }

    private long* NextTicket => (long*)Segment.Pointer;

    private int* Changed => (int*)(Segment.Pointer + 8);

    private SharedTable Table => new((long*)(Segment.Pointer + 64));

    /// <summary>
    /// Lets the mutex go, waits to be notified, and takes the mutex again. Wait in a loop that looks at what is waited for.
    /// </summary>
    /// <exception cref="SynchronizationLockException">This thread does not hold the mutex.</exception>
    /// <exception cref="AbandonedProcessMutexException">A holder of the mutex died. It is not held now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the mutex is held.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Wait(CancellationToken cancellation = default) => Wait(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>As the other form, for <paramref name="timeout"/> at most. The mutex is held again either way.</summary>
    /// <returns>Whether this thread was notified.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="SynchronizationLockException">This thread does not hold the mutex.</exception>
    /// <exception cref="AbandonedProcessMutexException">A holder of the mutex died. It is not held now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the mutex is held.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        using var useOfMutex = Mutex.Handle.Use();
        Mutex.ThrowIfNotHeld();
        var ticket = Table.Of(Stamp.OfThread);
        Volatile.Write(ref *ticket, *NextTicket += 2);
        var depth = Mutex.ExitAll();
        bool notified;
        try
        {
            WaitForNotice(ticket, limits);
        }
        finally
        {
            try
            {
                Mutex.Return(depth);
            }
            finally
            {
                notified = (*ticket & 1) != 0;
                Table.Leave(ticket);
            }
        }
        if (!notified) cancellation.ThrowIfCancellationRequested();
        return notified;
    }

    /// <summary>
    /// Waits until <paramref name="condition"/> is true, which is asked while the mutex is held (Python: <c>wait_for</c>).
    /// </summary>
    /// <returns>Whether it is true; false after <paramref name="timeout"/>.</returns>
    /// <exception cref="SynchronizationLockException">This thread does not hold the mutex.</exception>
    /// <exception cref="AbandonedProcessMutexException">A holder of the mutex died. It is not held now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the mutex is held.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool WaitFor(Func<bool> condition, TimeSpan timeout, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limits = new WaitLimits(timeout, cancellation);
        while (!condition())
        {
            var left = limits.Left;
            if (left == TimeSpan.Zero) return false;
            Wait(left == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : left, cancellation);
        }
        return true;
    }

    /// <summary>Wakes those <paramref name="count"/> who have waited longest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero.</exception>
    /// <exception cref="SynchronizationLockException">This thread does not hold the mutex.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Notify(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = Segment.Use();
        Mutex.ThrowIfNotHeld();
        for (; count > 0; count--)
        {
            var oldest = Table.Oldest();
            if (oldest is null) break;
            Volatile.Write(ref *oldest, *oldest | 1);
        }
        SharedWait.Announce(Changed);
    }

    /// <summary>Wakes all who wait.</summary>
    /// <exception cref="SynchronizationLockException">This thread does not hold the mutex.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void NotifyAll() => Notify(int.MaxValue);

    /// <summary>Gives up this process's view, and that of a mutex which came with the condition.</summary>
    private protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_ownsMutex) Mutex.Dispose();
    }

    private static ProcessMutex Living(ProcessMutex mutex)
    {
        ArgumentNullException.ThrowIfNull(mutex);
        mutex.Handle.ThrowIfDisposed();
        return mutex;
    }

    private void WaitForNotice(long* ticket, in WaitLimits limits)
    {
        try
        {
            while (true)
            {
                var seen = Volatile.Read(ref *Changed);
                if ((Volatile.Read(ref *ticket) & 1) != 0 || !SharedWait.Pause(Segment, Changed, seen, limits)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // Whether it was notified before is known only when the mutex is held again; the caller looks and throws.
        }
    }
}

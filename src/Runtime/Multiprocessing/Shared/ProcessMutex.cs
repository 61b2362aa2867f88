// How a process mutex works
// -------------------------
// A SharedLock that users see. It belongs to a thread, which may take it several times.
//
// Invariants: those of SharedLock, and
//   I4  An abandoned mutex is held by nobody and given to nobody until Recover.
//
// Cancellation: who gives up has changed nothing.
//
// Source: CPython multiprocessing.synchronize.RLock for the use; pthread_mutexattr_setrobust(3) for the death of the owner. There the next
// taker holds the mutex with an error in hand; here it holds nothing, because an exception with a lock in hand is a lock never released.

namespace Quintet.Multiprocessing;

/// <summary>
/// Mutual exclusion between processes (Python: <c>multiprocessing.RLock</c>) that survives its owner: if a thread or process dies while it
/// holds the mutex, takers get <see cref="AbandonedProcessMutexException"/> until one calls <see cref="Recover"/>.
/// </summary>
/// <remarks>Belongs to the thread that took it, which may take it again; do not hold it across an await.</remarks>
public sealed unsafe class ProcessMutex : SharedObject
{
    internal const int Size = 64;

    /// <summary>A mutex that is free.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessMutex() : this(SharedSegment.Create(Size)) { }

    internal ProcessMutex(SharedSegment segment) : base(segment) { }

    /// <summary>Whether the calling thread holds it.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool IsHeldByCurrentThread
    {
        get
        {
            using var use = Segment.Use();
            return Lock.Holder == Stamp.OfThread;
        }
    }

    /// <summary>Whether its holder died, which a taker has found, and nobody has called <see cref="Recover"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool IsAbandoned
    {
        get
        {
            using var use = Segment.Use();
            return Lock.Holder == SharedLock.Abandoned;
        }
    }

    private SharedLock Lock => new(Segment, (long*)Segment.Pointer);

    /// <summary>Waits until the mutex is this thread's, and holds it until the result is disposed of.</summary>
    /// <exception cref="AbandonedProcessMutexException">Its holder died. It is not held now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public ProcessMutexScope Enter(CancellationToken cancellation = default)
    {
        TryEnter(Timeout.InfiniteTimeSpan, cancellation);
        return new ProcessMutexScope(this);
    }

    /// <summary>
    /// Waits for the mutex for <paramref name="timeout"/> at most. What returns true must be followed by <see cref="Exit"/>.
    /// </summary>
    /// <returns>Whether it is held now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="AbandonedProcessMutexException">Its holder died. It is not held now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        if (Lock.Holder == Stamp.OfThread)
        {
            Lock.Depth++;
            return true;
        }
        if (Lock.Take(limits, fromTheDead: false)) return true;
        if (Lock.Holder == SharedLock.Abandoned) throw new AbandonedProcessMutexException();
        return false;
    }

    /// <summary>
    /// Takes the mutex as <see cref="Enter"/> does, though its holder has died. What the mutex guards is for the caller to put in order;
    /// from then on the mutex is an ordinary one.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public ProcessMutexScope Recover(CancellationToken cancellation = default)
    {
        using var use = Segment.Use();
        if (Lock.Holder == Stamp.OfThread) Lock.Depth++;
        else Lock.Take(new WaitLimits(Timeout.InfiniteTimeSpan, cancellation), fromTheDead: true);
        return new ProcessMutexScope(this);
    }

    /// <summary>Undoes one <see cref="Enter"/> or <see cref="TryEnter"/> of this thread.</summary>
    /// <exception cref="SynchronizationLockException">This thread does not hold it.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Exit()
    {
        using var use = Segment.Use();
        ThrowIfNotHeld();
        if (--Lock.Depth == 0) Lock.Release();
    }

    internal void ThrowIfNotHeld()
    {
        if (Lock.Holder != Stamp.OfThread) throw new SynchronizationLockException("This thread does not hold the process mutex.");
    }

    /// <summary>Lets go, however often it is held. Returns how often that was.</summary>
    internal int ExitAll()
    {
        var depth = Lock.Depth;
        Lock.Release();
        return depth;
    }

    /// <summary>Takes it again as often as it was held.</summary>
    /// <exception cref="AbandonedProcessMutexException">Its holder died meanwhile.</exception>
    internal void Return(int depth)
    {
        if (!Lock.Take(WaitLimits.None, fromTheDead: false)) throw new AbandonedProcessMutexException();
        Lock.Depth = depth;
    }
}

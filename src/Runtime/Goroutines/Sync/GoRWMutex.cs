// How a reader/writer mutex works
// -------------------------------
// A count of readers, a flag for the writer, and a queue for each, under a spin lock; the lock is handed over directly. A waiting writer
// keeps new readers out; a writer that unlocks lets in all readers that wait, before the next writer.
//
// Invariants: R1 a writer holds the lock  =>  no reader does. R2 readers wait  =>  a writer holds the lock or waits for it.
//
// Source: package sync, RWMutex.

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>A lock for any number of readers or one writer (Go's <c>sync.RWMutex</c>). A waiting writer comes before new readers.</summary>
/// <remarks>Safe for use by any number of goroutines and threads at once. Not reentrant: a reader that reads again can deadlock.</remarks>
public sealed class GoRWMutex : Waitable
{
    private const int Write = 0;
    private const int Read = 1;

    private int _readers;
    private bool _writing;
    private WaitQueue _waitingReaders;
    private WaitQueue _waitingWriters;

    /// <summary>Locks for writing.</summary>
    /// <returns>What to await.</returns>
    public WaitOperation LockAsync() => new(this, Write);

    /// <summary>Locks for reading.</summary>
    /// <returns>What to await.</returns>
    public WaitOperation RLockAsync() => new(this, Read);

    /// <summary>Locks for writing and blocks the calling code until that is possible.</summary>
    public void Lock() => Block(Write);

    /// <summary>Locks for reading and blocks the calling code until that is possible.</summary>
    public void RLock() => Block(Read);

    /// <summary>Locks for writing if that is possible without waiting.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryLock() => TryNow(Write);

    /// <summary>Locks for reading if that is possible without waiting.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryRLock() => TryNow(Read);

    /// <summary>Ends writing.</summary>
    /// <exception cref="GoRuntimeException">sync: Unlock of unlocked RWMutex.</exception>
    public void Unlock()
    {
        Enter();
        if (!_writing)
        {
            Leave();
            throw new GoRuntimeException("sync: Unlock of unlocked RWMutex");
        }

        _writing = false;
        _readers = _waitingReaders.Count();
        var woken = _waitingReaders.DequeueAll();
        if (_readers == 0) woken = NextWriter();
        Leave();
        Wakes.All(woken);
    }

    /// <summary>Ends reading.</summary>
    /// <exception cref="GoRuntimeException">sync: RUnlock of unlocked RWMutex.</exception>
    public void RUnlock()
    {
        Enter();
        if (_readers == 0)
        {
            Leave();
            throw new GoRuntimeException("sync: RUnlock of unlocked RWMutex");
        }

        _readers--;
        var woken = _readers == 0 ? NextWriter() : null;
        Leave();
        Wakes.All(woken);
    }

    internal override bool TryNow(int kind)
    {
        Enter();
        var got = TryLocked(kind);
        Leave();
        return got;
    }

    internal override bool TryOrPark(Goroutine waiter, int kind)
    {
        Enter();
        var got = TryLocked(kind);
        if (!got)
        {
            BeforeParking(waiter);
            if (kind == Read) _waitingReaders.Enqueue(waiter);
            else _waitingWriters.Enqueue(waiter);
        }

        Leave();
        return got;
    }

    internal override void List(ParkedReport report)
    {
        List(in _waitingReaders, $"GoRWMutex #{Id} (read)", report);
        List(in _waitingWriters, $"GoRWMutex #{Id} (write)", report);
    }

    private bool TryLocked(int kind)
    {
        Debug.Assert(!_writing || _readers == 0, "R1: a reader beside a writer.");
        Debug.Assert(_waitingReaders.IsEmpty || _writing || !_waitingWriters.IsEmpty, "R2: readers wait for nobody.");
        if (kind == Write)
        {
            if (_writing || _readers > 0) return false;
            return _writing = true;
        }

        if (_writing || !_waitingWriters.IsEmpty) return false;
        _readers++;
        return true;
    }

    private WaitNode? NextWriter()
    {
        var writer = _waitingWriters.Dequeue();
        _writing = writer is not null;
        return writer;
    }
}

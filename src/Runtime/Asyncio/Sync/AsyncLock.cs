// How the lock works
// ------------------
// Waiters stand in a line. Release wakes the first, which takes the lock when it runs; nobody can take it before, because who comes finds
// the line not empty. A waiter that is cancelled after it was woken wakes the next one.
//
// Invariants:
//   I1  The lock is given in the order of the line, however long the woken one takes to run.
//   I2  A free lock with a line has a woken waiter at its head.
//
// Source: CPython Lib/asyncio/locks.py (Lock).

namespace Quintet.Asyncio;

/// <summary>A mutual exclusion between tasks. Not reentrant, not bound to its taker. Source: <c>asyncio.Lock</c>.</summary>
public sealed class AsyncLock : IReleasable
{
    private readonly LinkedList<Wakeup> _line = new();
    private LoopBinding _binding;

    /// <summary>Whether somebody has it.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Takes it; waits while somebody else has it. Disposing of the result releases it.</summary>
    public async Coroutine<AsyncLockScope> Acquire()
    {
        if (!IsLocked && AllGone())
        {
            IsLocked = true;
            return new AsyncLockScope(this);
        }

        var place = _line.AddLast(new Wakeup(_binding.LoopOf(nameof(AsyncLock))));
        try
        {
            try
            {
                await place.Value;
            }
            finally
            {
                _line.Remove(place);
            }
        }
        catch (CancelledError)
        {
            if (!IsLocked) WakeFirst();
            throw;
        }

        IsLocked = true;
        return new AsyncLockScope(this);
    }

    /// <summary>Gives it to the first in the line, or leaves it free.</summary>
    /// <exception cref="EventLoopException">Nobody has it.</exception>
    public void Release()
    {
        if (!IsLocked) throw new EventLoopException("Lock is not acquired.");
        IsLocked = false;
        WakeFirst();
    }

    private bool AllGone()
    {
        foreach (var waiter in _line)
            if (!waiter.IsCancelled) return false;
        return true;
    }

    private void WakeFirst()
    {
        if (_line.First is { Value.IsDone: false } first) first.Value.Set();
    }
}

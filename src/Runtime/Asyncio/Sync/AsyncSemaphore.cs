// How the semaphore works
// -----------------------
// A free place goes to a waiter when it is released, not when the waiter runs: the value is taken for it at once, so that nobody who
// comes in between can be faster. A waiter that is cancelled after that gives its place back.
//
// Invariants:
//   I1  Value counts the places that are neither taken nor promised.
//   I2  While somebody in the line waits unwoken, the value is 0.
//
// Source: CPython Lib/asyncio/locks.py (Semaphore), 3.11.5 and later.

namespace Quintet.Asyncio;

/// <summary>Lets a number of tasks in at a time, first come first served. Source: <c>asyncio.Semaphore</c>.</summary>
public class AsyncSemaphore : IReleasable
{
    private readonly LinkedList<Wakeup> _line = new();
    private LoopBinding _binding;

    /// <summary>A semaphore with <paramref name="value"/> places.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public AsyncSemaphore(int value = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>Whether <see cref="Acquire"/> would wait.</summary>
    public bool IsLocked => Value == 0 || SomebodyWaits();

    /// <summary>How many places are free.</summary>
    internal int Value { get; private set; }

    /// <summary>Takes a place; waits while there is none. Disposing of the result releases it.</summary>
    public async Coroutine<AsyncLockScope> Acquire()
    {
        if (!IsLocked)
        {
            Value--;
            return new AsyncLockScope(this);
        }

        var place = _line.AddLast(new Wakeup(_binding.LoopOf(nameof(AsyncSemaphore))));
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
            if (place.Value.State == FutureState.Finished) Value++;
            throw;
        }
        finally
        {
            while (Value > 0 && WakeNext()) { }
        }

        return new AsyncLockScope(this);
    }

    /// <summary>Gives a place back.</summary>
    public virtual void Release()
    {
        Value++;
        WakeNext();
    }

    private bool SomebodyWaits()
    {
        foreach (var waiter in _line)
            if (!waiter.IsCancelled) return true;
        return false;
    }

    private bool WakeNext()
    {
        foreach (var waiter in _line)
        {
            if (waiter.IsDone) continue;
            Value--;
            waiter.Set();
            return true;
        }

        return false;
    }
}

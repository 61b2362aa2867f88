// Source: CPython Lib/asyncio/locks.py (Condition), 3.13: a waiter that is cancelled after it was notified passes the notification on.

using System.Runtime.ExceptionServices;

namespace Quintet.Asyncio;

/// <summary>Waiting for a state that a lock guards. Source: <c>asyncio.Condition</c>.</summary>
public sealed class AsyncCondition(AsyncLock mutex)
{
    private readonly LinkedList<Wakeup> _waiters = new();
    private LoopBinding _binding;

    /// <summary>A condition with a lock of its own.</summary>
    public AsyncCondition() : this(new AsyncLock()) { }

    /// <summary>Whether somebody has the lock.</summary>
    public bool IsLocked => mutex.IsLocked;

    /// <summary>Takes the lock. Disposing of the result releases it.</summary>
    public Coroutine<AsyncLockScope> Acquire() => mutex.Acquire();

    /// <summary>Releases the lock.</summary>
    /// <exception cref="EventLoopException">Nobody has it.</exception>
    public void Release() => mutex.Release();

    /// <summary>Releases the lock, waits to be notified, and takes the lock again, also when cancelled.</summary>
    /// <exception cref="EventLoopException">Nobody has the lock.</exception>
    public async Coroutine Wait()
    {
        if (!mutex.IsLocked) throw new EventLoopException("cannot wait on un-acquired lock");
        var place = new LinkedListNode<Wakeup>(new Wakeup(_binding.LoopOf(nameof(AsyncCondition))));
        mutex.Release();
        Exception? error = null;
        _waiters.AddLast(place);
        try
        {
            await place.Value;
        }
        catch (Exception e)
        {
            error = e;
        }

        _waiters.Remove(place);
        error = await TakeAgain() ?? error;
        if (error is null) return;
        // It may have been notified without knowing: somebody else is woken for it, perhaps without need.
        NotifyWaiters(1);
        ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Waits, as often as it takes, until <paramref name="predicate"/> holds; it is called with the lock.</summary>
    public async Coroutine WaitFor(Func<bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        while (!predicate()) await Wait();
    }

    /// <summary>Wakes <paramref name="count"/> waiters, those first that came first. They go on when the lock is released.</summary>
    /// <exception cref="EventLoopException">Nobody has the lock.</exception>
    public void Notify(int count = 1)
    {
        if (!mutex.IsLocked) throw new EventLoopException("cannot notify on un-acquired lock");
        NotifyWaiters(count);
    }

    /// <summary>Wakes all waiters.</summary>
    /// <exception cref="EventLoopException">Nobody has the lock.</exception>
    public void NotifyAll() => Notify(_waiters.Count);

    private async Coroutine<Exception?> TakeAgain()
    {
        Exception? cancelled = null;
        while (true)
        {
            try
            {
                await mutex.Acquire();
                return cancelled;
            }
            catch (CancelledError error)
            {
                cancelled = error;
            }
        }
    }

    private void NotifyWaiters(int count)
    {
        foreach (var waiter in _waiters)
        {
            if (count <= 0) return;
            if (waiter.IsDone) continue;
            count--;
            waiter.Set();
        }
    }
}

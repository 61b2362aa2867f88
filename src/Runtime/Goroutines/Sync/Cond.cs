// How a condition variable works
// ------------------------------
// Each wait takes a ticket at the end of a list before it unlocks; a signal redeems the oldest ticket. So a signal that comes after the
// unlock and before the wait has parked is not lost, and cannot be taken by a wait that began later.
//
// Source: package sync, Cond; runtime/sema.go, notifyList.

namespace Quintet.Goroutines;

/// <summary>Lets goroutines wait until something that a mutex guards may have changed (Go's <c>sync.Cond</c>).</summary>
/// <param name="mutex">The mutex: held when <see cref="WaitAsync"/> is called and when it returns.</param>
/// <remarks>Safe for use by any number of goroutines and threads at once.</remarks>
public sealed class Cond(GoMutex mutex)
{
    private readonly Lock _gate = new();
    private readonly Queue<OneShot> _tickets = new();

    /// <summary>The mutex.</summary>
    public GoMutex Mutex { get; } = mutex ?? throw new ArgumentNullException(nameof(mutex));

    /// <summary>
    /// Unlocks the mutex, waits for a signal, locks the mutex. Check the condition again afterwards: call this in a loop.
    /// </summary>
    /// <returns>What to await.</returns>
    /// <exception cref="GoRuntimeException">The mutex is not locked.</exception>
    public async GoTask WaitAsync()
    {
        var ticket = Enter();
        await ticket.WaitAsync();
        await Mutex.LockAsync();
    }

    /// <summary>As <see cref="WaitAsync"/>, and blocks the calling code meanwhile.</summary>
    /// <exception cref="GoRuntimeException">The mutex is not locked.</exception>
    public void Wait()
    {
        Enter().Wait();
        Mutex.Lock();
    }

    /// <summary>Wakes the goroutine that has waited longest, if any. The mutex need not be held.</summary>
    public void Signal()
    {
        OneShot? ticket;
        lock (_gate) _tickets.TryDequeue(out ticket);
        ticket?.Happen();
    }

    /// <summary>Wakes everybody who waits. The mutex need not be held.</summary>
    public void Broadcast()
    {
        OneShot[] tickets;
        lock (_gate)
        {
            tickets = [.. _tickets];
            _tickets.Clear();
        }

        foreach (var ticket in tickets) ticket.Happen();
    }

    private OneShot Enter()
    {
        var ticket = new OneShot("Cond");
        lock (_gate) _tickets.Enqueue(ticket);
        Mutex.Unlock();
        return ticket;
    }
}

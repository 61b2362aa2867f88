namespace Quintet.Asyncio;

/// <summary>A flag that tasks can wait for. Source: <c>asyncio.Event</c>.</summary>
public sealed class AsyncEvent
{
    private readonly LinkedList<Wakeup> _waiters = new();
    private LoopBinding _binding;

    /// <summary>Whether the flag is up.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Raises the flag: everybody who waits goes on, even if it is lowered before they run.</summary>
    public void Set()
    {
        if (IsSet) return;
        IsSet = true;
        foreach (var waiter in _waiters)
            if (!waiter.IsDone) waiter.Set();
    }

    /// <summary>Lowers the flag.</summary>
    public void Clear() => IsSet = false;

    /// <summary>Waits until the flag is up.</summary>
    public async Coroutine Wait()
    {
        if (IsSet) return;
        var place = _waiters.AddLast(new Wakeup(_binding.LoopOf(nameof(AsyncEvent))));
        try
        {
            await place.Value;
        }
        finally
        {
            _waiters.Remove(place);
        }
    }
}

namespace Quintet.Loops;

/// <summary>A call that a loop will make at a point in time.</summary>
/// <remarks>Belongs to the loop's thread, as the loop does.</remarks>
public sealed class TimerHandle
{
    private TimerHeap? _heap;

    internal TimerHandle(TimerHeap heap, long when, SendOrPostCallback callback, object? state)
    {
        _heap = heap;
        WhenNanoseconds = when;
        Callback = callback;
        State = state;
    }

    /// <summary>When the call is due, on the loop's clock.</summary>
    public TimeSpan When => new(WhenNanoseconds / 100);

    /// <summary>Whether <see cref="Cancel"/> came before the call was made.</summary>
    public bool IsCancelled { get; private set; }

    internal long WhenNanoseconds { get; }

    internal SendOrPostCallback Callback { get; private set; }

    internal object? State { get; private set; }

    /// <summary>Whether its heap refers to it.</summary>
    internal bool InHeap { get; set; } = true;

    /// <summary>Sees to it that the call is not made. Does nothing when it has been made.</summary>
    public void Cancel()
    {
        var heap = _heap;
        if (heap is null) return;
        IsCancelled = true;
        heap.OnCancelled(this);
        _heap = null;
        Callback = static _ => { };
        State = null;
    }

    /// <summary>The call has run: there is nothing to cancel any more.</summary>
    internal void Detach() => _heap = null;
}

// How a process event works
// -------------------------
// One word: whether it is set, and above that how often it has been. Nobody owns it, so nobody's death matters.
//
// Invariant: the word only grows but for its lowest bit, so that who waits knows that the event was set even if it was reset at once.
//
// Source: CPython threading.Event, multiprocessing.synchronize.Event.

namespace Quintet.Multiprocessing;

/// <summary>A flag between processes that can be waited for (Python: <c>multiprocessing.Event</c>).</summary>
public sealed unsafe class ProcessEvent : SharedObject
{
    internal const int Size = 64;

    /// <summary>An event that is not set.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessEvent() : this(SharedSegment.Create(Size)) { }

    internal ProcessEvent(SharedSegment segment) : base(segment) { }

    /// <summary>Whether it is set now.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool IsSet
    {
        get
        {
            using var use = Segment.Use();
            return (Volatile.Read(ref *Word) & 1) != 0;
        }
    }

    private int* Word => (int*)Segment.Pointer;

    /// <summary>Sets it: all who wait go on, and so does who comes until <see cref="Reset"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Set()
    {
        using var use = Segment.Use();
        for (var word = Volatile.Read(ref *Word); (word & 1) == 0; word = Volatile.Read(ref *Word))
        {
            if (Interlocked.CompareExchange(ref *Word, unchecked(word + 3), word) != word) continue;
            SharedWait.Wake(Word, int.MaxValue);
            return;
        }
    }

    /// <summary>Makes it not set.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Reset()
    {
        using var use = Segment.Use();
        Interlocked.And(ref *Word, ~1);
    }

    /// <summary>Waits until it is set.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Wait(CancellationToken cancellation = default) => Wait(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Waits until it is set, for <paramref name="timeout"/> at most.</summary>
    /// <returns>Whether it was set, if only for a moment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        var first = Volatile.Read(ref *Word);
        while (true)
        {
            var word = Volatile.Read(ref *Word);
            if ((word & 1) != 0 || word >> 1 != first >> 1) return true;
            if (!SharedWait.Pause(Segment, Word, word, limits)) return false;
        }
    }

    /// <summary>Waits on a thread of its own until it is set.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public Task WaitAsync(CancellationToken cancellation = default) =>
        Wait(TimeSpan.Zero, cancellation) ? Task.CompletedTask : WaitingThread.Run(() => Wait(cancellation), cancellation);
}

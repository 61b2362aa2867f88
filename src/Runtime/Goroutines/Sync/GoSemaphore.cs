// How a weighted semaphore works
// ------------------------------
// First come, first served: while a large request waits at the head of the queue, small ones behind it wait too, so that it cannot starve.
//
// Source: golang.org/x/sync/semaphore.

namespace Quintet.Goroutines;

/// <summary>Bounds the use of something by weights (Go's <c>x/sync/semaphore.Weighted</c>).</summary>
/// <param name="size">The most that can be held together.</param>
/// <remarks>Safe for use by any number of goroutines and threads at once.</remarks>
public sealed class GoSemaphore(long size)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Weight, Chan<Unit> Ready)> _waiting = new();
    private long _held;

    /// <summary>The most that can be held together.</summary>
    public long Size { get; } = size < 0 ? throw new ArgumentOutOfRangeException(nameof(size)) : size;

    /// <summary>Takes <paramref name="weight"/>; waits until that is possible or the context ends.</summary>
    /// <param name="context">Ends the wait. A request for more than <see cref="Size"/> waits for this only.</param>
    /// <param name="weight">How much.</param>
    /// <returns>What to await.</returns>
    /// <exception cref="ContextCanceledException">The context was cancelled: nothing was taken.</exception>
    /// <exception cref="ContextDeadlineExceededException">The context's time is over: nothing was taken.</exception>
    public async GoTask AcquireAsync(GoContext context, long weight = 1)
    {
        if (Begin(context, weight) is { } wait) End(wait, await wait.Select, context, weight);
    }

    /// <summary>As <see cref="AcquireAsync"/>, and blocks the calling code meanwhile.</summary>
    /// <param name="context">Ends the wait. A request for more than <see cref="Size"/> waits for this only.</param>
    /// <param name="weight">How much.</param>
    /// <exception cref="ContextCanceledException">The context was cancelled: nothing was taken.</exception>
    /// <exception cref="ContextDeadlineExceededException">The context's time is over: nothing was taken.</exception>
    public void Acquire(GoContext context, long weight = 1)
    {
        if (Begin(context, weight) is { } wait) End(wait, wait.Select.Wait(), context, weight);
    }

    /// <summary>Takes <paramref name="weight"/> if that is possible without waiting and without overtaking anybody.</summary>
    /// <param name="weight">How much.</param>
    /// <returns>Whether it was.</returns>
    public bool TryAcquire(long weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        lock (_gate) return Fits(weight);
    }

    /// <summary>Gives <paramref name="weight"/> back.</summary>
    /// <param name="weight">How much.</param>
    /// <exception cref="GoRuntimeException">semaphore: released more than held.</exception>
    public void Release(long weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        lock (_gate)
        {
            if (weight > _held) throw new GoRuntimeException("semaphore: released more than held");
            _held -= weight;
        }

        Serve();
    }

    /// <summary>Takes the weight (null), or queues for it.</summary>
    private Waiting? Begin(GoContext context, long weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        if (context.Error is { } over) throw over;
        LinkedListNode<(long Weight, Chan<Unit> Ready)>? node = null;
        Chan<Unit> ready;
        lock (_gate)
        {
            if (Fits(weight)) return null;
            ready = new Chan<Unit>();
            if (weight <= Size) node = _waiting.AddLast((weight, ready));
        }

        var select = new Select();
        select.Receive(ready);
        return new Waiting(select, select.Done(context), node);
    }

    private void End(Waiting wait, int chosen, GoContext context, long weight)
    {
        if (chosen == wait.Over)
        {
            if (wait.Node is { } node) GiveUp(node, weight);
            throw context.Error!;
        }

        // Granted and ended at the same moment: the end counts, whichever the select saw first.
        if (context.Error is not { } ended) return;
        Release(weight);
        throw ended;
    }

    private bool Fits(long weight)
    {
        if (_waiting.Count > 0 || Size - _held < weight) return false;
        _held += weight;
        return true;
    }

    /// <summary>The wait was ended by the context. What was granted at the same moment is given back.</summary>
    private void GiveUp(LinkedListNode<(long Weight, Chan<Unit> Ready)> node, long weight)
    {
        lock (_gate)
        {
            if (node.List is not null) _waiting.Remove(node);
            else _held -= weight;
        }

        Serve();
    }

    private void Serve()
    {
        List<Chan<Unit>> served = [];
        lock (_gate)
        {
            while (_waiting.First is { } first && Size - _held >= first.Value.Weight)
            {
                _held += first.Value.Weight;
                _waiting.RemoveFirst();
                served.Add(first.Value.Ready);
            }
        }

        foreach (var ready in served) ready.Close();
    }

    /// <summary>A request in the queue; without a node one that can never be granted.</summary>
    private sealed record Waiting(Select Select, int Over, LinkedListNode<(long Weight, Chan<Unit> Ready)>? Node);
}

// How a gathering works
// ---------------------
// One watcher waits for all children, so that a child costs no object. A child that occurs twice is watched once: at its second
// occurrence the watcher is already the last that waits for it. One that is done is counted as often as it occurs.
//
// Invariants:
//   I1  _left is the number of calls of OnDone that are still to come.
//   I2  The results are taken when the last child is done; then all of them have one, or the gathering is done already.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/tasks.py (gather, _GatheringFuture).

namespace Quintet.Asyncio;

/// <summary>Several futures awaited as one; cancelling it cancels them.</summary>
internal abstract class Gathering<TResult> : Future<TResult>
{
    private readonly bool _stopAtError;
    private int _left;
    private bool _cancelRequested;

    private protected Gathering(Future[] children, bool stopAtError)
        : base(children.Length == 0 ? EventLoop.Current : children[0].Loop)
    {
        Children = children;
        _stopAtError = stopAtError;
    }

    private protected Future[] Children { get; }

    public override bool Cancel(string? message = null)
    {
        if (IsDone) return false;
        var any = false;
        foreach (var child in Children) any |= child.Cancel(message);
        _cancelRequested |= any;
        return any;
    }

    /// <summary>Begins to watch the children.</summary>
    internal Future<TResult> Start()
    {
        foreach (var child in Children)
        {
            ArgumentNullException.ThrowIfNull(child, "futures");
            if (child.Loop != Loop) throw new ArgumentException("The futures belong to different loops.");
        }

        var watcher = new FutureWatcher(OnDone);
        foreach (var child in Children)
        {
            if (child.IsLastWaiter(watcher)) continue;
            _left++;
            if (!child.IsDone) child.AddWaiter(watcher);
        }

        // Those that are done already count at once: with nothing but such, there is nothing to wait for (3.12 and later).
        foreach (var child in Children)
            if (child.IsDone) OnDone(child);
        if (Children.Length == 0) SetResult(Results());
        return this;
    }

    private protected abstract TResult Results();

    private void OnDone(object? state)
    {
        var child = (Future)state!;
        _left--;
        if (IsDone)
        {
            // Too late to be told to anybody here; who holds the child may still look.
            if (!child.IsCancelled) child.Retrieve();
        }
        else if (_stopAtError && child.IsCancelled) SetException(child.MakeCancelledError());
        else if (_stopAtError && child.Error is { } error)
        {
            child.Retrieve();
            SetException(error);
        }
        else if (_left == 0)
        {
            // As in CPython, the message is that of the last argument, also where it was asked to cancel and did not.
            if (_cancelRequested) SetException(Children[^1].MakeCancelledError());
            else SetResult(Results());
        }
    }
}

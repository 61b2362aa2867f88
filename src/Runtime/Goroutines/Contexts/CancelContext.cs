using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>A context that can end, and ends its children with it.</summary>
internal class CancelContext(GoContext parent) : DerivedContext(parent)
{
    /// <summary>Looked up as a value it gives the nearest context that can end.</summary>
    internal static readonly object Key = new();

    private readonly Lock _gate = new();
    private readonly Chan<Unit> _done = new();
    private HashSet<CancelContext>? _children;
    private CancelContext? _follows;
    private Exception? _error;
    private Exception? _cause;

    public override IReceiveChan<Unit> Done => _done;

    public override Exception? Error
    {
        get
        {
            if (Volatile.Read(ref _error) is not { } error) return null;

            // Whoever learns of the end from here finds Done closed, too: the one who ends the context is between the two.
            var spin = default(SpinWait);
            while (!_done.MayReceive) spin.SpinOnce(sleep1Threshold: -1);
            return error;
        }
    }

    internal Exception? CauseOfEnd => Error is null ? null : _cause;

    internal int ChildCount
    {
        get
        {
            lock (_gate) return _children?.Count ?? 0;
        }
    }

    /// <summary>A scheduler that takes the end for something that may come from outside until it has come; null for none.</summary>
    private protected virtual GoScheduler? AwaitedBy => null;

    private protected override bool KnowsEnd => true;

    /// <summary>Arranges to end with the parent.</summary>
    internal void FollowParent()
    {
        var parent = Parent;
        var done = parent.Done;
        if (done.Channel == Chan<Unit>.Nil) return;
        if (parent.Error is { } over)
        {
            End(over, parent.Cause, forget: false);
            return;
        }

        // A context of another class between here and the nearest one of ours may end by itself; then its channel is another one.
        if (parent.Value(Key) is CancelContext nearest && ReferenceEquals(nearest._done, done.Channel))
        {
            nearest.Adopt(this);
            return;
        }

        Go.Run(Watch(done), "", 0); // of no line of the user's
    }

    /// <summary>Ends the context and all below it, if it has not ended.</summary>
    /// <returns>Whether this call did it.</returns>
    internal bool End(Exception error, Exception? cause, bool forget)
    {
        if (!EndAlone(error, cause ?? error, out var children)) return false;
        List<GoScheduler>? awaiting = AwaitedBy is { } scheduler ? [scheduler] : null;
        if (children is not null)
        {
            var ending = new Stack<CancelContext>(children);
            while (ending.TryPop(out var child))
            {
                if (!child.EndAlone(error, cause ?? error, out var more)) continue;
                if (child.AwaitedBy is { } another) (awaiting ??= []).Add(another);
                if (more is null) continue;
                foreach (var grandchild in more) ending.Push(grandchild);
            }
        }

        if (forget) _follows?.Disown(this);
        foreach (var waiting in awaiting ?? []) waiting.EndExternal(); // whoever waits for any of these contexts is runnable now
        return true;
    }

    /// <summary>Called once, after the end.</summary>
    private protected virtual void OnEnded()
    {
    }

    private protected override bool Knows(object key, out object? value)
    {
        value = this;
        return ReferenceEquals(key, Key);
    }

    private protected override string Tell() => ".WithCancel";

    /// <summary>Ends this context, and leaves its children, which nobody else will end now, to the caller.</summary>
    private bool EndAlone(Exception error, Exception cause, out HashSet<CancelContext>? children)
    {
        lock (_gate)
        {
            children = _children;
            if (_error is not null) return false;
            _children = null;
            _cause = cause;
            Volatile.Write(ref _error, error);
        }

        _done.Close();
        OnEnded();
        Debug.Assert(ChildCount == 0, "C3: an ended context with children.");
        return true;
    }

    private void Adopt(CancelContext child)
    {
        lock (_gate)
        {
            if (_error is null)
            {
                child._follows = this;
                (_children ??= []).Add(child);
                return;
            }
        }

        child.End(_error, _cause, forget: false);
    }

    private void Disown(CancelContext child)
    {
        lock (_gate) _children?.Remove(child);
    }

    private async GoTask Watch(IReceiveChan<Unit> parentDone)
    {
        var select = new Select();
        var parentEnded = select.Receive(parentDone).Index;
        select.Receive(_done);
        if (await select == parentEnded) End(Parent.Error ?? ContextCanceledException.Instance, Parent.Cause, forget: false);
    }
}

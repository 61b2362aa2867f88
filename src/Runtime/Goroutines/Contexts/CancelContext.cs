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

    public override Exception? Error => Volatile.Read(ref _error);

    internal Exception? CauseOfEnd => Error is null ? null : _cause;

    internal int ChildCount
    {
        get
        {
            lock (_gate) return _children?.Count ?? 0;
        }
    }

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

        Go.Run(Watch(done));
    }

    /// <summary>Ends the context and all below it, if it has not ended.</summary>
    /// <returns>Whether this call did it.</returns>
    internal bool End(Exception error, Exception? cause, bool forget)
    {
        if (!EndAlone(error, cause ?? error, out var children)) return false;
        if (children is not null)
        {
            var ending = new Stack<CancelContext>(children);
            while (ending.TryPop(out var child))
            {
                if (!child.EndAlone(error, cause ?? error, out var more) || more is null) continue;
                foreach (var grandchild in more) ending.Push(grandchild);
            }
        }

        if (forget) _follows?.Disown(this);
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

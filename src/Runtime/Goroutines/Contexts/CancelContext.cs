using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>A context that can end, and ends its children with it.</summary>
internal class CancelContext(GoContext parent) : GoContext
{
    /// <summary>Looked up as a value it gives the nearest context that can end.</summary>
    internal static readonly object Key = new();

    private readonly Lock _gate = new();
    private readonly Chan<Unit> _done = new();
    private HashSet<CancelContext>? _children;
    private CancelContext? _follows;
    private Exception? _error;
    private Exception? _cause;

    public override DateTimeOffset? Deadline => parent.Deadline;

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

    public override object? Value(object key) => ReferenceEquals(key, Key) ? this : parent.Value(key);

    public override string ToString() => $"{parent}.WithCancel";

    /// <summary>Arranges to end with the parent.</summary>
    internal void FollowParent()
    {
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

    /// <summary>Ends the context, if it has not ended.</summary>
    /// <returns>Whether this call did it.</returns>
    internal bool End(Exception error, Exception? cause, bool forget)
    {
        HashSet<CancelContext>? children;
        lock (_gate)
        {
            if (_error is not null) return false;
            _cause = cause ?? error;
            Volatile.Write(ref _error, error);
            children = _children;
            _children = null;
        }

        _done.Close();
        foreach (var child in children ?? []) child.End(error, _cause, forget: false);
        OnEnded();
        if (forget) _follows?.Disown(this);
        Debug.Assert(ChildCount == 0, "C3: an ended context with children.");
        return true;
    }

    /// <summary>Called once, after the end.</summary>
    private protected virtual void OnEnded()
    {
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
        if (await select == parentEnded) End(parent.Error ?? ContextCanceledException.Instance, parent.Cause, forget: false);
    }
}

using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A timer of a Node loop. Source: Node's class <c>Timeout</c>.</summary>
public sealed class NodeTimeout : IDisposable
{
    private readonly NodeLoop _loop;
    private bool _isReffed = true;

    internal NodeTimeout(NodeLoop loop, Action callback, int milliseconds, bool repeats)
    {
        _loop = loop;
        Callback = callback;
        Milliseconds = milliseconds;
        Repeats = repeats;
        Context = AmbientContext.Capture();
    }

    /// <summary>Whether it holds the loop.</summary>
    public bool HasRef => _isReffed;

    internal Action Callback { get; }

    internal ExecutionContext Context { get; }

    internal int Milliseconds { get; }

    internal bool Repeats { get; private set; }

    /// <summary>When it was started, in milliseconds of the loop.</summary>
    internal long Started { get; set; }

    internal bool IsDestroyed { get; set; }

    internal TimerList? List { get; set; }

    internal NodeTimeout? Previous { get; set; }

    internal NodeTimeout? Next { get; set; }

    /// <summary>Lets it hold the loop.</summary>
    public NodeTimeout Ref()
    {
        if (!_isReffed && !IsDestroyed) _loop.Timers.RefCount++;
        _isReffed = true;
        return this;
    }

    /// <summary>Lets the loop end although it has not run.</summary>
    public NodeTimeout Unref()
    {
        if (_isReffed && !IsDestroyed) _loop.Timers.RefCount--;
        _isReffed = false;
        return this;
    }

    /// <summary>Starts it anew, with its old duration, also when it has run.</summary>
    public NodeTimeout Refresh()
    {
        _loop.CheckThread();
        // A timer that was cleared stays cleared; one that has run comes back.
        if (List is not null) _loop.Timers.Move(this);
        else if (!IsCleared) _loop.Timers.Start(this);
        return this;
    }

    /// <summary>Sees to it that it does not run (any more).</summary>
    public void Close()
    {
        _loop.CheckThread();
        IsCleared = true;
        Repeats = false;
        _loop.Timers.Stop(this);
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    internal bool IsCleared { get; private set; }
}

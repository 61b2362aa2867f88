using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A timer of a Node loop. Source: Node's class <c>Timeout</c>.</summary>
/// <remarks>Programs hold many of them: the list says for all of its timers what they have in common.</remarks>
public sealed class NodeTimeout : IDisposable
{
    private object _call;

    internal NodeTimeout(TimerList list, Action callback, bool repeats)
    {
        List = list;
        Repeats = repeats;
        _call = NodeCall.Of(callback, AmbientContext.Capture());
    }

    /// <summary>Whether it holds the loop.</summary>
    public bool HasRef { get; private set; } = true;

    internal Action Target => _call as Action ?? ((NodeCall)_call).Target;

    internal bool Repeats { get; private set; }

    internal bool IsDestroyed { get; set; }

    internal bool IsCleared { get; private set; }

    /// <summary>Whether it waits in its list.</summary>
    internal bool IsListed { get; set; }

    /// <summary>When it was started, in milliseconds of the loop.</summary>
    internal long Started { get; set; }

    /// <summary>The timers of its duration: where it waits, or waited last.</summary>
    internal TimerList List { get; set; }

    internal NodeTimeout? Previous { get; set; }

    internal NodeTimeout? Next { get; set; }

    /// <summary>Lets it hold the loop.</summary>
    public NodeTimeout Ref()
    {
        if (!HasRef && !IsDestroyed) List.Timers.RefCount++;
        HasRef = true;
        return this;
    }

    /// <summary>Lets the loop end although it has not run.</summary>
    public NodeTimeout Unref()
    {
        if (HasRef && !IsDestroyed) List.Timers.RefCount--;
        HasRef = false;
        return this;
    }

    /// <summary>Starts it anew, with its old duration, also when it has run.</summary>
    public NodeTimeout Refresh()
    {
        var timers = List.Timers;
        timers.CheckThread();
        // A timer that was cleared stays cleared; one that has run comes back.
        if (IsListed) timers.Move(this);
        else if (!IsCleared) timers.Start(this);
        return this;
    }

    /// <summary>Sees to it that it does not run (any more).</summary>
    public void Close()
    {
        List.Timers.CheckThread();
        IsCleared = true;
        Repeats = false;
        List.Timers.Stop(this);
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    internal void Invoke()
    {
        if (_call.GetType() == typeof(Action)) ((Action)_call)();
        else ((NodeCall)_call).Invoke();
        if (Repeats || IsListed) KeepContext();
    }

    /// <summary>What the callback has set for its rest holds for its next call, too: that is the same timer.</summary>
    private void KeepContext()
    {
        var context = AmbientContext.Capture();
        if (context != (_call is NodeCall known ? known.Context : AmbientContext.Empty)) _call = NodeCall.Of(Target, context);
    }
}

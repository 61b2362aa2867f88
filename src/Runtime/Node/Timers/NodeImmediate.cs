using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A call in the check phase. Source: Node's class <c>Immediate</c>.</summary>
public sealed class NodeImmediate : IDisposable
{
    private readonly NodeLoop _loop;

    internal NodeImmediate(NodeLoop loop, Action callback)
    {
        _loop = loop;
        Callback = callback;
        Context = AmbientContext.Capture();
    }

    /// <summary>Whether it holds the loop.</summary>
    public bool HasRef { get; private set; } = true;

    internal Action Callback { get; }

    internal ExecutionContext Context { get; }

    internal NodeImmediate? Next { get; set; }

    internal bool IsDestroyed { get; set; }

    /// <summary>Lets it hold the loop.</summary>
    public NodeImmediate Ref()
    {
        if (!HasRef && !IsDestroyed) _loop.CountImmediate(1);
        HasRef = true;
        return this;
    }

    /// <summary>Lets the loop end although it has not run.</summary>
    public NodeImmediate Unref()
    {
        if (HasRef && !IsDestroyed) _loop.CountImmediate(-1);
        HasRef = false;
        return this;
    }

    /// <summary>Sees to it that it does not run.</summary>
    public void Dispose() => _loop.ClearImmediate(this);
}

using System.Runtime.CompilerServices;

namespace Quintet.Node;

// The same with asynchronous callbacks, which would be async void otherwise: what they throw is a rejection, as in Node. They come first
// where both forms fit.
public sealed partial class NodeLoop
{
    /// <summary>As <see cref="SetTimeout(Action, double)"/>, for an asynchronous callback.</summary>
    [OverloadResolutionPriority(1)]
    public NodeTimeout SetTimeout(Func<Promise> callback, double milliseconds = 1) => SetTimeout(Begin(callback), milliseconds);

    /// <summary>As <see cref="SetInterval(Action, double)"/>, for an asynchronous callback, whose end is not waited for.</summary>
    [OverloadResolutionPriority(1)]
    public NodeTimeout SetInterval(Func<Promise> callback, double milliseconds = 1) => SetInterval(Begin(callback), milliseconds);

    /// <summary>As <see cref="SetImmediate(Action)"/>, for an asynchronous callback.</summary>
    [OverloadResolutionPriority(1)]
    public NodeImmediate SetImmediate(Func<Promise> callback) => SetImmediate(Begin(callback));

    /// <summary>As <see cref="NextTick(Action)"/>, for an asynchronous callback.</summary>
    [OverloadResolutionPriority(1)]
    public void NextTick(Func<Promise> callback) => NextTick(Begin(callback));

    /// <summary>As <see cref="QueueMicrotask(Action)"/>, for an asynchronous callback.</summary>
    [OverloadResolutionPriority(1)]
    public void QueueMicrotask(Func<Promise> callback) => QueueMicrotask(Begin(callback));

    private static Action Begin(Func<Promise> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return () => callback();
    }
}

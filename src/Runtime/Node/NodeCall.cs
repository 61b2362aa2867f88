using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A call with the async-local values that were there when it was asked for.</summary>
internal sealed class NodeCall(Action action, ExecutionContext context)
{
    internal static readonly SendOrPostCallback Plain = static state => ((Action)state!)();

    internal static readonly SendOrPostCallback WithContext = static state => ((NodeCall)state!).Invoke();

    internal Action Target => action;

    internal ExecutionContext Context => context;

    /// <summary>The action itself where there is no value to bring along.</summary>
    internal static object Of(Action action, ExecutionContext context) =>
        context == AmbientContext.Empty ? action : new NodeCall(action, context);

    internal static void Push(CallRing ring, Action action)
    {
        var context = AmbientContext.Capture();
        if (context == AmbientContext.Empty) ring.Push(Plain, action);
        else ring.Push(WithContext, new NodeCall(action, context));
    }

    internal void Invoke()
    {
        AmbientContext.EnterFromEmpty(context);
        action();
    }
}

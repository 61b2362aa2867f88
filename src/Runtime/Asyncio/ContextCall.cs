using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A call with the async-local values that were there when it was asked for.</summary>
internal sealed class ContextCall(Action action, ExecutionContext context)
{
    internal static readonly SendOrPostCallback Run = static state => ((ContextCall)state!).Invoke();

    private Action? _action = action;

    internal Delegate? Target => _action;

    internal bool Cancel()
    {
        var pending = _action is not null;
        _action = null;
        return pending;
    }

    private void Invoke()
    {
        var call = _action;
        _action = null;
        if (call is null) return;
        AmbientContext.Enter(context);
        call();
    }
}

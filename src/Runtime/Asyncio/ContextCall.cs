using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A call with the async-local values that were there when it was asked for.</summary>
internal sealed class ContextCall(Action action, ExecutionContext context)
{
    internal static readonly SendOrPostCallback Run = static state => ((ContextCall)state!).Invoke();

    private bool _over;

    /// <summary>What is called; also afterwards, for who has to name what failed or was slow.</summary>
    internal Delegate Target => action;

    internal bool Cancel()
    {
        var pending = !_over;
        _over = true;
        return pending;
    }

    private void Invoke()
    {
        if (_over) return;
        _over = true;
        AmbientContext.Enter(context);
        action();
    }
}

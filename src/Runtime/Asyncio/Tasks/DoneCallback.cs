namespace Quintet.Asyncio;

/// <summary>One call to make when a future is done, in the context in which it was asked for.</summary>
internal sealed class DoneCallback(Future source, Action<Future> action, ExecutionContext context)
{
    internal static readonly SendOrPostCallback Run = static state => ((DoneCallback)state!).Invoke();

    internal Action<Future> Action { get; } = action;

    private void Invoke()
    {
        Loops.AmbientContext.Enter(context);
        Action(source);
    }
}

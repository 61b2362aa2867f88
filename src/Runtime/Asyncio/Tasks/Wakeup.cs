namespace Quintet.Asyncio;

/// <summary>A future without a value: what sleepers and waiters of the primitives wait for.</summary>
internal sealed class Wakeup(EventLoop loop) : Future(loop)
{
    internal static readonly SendOrPostCallback SetCallback = static state =>
    {
        var wakeup = (Wakeup)state!;
        if (!wakeup.IsDone) wakeup.Set();
    };

    internal void Set() => CompleteWithResult();
}

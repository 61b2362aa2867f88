namespace Quintet.Asyncio;

/// <summary>An awaiter that knows tasks: it needs no continuation delegate, and cancellation is delivered at its await.</summary>
internal interface ILoopAwaiter
{
    /// <summary>The task is about to leave the loop to others; <paramref name="frame"/> is the coroutine that awaits.</summary>
    void Suspend(LoopTask task, CoroutineBox frame);
}

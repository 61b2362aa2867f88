using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a future: the task that awaits continues in the turn after its completion.</summary>
public readonly struct FutureAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly Future _future;

    internal FutureAwaiter(Future future) => _future = future;

    /// <summary>Whether the await goes on at once.</summary>
    public bool IsCompleted => _future.IsDone;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_future, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_future, continuation);

    /// <summary>The outcome; a cancellation of the awaiting task is thrown here.</summary>
    public void GetResult()
    {
        _future.Loop.RunningTask?.ThrowPending();
        _future.ThrowUnlessFinished();
    }

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => task.WaitFor(_future);
}

using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a future: the task that awaits continues in the turn after its completion.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

    /// <summary>Whether the await goes on at once.</summary>
    public bool IsCompleted => _future.IsDone;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_future, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_future, continuation);

    /// <summary>The outcome; a cancellation of the awaiting task is thrown here.</summary>
    public T GetResult()
    {
        _future.Loop.RunningTask?.ThrowPending();
        return _future.Result;
    }

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => task.WaitFor(_future);
}

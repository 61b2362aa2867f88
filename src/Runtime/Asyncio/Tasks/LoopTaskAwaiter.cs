using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a task with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct LoopTaskAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly LoopTask<T> _task;

    internal LoopTaskAwaiter(LoopTask<T> task) => _task = task;

    /// <summary>Whether the await goes on at once.</summary>
    public bool IsCompleted => _task.IsDone;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_task, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LoopTask.AwaitFromOutside(_task, continuation);

    /// <summary>The outcome; a cancellation of the awaiting task is thrown here.</summary>
    public T GetResult()
    {
        _task.Loop.RunningTask?.ThrowPending();
        return _task.Result;
    }

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => task.WaitFor(_task);
}

using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Lets every other ready call run once: Python's <c>await asyncio.sleep(0)</c>.</summary>
public readonly struct TurnAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly EventLoop _loop;

    internal TurnAwaiter(EventLoop loop) => _loop = loop;

    /// <summary>Always false: it is a switch.</summary>
    public bool IsCompleted => false;

    /// <summary>Itself, so that it can be awaited.</summary>
    public TurnAwaiter GetAwaiter() => this;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation)
    {
        var task = _loop.RunningTask;
        var rest = task is null ? continuation : () =>
        {
            task.EndTurnOutside();
            continuation();
        };
        new ForeignContinuation(_loop, task, rest).Schedule();
    }

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    /// <summary>A cancellation of the awaiting task is thrown here.</summary>
    public void GetResult() => _loop.RunningTask?.ThrowPending();

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame)
    {
        task.MarkInterruptible();
        _loop.Schedule(task);
    }
}

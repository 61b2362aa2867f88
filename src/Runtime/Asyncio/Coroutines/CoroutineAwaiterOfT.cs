using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a coroutine: its body runs in the awaiting task, without a switch.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct CoroutineAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly CoroutineBox<T> _box;
    private readonly int _version;

    internal CoroutineAwaiter(CoroutineBox<T> box, int version)
    {
        _box = box;
        _version = version;
    }

    /// <summary>
    /// False, but for some coroutines of the library that have nothing to wait for: the body runs when the awaiting coroutine has been
    /// put aside, so that deep awaits need no deep stack.
    /// </summary>
    public bool IsCompleted => _box is { IsQuick: true } && _box.TryFinish(_version);

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LoopTask.RunFromOutside(_box, _version, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LoopTask.RunFromOutside(_box, _version, continuation);

    /// <summary>The outcome.</summary>
    public T GetResult() => CoroutineCore.TakeOutcome(_box);

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => task.Descend(_box, _version, frame);
}

using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a coroutine: its body runs in the awaiting task, without a switch.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct CoroutineAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    /// <summary>Null when the coroutine was awaited before: an await of it goes on at once, and throws.</summary>
    private readonly CoroutineBox<T>? _box;
    private readonly int _version;

    internal CoroutineAwaiter(CoroutineBox<T>? box, int version)
    {
        _box = box is not null && box.CanStart(version) ? box : null;
        _version = version;
    }

    /// <summary>
    /// False, but for some coroutines of the library that have nothing to wait for (and for one that was awaited before): the body runs
    /// when the awaiting coroutine has been put aside, so that deep awaits need no deep stack.
    /// </summary>
    public bool IsCompleted => _box is null || (_box.IsQuick && _box.TryFinish(_version));

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LoopTask.RunFromOutside(_box!, _version, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LoopTask.RunFromOutside(_box!, _version, continuation);

    /// <summary>The outcome.</summary>
    /// <exception cref="InvalidOperationException">The coroutine was awaited before.</exception>
    public T GetResult() => CoroutineCore.TakeOutcome(_box ?? throw CoroutineBox.IsUsed());

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => task.Descend(_box, _version, frame);
}

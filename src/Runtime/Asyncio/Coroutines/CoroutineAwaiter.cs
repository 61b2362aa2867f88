using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>Awaits a coroutine: its body runs in the awaiting task, without a switch.</summary>
public readonly struct CoroutineAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    /// <summary>Null when the coroutine was awaited before: an await of it goes on at once, and throws.</summary>
    private readonly CoroutineBox<Nothing>? _box;
    private readonly int _version;

    internal CoroutineAwaiter(CoroutineBox<Nothing>? box, int version)
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
    public void GetResult()
    {
        if (_box is null) throw CoroutineBox.IsUsed();
        if (_box.GetType() == typeof(TurnCoroutine)) Unsafe.As<TurnCoroutine>(_box).EndTurn();
        else CoroutineCore.TakeOutcome(_box);
    }

    void ILoopAwaiter.Suspend(LoopTask task, CoroutineBox frame) => SuspendIn(task, frame);

    internal void SuspendIn(LoopTask task, CoroutineBox frame)
    {
        if (_box!.GetType() == typeof(TurnCoroutine)) Unsafe.As<TurnCoroutine>(_box).BeginTurn(task, _version);
        else task.Descend(_box, _version, frame);
    }
}

namespace Quintet.Asyncio;

/// <summary>A task with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <remarks>Source: <c>asyncio.Task</c>. The loop holds its tasks strongly: one that nobody refers to still runs to its end.</remarks>
public sealed class LoopTask<T> : LoopTask, IFuture<T>
{
    private readonly CoroutineBox<T> _box;
    private T _value = default!;

    internal LoopTask(EventLoop loop, Coroutine<T> coroutine, string? name, LoopContext? context)
        : base(loop, coroutine.Box, coroutine.Version, name, context) => _box = coroutine.Box;

    /// <inheritdoc/>
    public T Result
    {
        get
        {
            if (State != FutureState.Finished) ThrowUnlessFinished();
            return _value;
        }
    }

    /// <summary>Makes it awaitable.</summary>
    public new LoopTaskAwaiter<T> GetAwaiter() => new(this);

    Future IFuture<T>.AsFuture() => this;

    private protected override void TakeResult()
    {
        _value = _box.Value;
        _box.Recycle();
        CompleteWithResult();
    }
}

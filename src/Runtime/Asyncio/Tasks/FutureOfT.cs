namespace Quintet.Asyncio;

/// <summary>A result that somebody will set. Made by <see cref="EventLoop.CreateFuture{T}"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <remarks>Source: <c>asyncio.Future</c>.</remarks>
public class Future<T> : Future, IFuture<T>
{
    private T _value = default!;

    internal Future(EventLoop loop) : base(loop) { }

    /// <inheritdoc/>
    public T Result
    {
        get
        {
            if (State != FutureState.Finished) ThrowUnlessFinished();
            return _value;
        }
    }

    /// <summary>Ends it with a result, and schedules who waits for it.</summary>
    /// <exception cref="InvalidStateError">It is done already.</exception>
    public void SetResult(T value)
    {
        if (State == FutureState.Pending) _value = value;
        CompleteWithResult();
    }

    /// <summary>Makes it awaitable.</summary>
    public new FutureAwaiter<T> GetAwaiter() => new(this);

    Future IFuture<T>.AsFuture() => this;
}

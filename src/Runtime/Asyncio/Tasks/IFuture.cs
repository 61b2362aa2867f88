namespace Quintet.Asyncio;

/// <summary>A <see cref="Future{T}"/> or a <see cref="LoopTask{T}"/>. Only those two implement it.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public interface IFuture<out T>
{
    /// <summary>The result.</summary>
    /// <exception cref="InvalidStateError">It is not done.</exception>
    /// <exception cref="CancelledError">It was cancelled.</exception>
    T Result { get; }

    /// <summary>The same object, without its type.</summary>
    Future AsFuture();
}

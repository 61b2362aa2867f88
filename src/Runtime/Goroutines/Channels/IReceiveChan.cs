namespace Quintet.Goroutines;

/// <summary>The receiving side of a channel: Go's <c>&lt;-chan T</c>. It cannot be closed from here.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public interface IReceiveChan<T> : IAsyncEnumerable<T>
{
    /// <summary>How many values wait in the buffer.</summary>
    int Count { get; }

    /// <summary>How many values the buffer can hold; 0 for a channel without one.</summary>
    int Capacity { get; }

    /// <summary>The channel itself.</summary>
    internal Chan<T> Channel { get; }

    /// <inheritdoc cref="Chan{T}.ReceiveAsync()"/>
    ReceiveOperation<T> ReceiveAsync();

    /// <inheritdoc cref="Chan{T}.ReceiveAsync(CancellationToken)"/>
    GoTask<Received<T>> ReceiveAsync(CancellationToken cancellation);

    /// <inheritdoc cref="Chan{T}.Receive"/>
    Received<T> Receive();

    /// <inheritdoc cref="Chan{T}.TryReceive"/>
    bool TryReceive(out Received<T> received);

    /// <summary>Enumerates what is received, until the channel is closed and drained: Go's <c>for v := range c</c>.</summary>
    /// <returns>The enumerator, for <c>await foreach</c>.</returns>
    ChanEnumerator<T> GetAsyncEnumerator();
}

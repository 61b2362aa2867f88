namespace Quintet.Goroutines;

/// <summary>The sending side of a channel: Go's <c>chan&lt;- T</c>.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public interface ISendChan<T>
{
    /// <summary>How many values wait in the buffer.</summary>
    int Count { get; }

    /// <summary>How many values the buffer can hold; 0 for a channel without one.</summary>
    int Capacity { get; }

    /// <summary>The channel itself.</summary>
    internal Chan<T> Channel { get; }

    /// <inheritdoc cref="Chan{T}.SendAsync(T)"/>
    SendOperation<T> SendAsync(T value);

    /// <inheritdoc cref="Chan{T}.SendAsync(T, CancellationToken)"/>
    GoTask SendAsync(T value, CancellationToken cancellation);

    /// <inheritdoc cref="Chan{T}.Send"/>
    void Send(T value);

    /// <inheritdoc cref="Chan{T}.TrySend"/>
    bool TrySend(T value);

    /// <inheritdoc cref="Chan{T}.Close"/>
    void Close();
}

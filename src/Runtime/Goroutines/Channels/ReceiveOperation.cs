namespace Quintet.Goroutines;

/// <summary>A receive that waits for its await.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public readonly struct ReceiveOperation<T>
{
    private readonly Chan<T> _channel;

    internal ReceiveOperation(Chan<T> channel) => _channel = channel;

    /// <summary>Lets the receive be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public ReceiveAwaiter<T> GetAwaiter() => new(_channel);

    /// <summary>Starts the receive now and tells its end to code outside of the model.</summary>
    /// <returns>A task that ends with what was received.</returns>
    public async Task<Received<T>> AsTask() => await this;
}

namespace Quintet.Goroutines;

/// <summary>A send that waits for its await.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public readonly struct SendOperation<T>
{
    private readonly Chan<T> _channel;
    private readonly T _value;

    internal SendOperation(Chan<T> channel, T value) => (_channel, _value) = (channel, value);

    /// <summary>Lets the send be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public SendAwaiter<T> GetAwaiter() => new(_channel, _value);

    /// <summary>Starts the send now and tells its end to code outside of the model.</summary>
    /// <returns>A task that ends when the value was taken.</returns>
    public async Task AsTask() => await this;
}

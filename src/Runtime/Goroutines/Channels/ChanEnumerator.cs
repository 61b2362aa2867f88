namespace Quintet.Goroutines;

/// <summary>Receives until the channel is closed and drained; for <c>await foreach</c>.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public sealed class ChanEnumerator<T>
{
    private readonly Chan<T> _channel;

    internal ChanEnumerator(Chan<T> channel) => _channel = channel;

    /// <summary>The value received last.</summary>
    public T Current { get; private set; } = default!;

    /// <summary>Receives the next value.</summary>
    /// <returns>What to await: false when the channel is closed and drained.</returns>
    public MoveNextOperation MoveNextAsync() => new(this);

    /// <summary>A step of the enumeration that waits for its await.</summary>
    public readonly struct MoveNextOperation
    {
        private readonly ChanEnumerator<T> _enumerator;

        internal MoveNextOperation(ChanEnumerator<T> enumerator) => _enumerator = enumerator;

        /// <summary>Lets the step be awaited.</summary>
        /// <returns>The awaiter, for the compiler.</returns>
        public MoveNextAwaiter GetAwaiter() => new(_enumerator);
    }

    /// <summary>Awaits a step; for the compiler.</summary>
    public struct MoveNextAwaiter : System.Runtime.CompilerServices.ICriticalNotifyCompletion, IGoAwaiter
    {
        private readonly ChanEnumerator<T> _enumerator;
        private ReceiveAwaiter<T> _receive;

        internal MoveNextAwaiter(ChanEnumerator<T> enumerator) =>
            (_enumerator, _receive) = (enumerator, new ReceiveAwaiter<T>(enumerator._channel));

        /// <summary>Whether the step was possible without waiting.</summary>
        public bool IsCompleted => _receive.IsCompleted;

        /// <summary>Ends the step.</summary>
        /// <returns>Whether there is a current value.</returns>
        public readonly bool GetResult()
        {
            var (value, ok) = _receive.GetResult();
            _enumerator.Current = value;
            return ok;
        }

        /// <summary>Runs <paramref name="continuation"/> when the step has been made.</summary>
        /// <param name="continuation">What follows.</param>
        public readonly void OnCompleted(Action continuation) => _receive.UnsafeOnCompleted(continuation);

        /// <inheritdoc cref="OnCompleted"/>
        public readonly void UnsafeOnCompleted(Action continuation) => _receive.UnsafeOnCompleted(continuation);

        readonly Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame) => ((IGoAwaiter)_receive).Park(strand, frame);
    }
}

using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a send; for the compiler.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public struct SendAwaiter<T> : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly Chan<T> _channel;
    private readonly T _value;
    private Goroutine? _waiter;

    internal SendAwaiter(Chan<T> channel, T value) => (_channel, _value, _waiter) = (channel, value, Processor.Current?.Strand);

    /// <summary>Whether the send was possible without waiting; then it has been made.</summary>
    public bool IsCompleted
    {
        get
        {
            if (_waiter is null) Guests.NewWaiter(out _waiter);
            if (!_channel.MaySend || _waiter.Preempt || !_channel.TrySendNow(_value)) return false;
            _waiter.Ok = true;
            return true;
        }
    }

    /// <summary>Ends the send.</summary>
    /// <exception cref="ChanClosedException">The channel was closed before the value was taken.</exception>
    public readonly void GetResult()
    {
        if (!Guests.Resumed(_waiter!, _channel).Ok) throw ChanClosedException.Send();
    }

    /// <summary>Runs <paramref name="continuation"/> when the value was taken.</summary>
    /// <param name="continuation">What follows.</param>
    public readonly void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public readonly void UnsafeOnCompleted(Action continuation)
    {
        var guest = Guests.WaiterFor(_waiter!, _channel, continuation);
        if (_channel.SendOrPark(guest, _value)) GoScheduler.Ready(guest);
    }

    readonly Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        strand.Resume = frame;
        return _channel.SendOrPark(strand, _value) ? frame : null;
    }
}

using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a receive; for the compiler.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public struct ReceiveAwaiter<T> : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly Chan<T> _channel;
    private Goroutine? _waiter;

    internal ReceiveAwaiter(Chan<T> channel) => (_channel, _waiter) = (channel, Processor.Current?.Strand);

    /// <summary>Whether the receive was possible without waiting; then it has been made.</summary>
    public bool IsCompleted
    {
        get
        {
            if (_waiter is null) return Guests.NewWaiter(out _waiter) && _channel.MayReceive && _channel.TryReceiveInto(_waiter);
            return _channel.MayReceive && !_waiter.Preempt && _channel.TryReceiveInto(_waiter);
        }
    }

    /// <summary>What was received.</summary>
    /// <returns>The value, or the end.</returns>
    public readonly Received<T> GetResult()
    {
        var waiter = Guests.Resumed(_waiter!, _channel);
        return new Received<T>(Slot<T>.Take(waiter), waiter.Ok);
    }

    /// <summary>Runs <paramref name="continuation"/> when something was received.</summary>
    /// <param name="continuation">What follows.</param>
    public readonly void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public readonly void UnsafeOnCompleted(Action continuation)
    {
        var guest = Guests.WaiterFor(_waiter!, _channel, continuation);
        if (_channel.ReceiveOrPark(guest)) GoScheduler.Ready(guest);
    }

    readonly Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        strand.Resume = frame;
        return _channel.ReceiveOrPark(strand) ? frame : null;
    }
}

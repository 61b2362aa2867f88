namespace Quintet.Goroutines;

/// <summary>A receive as a case of a <see cref="Select"/>. Holds what was received while it is the chosen case.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public sealed class ReceiveCase<T> : SelectCase
{
    internal ReceiveCase(Select owner, int index, IReceiveChan<T>? channel)
        : base(owner, index) => Channel = Open(channel);

    /// <summary>
    /// The channel; null or the nil channel disables the case. Set it between two rounds, as Go code sets a variable to nil.
    /// </summary>
    public IReceiveChan<T>? Source
    {
        get => Channel;
        set
        {
            Channel = Open(value);
            Owner.CasesChanged();
        }
    }

    /// <summary>What was received last.</summary>
    public T Value { get; internal set; } = default!;

    /// <summary>Whether a sender sent <see cref="Value"/>; false when the channel is closed and drained.</summary>
    public new bool Ok => base.Ok;

    internal Chan<T>? Channel
    {
        get => System.Runtime.CompilerServices.Unsafe.As<Chan<T>?>(Place);
        private set => Place = value;
    }

    internal override bool MayProceed => Channel!.MayReceive;

    internal override bool TryProceed(out Goroutine? wake)
    {
        if (!Channel!.TryReceiveLocked(out var value, out var ok, out wake)) return false;
        (Value, base.Ok) = (value, ok);
        return true;
    }

    internal override void Enqueue(Goroutine waiter)
    {
        Channel!.Register(waiter);
        Channel.ParkReceiver(this);
    }

    internal override void BeforeLook() => Channel?.BeforeLook();

    internal override void Dequeue() => Channel!.UnparkReceiver(this);

    private static Chan<T>? Open(IReceiveChan<T>? channel) => channel is null || channel.Channel == Chan<T>.Nil ? null : channel.Channel;
}

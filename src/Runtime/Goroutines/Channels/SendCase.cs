namespace Quintet.Goroutines;

/// <summary>A send as a case of a <see cref="Select"/>.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
public sealed class SendCase<T> : SelectCase
{
    internal SendCase(Select owner, int index, ISendChan<T>? channel, T value)
        : base(owner, index)
    {
        Channel = Open(channel);
        Value = value;
    }

    /// <summary>The channel; null or the nil channel disables the case. Set it between two rounds.</summary>
    public ISendChan<T>? Target
    {
        get => Channel;
        set
        {
            Channel = Open(value);
            Owner.CasesChanged();
        }
    }

    /// <summary>What is sent when the case is chosen. Set it between two rounds.</summary>
    public T Value { get; set; }

    internal Chan<T>? Channel
    {
        get => System.Runtime.CompilerServices.Unsafe.As<Chan<T>?>(Place);
        private set => Place = value;
    }

    internal override bool MayProceed => Channel!.MaySend;

    internal override bool TryProceed(out Goroutine? wake)
    {
        var outcome = Channel!.TrySendLocked(Value, out wake);
        Ok = outcome == SendOutcome.Sent;
        return outcome != SendOutcome.MustWait;
    }

    internal override void Enqueue(Goroutine waiter)
    {
        Channel!.Register(waiter);
        Channel.ParkSender(this);
    }

    internal override void Dequeue() => Channel!.UnparkSender(this);

    internal override void Conclude()
    {
        if (!Ok) throw ChanClosedException.Send();
    }

    private static Chan<T>? Open(ISendChan<T>? channel) => channel is null || channel.Channel == Chan<T>.Nil ? null : channel.Channel;
}

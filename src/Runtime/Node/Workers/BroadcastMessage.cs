namespace Quintet.Node;

/// <summary>What lies before a broadcast channel: it is the channel's event, not the port's.</summary>
internal sealed class BroadcastMessage<T>(BroadcastChannel channel, T message) : PortMessage
{
    internal override object? Value => message;

    internal override void Deliver(MessagePort port)
    {
        if (!channel.IsClosed) channel.Dispatch("message", message);
    }
}

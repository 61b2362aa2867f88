namespace Quintet.Node;

/// <summary>Two ports that are joined. Source: Node's <c>MessageChannel</c>.</summary>
public sealed class MessageChannel
{
    /// <summary>A channel whose ends belong to the calling loop.</summary>
    public MessageChannel()
    {
        var gate = new Lock();
        Port1 = new MessagePort(NodeLoop.Current, gate);
        Port2 = new MessagePort(NodeLoop.Current, gate);
        MessagePort.Entangle(Port1, Port2);
    }

    /// <summary>One end.</summary>
    public MessagePort Port1 { get; }

    /// <summary>The other end.</summary>
    public MessagePort Port2 { get; }
}

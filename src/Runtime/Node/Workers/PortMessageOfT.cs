namespace Quintet.Node;

/// <summary>A message with its copy, and what was handed over with it.</summary>
internal sealed class PortMessage<T>(T message, object[] handed) : PortMessage
{
    internal override object? Value => message;

    internal override void Deliver(MessagePort port) => port.Dispatch("message", message);

    internal override void Open(NodeLoop? loop)
    {
        if (loop is null) return;
        foreach (var each in handed)
            if (each is MessagePort port) port.Attach(loop);
    }
}

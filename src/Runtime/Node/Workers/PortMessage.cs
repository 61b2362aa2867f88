namespace Quintet.Node;

/// <summary>What lies in a port's queue.</summary>
internal abstract class PortMessage
{
    internal abstract object? Value { get; }

    internal abstract void Deliver(MessagePort port);

    /// <summary>Gives the ports that it brings to the loop that takes it.</summary>
    internal virtual void Open(NodeLoop? loop) { }
}

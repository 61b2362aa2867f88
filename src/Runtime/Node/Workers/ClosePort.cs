namespace Quintet.Node;

/// <summary>The other end was closed.</summary>
internal sealed class ClosePort : PortMessage
{
    internal static readonly ClosePort Instance = new();

    internal override object? Value => null;

    internal override void Deliver(MessagePort port) => port.BeginClose();
}

namespace Quintet.Node;

/// <summary>A message with its checked transfer list.</summary>
internal sealed class Transfer<T>(T message, object[] given)
{
    internal IEnumerable<MessagePort?> Ports => given.OfType<MessagePort>();

    /// <summary>What the receiver gets in place of what is in the list.</summary>
    internal object[] Taken { get; private set; } = [];

    /// <summary>Hands over, and gives the copy.</summary>
    internal T Commit()
    {
        // A message that cannot be copied takes nothing from its sender.
        if (given.Length > 0) StructuredClone.Of(message, given, given);
        Taken = Array.ConvertAll(given, each => each is MessagePort port ? port.Move() : each);
        return StructuredClone.Of(message, given, Taken);
    }
}

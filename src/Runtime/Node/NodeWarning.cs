namespace Quintet.Node;

/// <summary>Something that works but should not be so. Source: the warnings of Node's <c>process.emitWarning</c>.</summary>
/// <param name="name">Its kind, for example <c>MaxListenersExceededWarning</c>.</param>
/// <param name="message">What is wrong.</param>
public sealed class NodeWarning(string name, string message) : Exception(message)
{
    /// <summary>Its kind.</summary>
    public string Name { get; } = name;
}

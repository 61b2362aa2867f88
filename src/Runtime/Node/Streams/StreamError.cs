namespace Quintet.Node;

/// <summary>A stream was used in a way, or ended in a way, that loses data.</summary>
/// <param name="code">Node's code, for example <c>ERR_STREAM_WRITE_AFTER_END</c>.</param>
/// <param name="message">What happened.</param>
public sealed class StreamError(string code, string message) : InvalidOperationException(message)
{
    /// <summary>Node's code.</summary>
    public string Code { get; } = code;
}

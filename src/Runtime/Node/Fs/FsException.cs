namespace Quintet.Node;

/// <summary>A file operation that cannot be: what Node says with a code of its own.</summary>
/// <param name="code">Node's code, for example <c>EEXIST</c>.</param>
/// <param name="message">What is wrong.</param>
public sealed class FsException(string code, string message) : IOException($"{code}: {message}")
{
    /// <summary>Node's code.</summary>
    public string Code { get; } = code;
}

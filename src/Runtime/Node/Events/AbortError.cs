namespace Quintet.Node;

/// <summary>An operation ended because its <see cref="AbortSignal"/> was aborted.</summary>
public sealed class AbortError : OperationCanceledException
{
    /// <summary>An error with Node's words.</summary>
    /// <param name="cause">The signal's reason (JavaScript: <c>cause</c>); its <see cref="Exception.InnerException"/>.</param>
    public AbortError(Exception? cause = null)
        : base("The operation was aborted", cause)
    {
    }

    internal AbortError(string message)
        : base(message)
    {
    }
}

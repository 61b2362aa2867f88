namespace Quintet.Goroutines;

/// <summary>A context was cancelled (Go's <c>context.Canceled</c>).</summary>
public sealed class ContextCanceledException : OperationCanceledException
{
    internal ContextCanceledException()
        : base("context canceled")
    {
    }

    /// <summary>The one error of every cancelled context, to compare with.</summary>
    public static ContextCanceledException Instance { get; } = new();
}

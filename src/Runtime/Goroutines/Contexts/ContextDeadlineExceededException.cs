namespace Quintet.Goroutines;

/// <summary>A context's time is over (Go's <c>context.DeadlineExceeded</c>).</summary>
public sealed class ContextDeadlineExceededException : TimeoutException
{
    internal ContextDeadlineExceededException()
        : base("context deadline exceeded")
    {
    }

    /// <summary>The one error of every context whose time is over, to compare with.</summary>
    public static ContextDeadlineExceededException Instance { get; } = new();
}

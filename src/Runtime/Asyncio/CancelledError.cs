namespace Quintet.Asyncio;

/// <summary>A task or future was cancelled. Thrown at the await at which the cancellation is delivered.</summary>
/// <remarks>Source: <c>asyncio.CancelledError</c>. Code that catches it to clean up throws it on.</remarks>
public sealed class CancelledError : OperationCanceledException
{
    /// <summary>A cancellation without a message.</summary>
    public CancelledError() : this(null) { }

    /// <summary>A cancellation with the message given to <see cref="Future.Cancel"/>.</summary>
    public CancelledError(string? message) : base(message ?? "The task was cancelled.") => CancelMessage = message;

    /// <summary>The message given to <see cref="Future.Cancel"/>, if there was one.</summary>
    public string? CancelMessage { get; }
}

namespace Quintet.Asyncio;

/// <summary>The queue was shut down.</summary>
/// <remarks>Source: <c>asyncio.QueueShutDown</c>.</remarks>
public sealed class QueueShutDownException() : InvalidOperationException("The queue was shut down.");

namespace Quintet.Asyncio;

/// <summary>There is nothing in the queue.</summary>
/// <remarks>Source: <c>asyncio.QueueEmpty</c>.</remarks>
public sealed class QueueEmptyException() : InvalidOperationException("There is nothing in the queue.");

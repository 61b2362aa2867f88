namespace Quintet.Asyncio;

/// <summary>The queue holds its maximum.</summary>
/// <remarks>Source: <c>asyncio.QueueFull</c>.</remarks>
public sealed class QueueFullException() : InvalidOperationException("The queue holds its maximum.");

namespace Quintet.Asyncio;

/// <summary>A loop was used in a way that it does not allow: closed, already running, from another thread.</summary>
/// <remarks>Source: the <c>RuntimeError</c>s of asyncio, with its words.</remarks>
public sealed class EventLoopException(string message) : InvalidOperationException(message);

namespace Quintet.Asyncio;

/// <summary>A result was set twice, or asked for before it was there.</summary>
/// <remarks>Source: <c>asyncio.InvalidStateError</c>.</remarks>
public sealed class InvalidStateError(string message) : InvalidOperationException(message);

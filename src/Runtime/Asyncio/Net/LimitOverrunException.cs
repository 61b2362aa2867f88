namespace Quintet.Asyncio;

/// <summary>A line or record is longer than the reader's limit. Source: <c>asyncio.LimitOverrunError</c>.</summary>
public sealed class LimitOverrunException(string message) : IOException(message);

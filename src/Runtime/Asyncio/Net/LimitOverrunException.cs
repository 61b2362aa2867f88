namespace Quintet.Asyncio;

/// <summary>A line or record is longer than the reader's limit. Source: <c>asyncio.LimitOverrunError</c>.</summary>
/// <param name="message">What is longer than the limit.</param>
/// <param name="consumed">How many bytes are no part of a separator.</param>
public sealed class LimitOverrunException(string message, int consumed = 0) : IOException(message)
{
    /// <summary>How many bytes can be taken without taking a part of a separator: where it was found, those before it.</summary>
    public int Consumed { get; } = consumed;
}

namespace Quintet.Asyncio;

/// <summary>The stream ended before as much had come as was asked for. Source: <c>asyncio.IncompleteReadError</c>.</summary>
/// <param name="partial">What had come.</param>
/// <param name="expected">How much was asked for; null if up to a separator.</param>
public sealed class IncompleteReadException(byte[] partial, int? expected)
    : EndOfStreamException($"{partial.Length} bytes read on a total of {expected?.ToString() ?? "undefined"} expected bytes")
{
    /// <summary>What had come.</summary>
    public ReadOnlyMemory<byte> Partial { get; } = partial;

    /// <summary>How much was asked for; null if up to a separator.</summary>
    public int? Expected { get; } = expected;
}

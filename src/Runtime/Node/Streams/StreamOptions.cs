namespace Quintet.Node;

/// <summary>How a stream buffers.</summary>
public sealed record StreamOptions
{
    /// <summary>How much is buffered before the stream says that it is enough: bytes or characters, or items in object mode. Null means
    /// Node's defaults, 64 KiB and 16 items.</summary>
    public int? HighWaterMark { get; init; }

    /// <summary>Whether each chunk counts as one. Null: chunks of bytes and text count by their length, all others as one.</summary>
    public bool? ObjectMode { get; init; }

    internal int Measure<T>(T chunk) => IsObjectMode<T>() ? 1 : chunk switch
    {
        byte[] bytes => bytes.Length,
        string text => text.Length,
        ReadOnlyMemory<byte> memory => memory.Length,
        _ => 1,
    };

    internal int Limit<T>() => HighWaterMark ?? (IsObjectMode<T>() ? 16 : 64 * 1024);

    private bool IsObjectMode<T>() =>
        ObjectMode ?? !(typeof(T) == typeof(byte[]) || typeof(T) == typeof(string) || typeof(T) == typeof(ReadOnlyMemory<byte>));
}

namespace Quintet.Node;

/// <summary>How a stream of a file behaves. Source: the options of Node's <c>createReadStream</c> and <c>createWriteStream</c>.</summary>
public sealed record FsStreamOptions
{
    /// <summary>How the file is opened; null means <c>r</c> for reading and <c>w</c> for writing.</summary>
    public string? Flags { get; init; }

    /// <summary>The first byte that is read, or where writing begins; null means where the handle stands.</summary>
    public long? Start { get; init; }

    /// <summary>The last byte that is read, inclusive.</summary>
    public long End { get; init; } = long.MaxValue;

    /// <summary>How much is read at a time, or buffered before a write says that it is enough. Null: 64 KiB and 16 KiB.</summary>
    public int? HighWaterMark { get; init; }

    /// <summary>Whether the stream destroys itself, and so closes the file, when it has ended or failed. Default: true.</summary>
    public bool AutoClose { get; init; } = true;

    /// <summary>Whether <c>close</c> is emitted. Default: true.</summary>
    public bool EmitClose { get; init; } = true;

    /// <summary>Destroys the stream when it is aborted.</summary>
    public AbortSignal? Signal { get; init; }
}

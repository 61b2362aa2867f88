namespace Quintet.Node;

/// <summary>How a stream buffers, begins and ends. Source: the options of Node's <c>stream.Readable</c>, <c>Writable</c> and
/// <c>Duplex</c>.</summary>
public sealed record StreamOptions
{
    internal static StreamOptions Default { get; } = new();

    /// <summary>How much is buffered before the stream says that it is enough: bytes or characters, or items in object mode. Null means
    /// Node's defaults, 16 KiB and 16 items.</summary>
    public int? HighWaterMark { get; init; }

    /// <summary>The mark of the side that is read from, where there are two; null means <see cref="HighWaterMark"/>.</summary>
    public int? ReadableHighWaterMark { get; init; }

    /// <summary>The mark of the side that is written to, where there are two; null means <see cref="HighWaterMark"/>.</summary>
    public int? WritableHighWaterMark { get; init; }

    /// <summary>Whether each chunk counts as one, and is never joined or cut. Null: chunks of bytes and text count by their length, all
    /// others as one.</summary>
    public bool? ObjectMode { get; init; }

    /// <summary>Whether the stream is destroyed when all of its sides have ended, or one has failed. Default: true.</summary>
    public bool AutoDestroy { get; init; } = true;

    /// <summary>Whether <c>close</c> is emitted. Default: true.</summary>
    public bool EmitClose { get; init; } = true;

    /// <summary>Whether a stream with two sides goes on writing when there is nothing more to read. Default: true.</summary>
    public bool AllowHalfOpen { get; init; } = true;

    /// <summary>Makes ready what is under the stream, in a tick after its making; nothing is read, written or destroyed before the given
    /// callback is called, with null or the error that destroys the stream.</summary>
    public Action<Action<Exception?>>? Construct { get; init; }

    /// <summary>Releases what is under the stream: gets why it ends, or null, and calls back with the error to emit.</summary>
    public Action<Exception?, Action<Exception?>>? Destroy { get; init; }

    /// <summary>Destroys the stream with an <see cref="AbortError"/> when it is aborted.</summary>
    public AbortSignal? Signal { get; init; }

    internal int Measure<T>(T chunk) => IsObjectMode<T>() ? 1 : Chunks.Length(chunk);

    internal int Limit<T>() => Checked(HighWaterMark) ?? DefaultLimit<T>();

    internal int ReadLimit<T>() => Checked(ReadableHighWaterMark) ?? Limit<T>();

    internal int WriteLimit<T>() => Checked(WritableHighWaterMark) ?? Limit<T>();

    internal bool IsObjectMode<T>() => ObjectMode ?? !Chunks.CanBeCut<T>();

    private static int? Checked(int? mark) => mark is < 0
        ? throw new ArgumentOutOfRangeException(nameof(HighWaterMark), mark, "A high-water mark is 0 or more.")
        : mark;

    private int DefaultLimit<T>() => IsObjectMode<T>() ? 16 : 16 * 1024;
}

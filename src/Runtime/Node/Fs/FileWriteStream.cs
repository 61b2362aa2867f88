// Source: Node 20 lib/internal/fs/streams.js (WriteStream): one write is in the pool at a time, chunks that wait are written together.

namespace Quintet.Node;

/// <summary>A stream into a file. Source: Node's <c>fs.WriteStream</c>.</summary>
/// <remarks>Events: <c>open</c> (with the handle) and <c>ready</c> before those of <see cref="Writable{T}"/>.</remarks>
public sealed class FileWriteStream : Writable<byte[]>
{
    private readonly FsStreamOptions _options;
    private FileHandle? _file;
    private long? _position;

    internal FileWriteStream(string path, FileHandle? file, FsStreamOptions? options)
        : base(null, null, Both(options))
    {
        ArgumentNullException.ThrowIfNull(path);
        _options = options ?? new FsStreamOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Start ?? 0, nameof(options));
        _position = _options.Start;
        FilePath = path;
        _file = file;
        BeginConstruct(Open);
    }

    /// <summary>The path of the file.</summary>
    public string FilePath { get; }

    /// <summary>How many bytes have been written, without those that are buffered.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether the file is not open yet.</summary>
    public bool IsPending => _file is null;

    /// <summary>Writes text as UTF-8.</summary>
    public bool Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a last text as UTF-8, and says that nothing more will be written.</summary>
    public void End(string text) => End(System.Text.Encoding.UTF8.GetBytes(text));

    private protected override bool TakesMany => true;

    /// <inheritdoc/>
    protected override void OnWrite(byte[] chunk, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(done);
        Tell(_file!.Write(chunk, Take(chunk.Length)), done);
    }

    private protected override void OnWriteMany(IReadOnlyList<byte[]> chunks, Action<Exception?> done) =>
        Tell(_file!.WriteMany(chunks, Take(chunks.Sum(static chunk => (long)chunk.Length))), done);

    private long? Take(long length)
    {
        var at = _position;
        if (_position is not null) _position += length;
        return at;
    }

    private void Tell(Promise<int> writing, Action<Exception?> done) => writing.Then(
        count =>
        {
            BytesWritten += count;
            done(null);
        },
        done);

    /// <inheritdoc/>
    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        FsStreams.Close(_file, error, done);
    }

    private static StreamOptions Both(FsStreamOptions? options) => new()
    {
        HighWaterMark = options?.HighWaterMark,
        EmitClose = options?.EmitClose ?? true,
        AutoDestroy = options?.AutoClose ?? true,
        Signal = options?.Signal,
    };

    private void Open(Action<Exception?> done) => FsStreams.Open(this, _file, FilePath, _options.Flags ?? "w", file => _file = file, done);
}

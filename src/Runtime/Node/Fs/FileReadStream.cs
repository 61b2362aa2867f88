// Source: Node 20 lib/internal/fs/streams.js (ReadStream): one read is in the pool at a time, and closing waits for it.

namespace Quintet.Node;

/// <summary>A stream of a file's bytes. Source: Node's <c>fs.ReadStream</c>.</summary>
/// <remarks>Events: <c>open</c> (with the handle) and <c>ready</c> before those of <see cref="Readable{T}"/>.</remarks>
public sealed class FileReadStream : Readable<byte[]>
{
    private readonly FsStreamOptions _options;
    private readonly int _size;
    private FileHandle? _file;
    private long? _position;

    internal FileReadStream(string path, FileHandle? file, FsStreamOptions? options)
        : base(null, Both(options))
    {
        ArgumentNullException.ThrowIfNull(path);
        _options = options ?? new FsStreamOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Start ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.End, _options.Start ?? 0, nameof(options));
        _size = Math.Max(1, _options.HighWaterMark ?? 64 * 1024);
        _position = _options.Start ?? (_options.End != long.MaxValue ? 0 : null);
        FilePath = path;
        _file = file;
        BeginConstruct(Open);
    }

    /// <summary>The path of the file.</summary>
    public string FilePath { get; }

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the file is not open yet.</summary>
    public bool IsPending => _file is null;

    /// <inheritdoc/>
    protected override void OnRead()
    {
        var left = _options.End == long.MaxValue ? long.MaxValue : _options.End + 1 - _position!.Value;
        if (left <= 0)
        {
            PushEnd();
            return;
        }

        var buffer = new byte[Math.Min(_size, left)];
        _file!.Read(buffer, _position).Then(
            count =>
            {
                if (IsDestroyed) return;
                if (_position is not null) _position += count;
                BytesRead += count;
                if (count == 0) PushEnd();
                else Push(count == buffer.Length ? buffer : buffer[..count]);
            },
            error => Destroy(error));
    }

    /// <inheritdoc/>
    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        FsStreams.Close(_file, error, done);
    }

    private static StreamOptions Both(FsStreamOptions? options) => new()
    {
        HighWaterMark = options?.HighWaterMark ?? 64 * 1024,
        EmitClose = options?.EmitClose ?? true,
        AutoDestroy = options?.AutoClose ?? true,
        Signal = options?.Signal,
    };

    private void Open(Action<Exception?> done) => FsStreams.Open(this, _file, FilePath, _options.Flags ?? "r", file => _file = file, done);
}

// How a handle works
// ------------------
// Each operation is a piece of work in the pool that uses the system's handle. Closing tells so at once, and waits until nothing runs any
// more: what is begun meanwhile is still done, as in Node, and what comes after it is refused.
//
// Invariants:
//   I1  The system's handle is closed once, in the pool, when _running is 0; from then on _closes is set.
//   I2  Reads and writes without a position go on at _position, one after the other in the order of the calls: the place is taken when
//       the call is made for writes, whose length is known; a read moves it when it is done.
//
// Ownership: the loop's thread; the system's handle is used by the pool.
// Source: Node 20 lib/internal/fs/promises.js (FileHandle).

using Microsoft.Win32.SafeHandles;

namespace Quintet.Node;

/// <summary>An open file. Source: Node's <c>FileHandle</c> of <c>fs/promises</c>.</summary>
/// <remarks>Events: <c>close</c>. Belongs to its loop's thread.</remarks>
public sealed class FileHandle : EventEmitter, IAsyncDisposable
{
    private readonly NodeLoop _loop;
    private readonly SafeFileHandle _file;
    private readonly bool _appends;
    private PromiseResolver<bool>? _closer;
    private Promise<bool>? _closing;
    private bool _closes;
    private long _position;
    private int _running;

    private FileHandle(NodeLoop loop, SafeFileHandle file, string path, bool appends)
    {
        _loop = loop;
        _file = file;
        _appends = appends;
        FilePath = path;
    }

    /// <summary>The path with which it was opened.</summary>
    public string FilePath { get; }

    /// <summary>Whether <see cref="Close"/> was called.</summary>
    public bool IsClosed => _closing is not null;

    /// <summary>Reads into a buffer.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="position">Where in the file; null goes on where the last read or write without a position ended.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    public Promise<int> Read(Memory<byte> buffer, long? position = null) => Run(
        () => RandomAccess.Read(_file, buffer.Span, position ?? _position),
        count =>
        {
            if (position is null) _position += count;
        });

    /// <summary>Writes all bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="position">Where in the file; null goes on where the last read or write without a position ended. A file that was
    /// opened to append is always written to at its end.</param>
    /// <returns>How many bytes were written: all.</returns>
    public Promise<int> Write(ReadOnlyMemory<byte> data, long? position = null)
    {
        var at = position ?? _position;
        if (position is null && !_closes) _position += data.Length;
        return Run(() =>
        {
            RandomAccess.Write(_file, data.Span, _appends ? RandomAccess.GetLength(_file) : at);
            return data.Length;
        });
    }

    /// <summary>Writes all bytes of several buffers, one behind the other, at once.</summary>
    internal Promise<int> WriteMany(IReadOnlyList<byte[]> buffers, long? position)
    {
        var length = buffers.Sum(static buffer => buffer.Length);
        var at = position ?? _position;
        if (position is null && !_closes) _position += length;
        return Run(() =>
        {
            ReadOnlyMemory<byte>[] parts = [.. buffers.Select(static buffer => (ReadOnlyMemory<byte>)buffer)];
            RandomAccess.Write(_file, parts, _appends ? RandomAccess.GetLength(_file) : at);
            return length;
        });
    }

    /// <summary>Reads from the current position to the end.</summary>
    public Promise<byte[]> ReadFile() => Run(
        () =>
        {
            var bytes = new byte[Math.Max(0, RandomAccess.GetLength(_file) - _position)];
            var count = 0;
            while (count < bytes.Length)
            {
                var more = RandomAccess.Read(_file, bytes.AsSpan(count), _position + count);
                if (more == 0) break;
                count += more;
            }

            return count == bytes.Length ? bytes : bytes[..count];
        },
        bytes => _position += bytes.Length);

    /// <summary>Writes all bytes at the current position (Node: <c>writeFile</c> of a handle does not cut the file).</summary>
    public async Promise<bool> WriteFile(ReadOnlyMemory<byte> content)
    {
        await Write(content);
        return true;
    }

    /// <summary>The length of the file.</summary>
    public Promise<long> Length() => Run(() => RandomAccess.GetLength(_file));

    /// <summary>Makes it longer, with zeros, or shorter.</summary>
    public Promise<bool> Truncate(long length = 0) => Run(() =>
    {
        RandomAccess.SetLength(_file, Math.Max(0, length));
        return true;
    });

    /// <summary>Waits until the system has everything on the disk.</summary>
    public Promise<bool> Sync() => Run(() =>
    {
        RandomAccess.FlushToDisk(_file);
        return true;
    });

    /// <summary>A stream of its bytes from the current position. It closes the handle at its end, unless that is switched off.</summary>
    public FileReadStream CreateReadStream(FsStreamOptions? options = null) => new(FilePath, this, options);

    /// <summary>A stream into it. It closes the handle at its end, unless that is switched off.</summary>
    public FileWriteStream CreateWriteStream(FsStreamOptions? options = null) => new(FilePath, this, options);

    /// <summary>Its lines, without their ends.</summary>
    public async IAsyncEnumerable<string> ReadLines()
    {
        var text = CreateReadStream().SetEncoding(System.Text.Encoding.UTF8);
        var rest = "";
        await foreach (var chunk in text.Iterate())
        {
            rest += chunk;
            var start = 0;
            for (var end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n', start))
            {
                yield return rest[start..end].TrimEnd('\r');
                start = end + 1;
            }

            rest = rest[start..];
        }

        if (rest.Length > 0) yield return rest;
    }

    /// <summary>Emits <c>close</c>, and closes it when what was begun has ended. A second call gives the same promise.</summary>
    public Promise<bool> Close()
    {
        if (_closing is not null) return _closing;
        (_closing, _closer) = Promise.WithResolvers<bool>();
        if (_running == 0) CloseNow();
        Emit("close");
        return _closing;
    }

    /// <inheritdoc cref="Close"/>
    public async ValueTask DisposeAsync() => await Close();

    internal static FileHandle Open(NodeLoop loop, string path, FileFlags flags)
    {
        if (Directory.Exists(path)) throw new FsException("EISDIR", $"'{path}' is a folder.");
        var file = File.OpenHandle(path, flags.Mode, flags.Access, FileShare.ReadWrite | FileShare.Delete);
        return new FileHandle(loop, file, path, flags.Appends);
    }

    private Promise<T> Run<T>(Func<T> work, Action<T>? after = null)
    {
        _loop.CheckThread();
        if (_closes) return Promise.Reject<T>(new FsException("EBADF", "The file was closed."));
        _running++;
        return new Promise<T>(resolver => _loop.QueueWork(work, (error, result) =>
        {
            _running--;
            if (error is not null) resolver.Reject(error);
            else
            {
                after?.Invoke(result!);
                resolver.Resolve(result!);
            }

            if (_running == 0 && IsClosed) CloseNow();
        }));
    }

    private void CloseNow()
    {
        _closes = true;
        _loop.QueueWork(
            () =>
            {
                _file.Dispose();
                return true;
            },
            (error, _) =>
            {
                if (error is null) _closer!.Resolve(true);
                else _closer!.Reject(error);
            });
    }
}

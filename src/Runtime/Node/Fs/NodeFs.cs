// Each operation is one piece of work in the loop's pool, where Node's readFile is four and its writeFile three. Its answer comes no
// earlier for that (PoolCall).
//
// Source: Node 20 lib/fs.js, lib/internal/fs/promises.js.

using System.Net.Sockets;
using System.Text;

namespace Quintet.Node;

/// <summary>Files, through the loop's pool: the loop goes on meanwhile. Source: Node's <c>fs</c> and <c>fs/promises</c>.</summary>
/// <remarks>What fails rejects the promise, or is given to the callback, as the base library's exception; <see cref="CodeOf"/> tells
/// Node's code for it. Belongs to the loop's thread.</remarks>
public static partial class NodeFs
{
    private const int ReadAtOnce = 512 * 1024;

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="done">Gets the exception (<see cref="FileNotFoundException"/> if there is nothing), or null and what is there.</param>
    public static void Stat(string path, Action<Exception?, FileSystemInfo?> done) => NodeLoop.Current.QueueWork(() => Look(path), done);

    /// <summary>Looks at a file or folder.</summary>
    public static Promise<FileSystemInfo> Stat(string path) => NodeLoop.Current.QueueWork(() => Look(path));

    /// <summary>Whether it can be looked at and, if asked for, written (Node: <c>access</c>); rejected if not.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="write">Whether it must be writable.</param>
    public static Promise<bool> Access(string path, bool write = false) => NodeLoop.Current.QueueWork(() => Check(path, write));

    /// <summary>Reads a file.</summary>
    public static void ReadFile(string path, Action<Exception?, byte[]?> done) => NodeLoop.Current.QueueWork(
        () => Read(path), done, ReadTrips);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted before the file is read.</param>
    public static Promise<byte[]> ReadFile(string path, AbortSignal? signal = null) =>
        Abortable(signal, () => Read(path), ReadTrips);

    /// <summary>Reads a file of text.</summary>
    public static Promise<string> ReadFile(string path, Encoding encoding, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return Abortable(
            signal,
            () => encoding.GetString(Read(path)),
            static (error, text) => error is null ? ChunkTrips(text?.Length ?? 0) : TripsOf(error));
    }

    /// <summary>Writes a file, over what was there.</summary>
    public static void WriteFile(string path, ReadOnlyMemory<byte> content, Action<Exception?> done) =>
        Queue(() => Write(path, content, append: false), done, WriteTrips);

    /// <summary>Writes a file, over what was there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">What it is to contain.</param>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted before the file is written.</param>
    public static Promise<bool> WriteFile(string path, ReadOnlyMemory<byte> content, AbortSignal? signal = null) =>
        Abortable(signal, () => Write(path, content, append: false), WriteTrips);

    /// <summary>Writes a file of text in UTF-8, over what was there.</summary>
    public static Promise<bool> WriteFile(string path, string content) => WriteFile(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes what comes out of a sequence to a file, over what was there.</summary>
    public static async Promise<bool> WriteFile(string path, IAsyncEnumerable<byte[]> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        await using var file = await Open(path, "w");
        await foreach (var chunk in content) await file.Write(chunk);
        return true;
    }

    /// <summary>Writes to the end of a file, which is made if it is not there.</summary>
    public static void AppendFile(string path, ReadOnlyMemory<byte> content, Action<Exception?> done) =>
        Queue(() => Write(path, content, append: true), done, WriteTrips);

    /// <summary>Writes to the end of a file, which is made if it is not there.</summary>
    public static Promise<bool> AppendFile(string path, ReadOnlyMemory<byte> content) =>
        NodeLoop.Current.QueueWork(() => Write(path, content, append: true), WriteTrips);

    /// <summary>Writes text in UTF-8 to the end of a file, which is made if it is not there.</summary>
    public static Promise<bool> AppendFile(string path, string content) => AppendFile(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Makes a file longer, with zeros, or shorter.</summary>
    public static async Promise<bool> Truncate(string path, long length = 0)
    {
        await using var file = await Open(path, "r+");
        return await file.Truncate(length);
    }

    /// <summary>Node's code for what an operation on files, sockets or streams failed with: <c>ENOENT</c>, <c>EEXIST</c>, <c>EISDIR</c>,
    /// <c>ENOTDIR</c>, <c>ENOTEMPTY</c>, <c>EACCES</c>, <c>ECONNREFUSED</c>, <c>ECONNRESET</c>, <c>EADDRINUSE</c> and their like,
    /// <c>ABORT_ERR</c>, the <see cref="StreamError.Code"/> of a stream; the name of the type for others.</summary>
    public static string CodeOf(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            FileNotFoundException or DirectoryNotFoundException => "ENOENT",
            UnauthorizedAccessException => "EACCES",
            AbortError => "ABORT_ERR",
            FsException own => own.Code,
            StreamError stream => stream.Code,
            SocketException socket => CodeOfSocket(socket.SocketErrorCode),
            IOException { HResult: 17 } => "EEXIST",
            IOException { HResult: 20 } => "ENOTDIR",
            IOException { HResult: 21 } => "EISDIR",
            IOException { HResult: 39 or 66 } => "ENOTEMPTY",
            _ => error.GetType().Name,
        };
    }

    private static string CodeOfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "ECONNREFUSED",
        SocketError.ConnectionReset => "ECONNRESET",
        SocketError.ConnectionAborted => "ECONNABORTED",
        SocketError.Shutdown => "EPIPE",
        SocketError.TimedOut => "ETIMEDOUT",
        SocketError.AddressAlreadyInUse => "EADDRINUSE",
        SocketError.AddressNotAvailable => "EADDRNOTAVAIL",
        SocketError.HostUnreachable => "EHOSTUNREACH",
        SocketError.NetworkUnreachable => "ENETUNREACH",
        SocketError.HostNotFound => "ENOTFOUND",
        SocketError.AccessDenied => "EACCES",
        _ => nameof(SocketException),
    };

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new FsException("EISDIR", $"'{path}' is a folder.");
        }
    }

    private static bool Write(string path, ReadOnlyMemory<byte> content, bool append)
    {
        if (Directory.Exists(path)) throw new FsException("EISDIR", $"'{path}' is a folder.");
        if (append) File.AppendAllBytes(path, content.Span);
        else File.WriteAllBytes(path, content.Span);
        return true;
    }

    private static bool Check(string path, bool write)
    {
        var info = Look(path);
        if (write && (info.Attributes & FileAttributes.ReadOnly) != 0) throw new UnauthorizedAccessException($"'{path}' is read-only.");
        return true;
    }

    private static FileSystemInfo Look(string path)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return info.Exists ? info : throw new FileNotFoundException($"'{path}' is not there.", path);
    }

    private static int ReadTrips(Exception? error, byte[]? content) => error is null ? ChunkTrips(content!.Length) : TripsOf(error);

    private static int WriteTrips(Exception? error, bool done) => error is null ? 3 : TripsOf(error);

    /// <summary>Opens, looks, reads so much at a time, closes.</summary>
    private static int ChunkTrips(int length) => 3 + Math.Max(1, (length + ReadAtOnce - 1) / ReadAtOnce);

    /// <summary>What is a folder can be opened, and fails when it is read.</summary>
    private static int TripsOf(Exception error) => error is FsException { Code: "EISDIR" } ? 4 : 1;

    private static Promise<T> Abortable<T>(AbortSignal? signal, Func<T> work, Func<Exception?, T?, int> trips)
    {
        if (signal is null) return NodeLoop.Current.QueueWork(work, trips);
        if (signal.IsAborted) return Promise.Reject<T>(new AbortError(signal.Reason));
        return new Promise<T>(resolver =>
        {
            void Abort() => resolver.Reject(new AbortError(signal.Reason));
            signal.AddListener(Abort);
            NodeLoop.Current.QueueWork(
                () => signal.IsAborted ? default : work(),
                (error, result) =>
                {
                    signal.RemoveListener(Abort);
                    if (error is null) resolver.Resolve(result!);
                    else resolver.Reject(error);
                },
                (error, result) => signal.IsAborted ? 1 : trips(error, result));
        });
    }
}

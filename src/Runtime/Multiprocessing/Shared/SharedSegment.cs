// How a segment is shared
// -----------------------
// On Linux a segment is an anonymous memory file (memfd): it has no name in any directory, so nothing can be left behind whoever is
// killed; another process of the same user reaches it as /proc/<pid>/fd/<number> while its maker has it open, and keeps it by mapping it.
// When its maker has closed it, the number is soon another file's: so a segment has a name of its own, which its address tells, and who has
// opened an address looks whether that is what was opened.
// Elsewhere it is a file in a private directory that its maker deletes.
//
// Rejected: files in /dev/shm unlinked by the receiver (CPython's resource tracker shows what happens when either side dies between).
//
// Source: memfd_create(2), proc(5). What must hold: issue list of CPython gh-82300.

using System.Globalization;
using System.Runtime.InteropServices;
using Quintet.Core;
using Microsoft.Win32.SafeHandles;

namespace Quintet.Multiprocessing;

/// <summary>Memory that two processes of one program have in common.</summary>
internal sealed unsafe partial class SharedSegment : IDisposable
{
    private const int LongestAddress = 240;
    private const uint CloseOnExec = 1;
    private const char BeforeName = '#';

    private readonly SafeFileHandle _file;
    private readonly MappedMemory _memory;
    private readonly string? _fileToDelete;
    private int _disposed;

    /// <param name="file">Its file.</param>
    /// <param name="length">How much of it is mapped.</param>
    /// <param name="name">The name of a memory file; elsewhere the path.</param>
    /// <param name="fileToDelete">What its maker deletes.</param>
    /// <param name="all">All pages are wanted at once.</param>
    private SharedSegment(SafeFileHandle file, long length, string name, string? fileToDelete, bool all = false)
    {
        (_file, Length, _fileToDelete) = (file, length, fileToDelete);

        // Each process gives its own address of the file, so that who was given one can pass it on when its maker is gone.
        Address = OperatingSystem.IsLinux()
            ? $"{PathOf(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), file)}{BeforeName}{name}"
            : name;
        _memory = new MappedMemory(file, length, all);
        Pointer = _memory.Pointer;
    }

    ~SharedSegment() => Release();

    /// <summary>What a test says is left of the machine's memory.</summary>
    internal static long MostBytes { get; set; } = long.MaxValue;

    internal byte* Pointer { get; }

    internal long Length { get; }

    /// <summary>Where another process finds it while this object lives.</summary>
    internal string Address { get; }

    /// <exception cref="IOException">There is no room for it.</exception>
    internal static SharedSegment Create(long length) => Create(length, static (file, length) =>
    {
        // Reserved now: a page that is missing later would be a SIGBUS, which no program survives.
        var error = Reserve(file.DangerousGetHandle().ToInt32(), 0, length);
        if (error != 0) throw new IOException($"No room for {length} bytes of shared memory: {Marshal.GetPInvokeErrorMessage(error)}");
    });

    /// <summary>
    /// A segment that holds <paramref name="first"/> and then <paramref name="second"/>, and behind them anything. They are written as to
    /// a file, which spares the clearing of pages and a fault for each.
    /// </summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    [NonBlocking] // Its file is memory: no device answers.
    internal static SharedSegment Create(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var length = (long)first.Length + second.Length;
        var segment = SegmentShelf.Take(Allowed(length)) ?? Create(length, static (file, length) => RandomAccess.SetLength(file, length));
        try
        {
            RandomAccess.Write(segment._file, first, 0);
            RandomAccess.Write(segment._file, second, first.Length);
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    private static SharedSegment Create(long length, Action<SafeFileHandle, long> reserve)
    {
        if (!OperatingSystem.IsLinux()) return CreateFile(Allowed(length));
        var name = $"quintet-{Random.Shared.NextInt64():x}";
        var descriptor = MemoryFile(name, CloseOnExec);
        if (descriptor < 0) throw new IOException($"memfd_create: {Marshal.GetLastPInvokeErrorMessage()}");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            reserve(file, Allowed(length));
            return new SharedSegment(file, length, name, null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">Its maker has closed it or is gone, or it is shorter than said.</exception>
    internal static SharedSegment Open(string address, long length, bool all = false)
    {
        var nameAt = OperatingSystem.IsLinux() ? address.LastIndexOf(BeforeName) : address.Length;
        if (address.Length > LongestAddress || nameAt < 0 || length <= 0)
            throw new ProcessProtocolException("A segment has an impossible address.");
        var name = OperatingSystem.IsLinux() ? address[(nameAt + 1)..] : address;
        var file = File.OpenHandle(address[..nameAt], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (OperatingSystem.IsLinux() && !IsNamed(file, name)) throw new IOException($"The segment at {address} was closed.");
            if (RandomAccess.GetLength(file) >= length) return new SharedSegment(file, length, name, null, all);
            throw new ProcessProtocolException("A segment is shorter than it was said to be.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Memory of <paramref name="mapped"/> bytes and behind it a file of <paramref name="behind"/> bytes, which takes room only where it
    /// has been written, and whose writing can fail.
    /// </summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    internal static SharedSegment CreateWithFile(long mapped, long behind)
    {
        var segment = Create(mapped);
        try
        {
            RandomAccess.SetLength(segment._file, mapped + behind);
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the memory mapped while it is looked at, whoever disposes of it meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    internal SegmentUse Use() => new(_memory);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

    /// <summary>Writes into the file behind the memory.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    [NonBlocking] // Its file is memory: no device answers.
    internal void WriteBehind(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, Length + offset);

    [NonBlocking] // Its file is memory: no device answers.
    internal void ReadBehind(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, Length + offset);
            if (read == 0) throw new ProcessProtocolException("A segment is shorter than it was said to be.");
            bytes = bytes[read..];
            offset += read;
        }
    }

    internal Span<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return new Span<byte>(Pointer + offset, length);
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private static long Allowed(long length) =>
        length <= MostBytes ? length : throw new IOException($"No room for {length} bytes of shared memory.");

    private static string PathOf(string process, SafeFileHandle file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/{file.DangerousGetHandle()}");

    /// <summary>The system shows a memory file as <c>/memfd:name (deleted)</c>.</summary>
    private static bool IsNamed(SafeFileHandle file, string name) =>
        new FileInfo(PathOf("self", file)).LinkTarget?.Split(' ')[0] == $"/memfd:{name}";

    private static SharedSegment CreateFile(long length)
    {
        var directory = Directory.CreateTempSubdirectory("qnt-segment-");
        var path = Path.Combine(directory.FullName, "segment");
        var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, preallocationSize: length);
        return new SharedSegment(file, length, path, path);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _memory?.Dispose();
        _file.Dispose();
        if (_fileToDelete is null) return;
        File.Delete(_fileToDelete);
        Directory.Delete(Path.GetDirectoryName(_fileToDelete)!);
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Reserve(int descriptor, long offset, long length);
}

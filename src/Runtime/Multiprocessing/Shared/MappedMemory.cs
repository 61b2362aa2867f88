using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quintet.Multiprocessing;

/// <summary>A file's bytes as memory of this process, until nobody uses them any more.</summary>
internal sealed unsafe partial class MappedMemory : SafeHandle
{
    private const int ReadAndWrite = 3, Shared = 1, Populate = 0x8000;

    private readonly nuint _length;
    // Typed loosely, so that Linux does not load the assembly of what it never uses.
    private IDisposable? _map;
    private IDisposable? _view;

    /// <param name="file">Stays its owner's.</param>
    /// <param name="length">At most what the file has.</param>
    /// <param name="all">All of it will be touched: the pages that are there are entered at once and not one by one.</param>
    /// <exception cref="IOException">There is no room in this process.</exception>
    internal MappedMemory(SafeFileHandle file, long length, bool all) : base(invalidHandleValue: -1, ownsHandle: true)
    {
        _length = (nuint)length;
        if (OperatingSystem.IsLinux())
        {
            SetHandle(Map(0, _length, ReadAndWrite, all ? Shared | Populate : Shared, file, 0));
            if (IsInvalid) throw new IOException($"mmap: {Marshal.GetLastPInvokeErrorMessage()}");
            return;
        }
        SetHandle(MapView(file, length));
    }

    public override bool IsInvalid => handle == -1;

    internal byte* Pointer => (byte*)handle;

    protected override bool ReleaseHandle()
    {
        if (_view is null) return Unmap(handle, _length) == 0;
        UnmapView();
        return true;
    }

    private nint MapView(SafeFileHandle file, long length)
    {
        var map = MemoryMappedFile.CreateFromFile(
            file, null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        var view = map.CreateViewAccessor(0, length);
        (_map, _view) = (map, view);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return (nint)(pointer + view.PointerOffset);
    }

    private void UnmapView()
    {
        ((MemoryMappedViewAccessor)_view!).SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map!.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}

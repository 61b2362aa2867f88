using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Shared memory in use: it stays mapped until this is disposed of.</summary>
internal readonly ref struct SegmentUse
{
    private readonly SafeHandle _handle;

    internal SegmentUse(SafeHandle handle)
    {
        var held = false;
        handle.DangerousAddRef(ref held);
        _handle = handle;
    }

    public void Dispose() => _handle.DangerousRelease();
}

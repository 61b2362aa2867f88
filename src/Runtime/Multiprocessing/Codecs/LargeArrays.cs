using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Fresh memory for a large array is zeroed page by page as it is first written, which takes longer than the copy.</summary>
internal static unsafe partial class LargeArrays
{
    private const int From = 8 << 20;
    private const nuint HugePage = 2 << 20;
    private const int UseHugePages = 14;

    /// <summary>Asks Linux for large pages below an array that is about to be filled. It may refuse; nothing depends on it.</summary>
    internal static void Prepare(Span<byte> array)
    {
        if (array.Length < From || !OperatingSystem.IsLinux()) return;
        fixed (byte* start = array)
        {
            var from = ((nuint)start + HugePage - 1) & ~(HugePage - 1);
            var to = ((nuint)start + (nuint)array.Length) & ~(HugePage - 1);
            _ = Advise(from, to - from, UseHugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}

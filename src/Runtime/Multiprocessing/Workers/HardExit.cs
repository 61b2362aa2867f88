using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing.Workers;

/// <summary>Ends this process now, whatever its other threads do and whatever its exit handlers would like to.</summary>
internal static partial class HardExit
{
    internal static void Now(int code)
    {
        if (OperatingSystem.IsWindows()) Process.GetCurrentProcess().Kill();
        else End(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void End(int code);
}

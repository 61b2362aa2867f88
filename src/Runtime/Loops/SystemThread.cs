using System.Runtime.InteropServices;

namespace Quintet.Loops;

/// <summary>Whether a thread computes or waits, as the system sees it. Linux only.</summary>
internal static partial class SystemThread
{
    private static readonly nint GetId = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 186 : 178;

    private static readonly bool IsSupported =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The system's id of this thread, or 0 where it is of no use.</summary>
    internal static int CurrentId => IsSupported ? (int)Call(GetId) : 0;

    /// <summary>Whether it runs, or would if a processor were free; false when it waits, or nobody knows.</summary>
    internal static bool Runs(int id)
    {
        if (id == 0) return false;
        try
        {
            var line = File.ReadAllText($"/proc/self/task/{id}/stat");
            // "id (name) state …", and a name may hold anything.
            var state = line.LastIndexOf(')') + 2;
            return state < line.Length && line[state] == 'R';
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number);
}

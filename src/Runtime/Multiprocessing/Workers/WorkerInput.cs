using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quintet.Multiprocessing.Workers;

/// <summary>
/// The worker's standard input, which is where its parent speaks. It is moved away, so that a function that reads from the console, or a
/// program that it starts, finds the end at once and hears nothing of it (Python: <c>sys.stdin = open(os.devnull)</c>).
/// </summary>
internal static unsafe partial class WorkerInput
{
    private const int StandardInput = 0, DuplicateCloseOnExec = 1030, FirstFree = 3;

    internal static Stream Take()
    {
        if (OperatingSystem.IsWindows())
        {
            var console = Console.OpenStandardInput();
            Console.SetIn(TextReader.Null);
            return console;
        }
        var own = OperatingSystem.IsLinux() ? Control(StandardInput, DuplicateCloseOnExec, FirstFree) : Duplicate(StandardInput);
        if (own < 0 || !BecomesNothing()) own = StandardInput;

        // The console's assembly would be loaded for its stream alone.
        return new FileStream(new SafeFileHandle(own, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    }

    private static bool BecomesNothing()
    {
        int nothing;
        fixed (byte* path = "/dev/null\0"u8) nothing = Open(path, 0);
        if (nothing < 0) return false;
        var moved = DuplicateTo(nothing, StandardInput) == StandardInput;
        Close(nothing);
        return moved;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int from, int to);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

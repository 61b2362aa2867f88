// How a thread or process is named
// --------------------------------
// Words in shared memory say who holds something. A process id alone would name somebody else once it is used again, so a stamp is the
// process id, the thread id (both 22 bits, Linux's largest) and the low 19 bits of the thread's start in clock ticks. A stamp is above 0.
// Whether its owner lives is read from /proc, where a killed process that nobody has waited for yet is known as dead too.
//
// Elsewhere than on Linux a stamp names the process only: what a thread that ended there still held is found when its process ends.
//
// Source: proc(5), /proc/[pid]/task/[tid]/stat. The kernel's own robust lists (set_robust_list(2)) belong to the C library.

using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Quintet.Core;

namespace Quintet.Multiprocessing;

/// <summary>Names of threads and processes that hold something in shared memory.</summary>
internal static partial class Stamp
{
    private const int IdBits = 22;
    private const int StartBits = 19;
    private const int IdMask = (1 << IdBits) - 1;
    private const int StartMask = (1 << StartBits) - 1;
    private const int FieldsFromStateToStart = 19;

    private static long _process;

    [ThreadStatic]
    private static long _thread;

    /// <summary>The calling thread.</summary>
    internal static long OfThread => _thread != 0 ? _thread : _thread = Of(ThreadId());

    /// <summary>This process.</summary>
    internal static long OfProcess => _process != 0 ? _process : _process = Of(Environment.ProcessId);

    internal static int ProcessId(long stamp) => (int)(stamp >> (IdBits + StartBits)) & IdMask;

    /// <summary>Whether the thread or process that the stamp names still runs.</summary>
    internal static bool IsAlive(long stamp)
    {
        if (!OperatingSystem.IsLinux()) return IsProcess(ProcessId(stamp));
        var thread = (int)(stamp >> StartBits) & IdMask;
        return Start(ProcessId(stamp), thread) is { } start && (start & StartMask) == (stamp & StartMask);
    }

    /// <summary>A quick look that may miss a process which has died and not been waited for.</summary>
    internal static bool IsGone(long stamp)
    {
        const int noSuchProcess = 3;
        if (!OperatingSystem.IsLinux()) return !IsProcess(ProcessId(stamp));
        return Signal(ProcessId(stamp), 0) != 0 && Marshal.GetLastPInvokeError() == noSuchProcess;
    }

    private static long Of(int thread)
    {
        var start = OperatingSystem.IsLinux() ? Start(Environment.ProcessId, thread) ?? 0 : 0;
        return ((long)(Environment.ProcessId & IdMask) << (IdBits + StartBits)) | ((long)(thread & IdMask) << StartBits)
            | (start & StartMask);
    }

    private static bool IsProcess(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>When the thread started, or null if it has ended.</summary>
    [NonBlocking] // The kernel writes what is read: no device answers.
    private static long? Start(int process, int thread)
    {
        Span<byte> text = stackalloc byte[512];
        int length;
        try
        {
            using var file = File.OpenHandle($"/proc/{process}/task/{thread}/stat", share: FileShare.ReadWrite);
            length = RandomAccess.Read(file, text, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The name in brackets may hold anything, brackets too; what follows the last one are the state and numbers.
        var fields = text[..length];
        fields = fields[(fields.LastIndexOf((byte)')') + 2)..];
        if (fields.IsEmpty || fields[0] is (byte)'Z' or (byte)'X') return null;
        for (var field = 0; field < FieldsFromStateToStart; field++) fields = fields[(fields.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(fields, out long start, out _) ? start : null;
    }

    private static int ThreadId()
    {
        const int x64 = 186, arm64 = 178;
        if (!OperatingSystem.IsLinux()) return Environment.CurrentManagedThreadId;
        return RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (int)SystemCall(x64),
            Architecture.Arm64 => (int)SystemCall(arm64),
            _ => GetThreadId(),
        };
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}

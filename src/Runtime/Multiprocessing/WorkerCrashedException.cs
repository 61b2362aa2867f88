namespace Quintet.Multiprocessing;

/// <summary>The worker that ran a task ended without an answer. Only that task fails; the pool goes on with another worker.</summary>
public sealed class WorkerCrashedException : Exception
{
    internal WorkerCrashedException(int processId, int exitCode, string? reason = null)
        : base($"Worker process {processId} {Describe(exitCode)} while it ran this task{(reason is null ? "." : $": {reason}.")}")
    {
        ProcessId = processId;
        ExitCode = exitCode;
        Signal = SignalOf(exitCode);
    }

    /// <summary>The worker's process id.</summary>
    public int ProcessId { get; }

    /// <summary>Its exit code; 128 + n when signal n ended it.</summary>
    public int ExitCode { get; }

    /// <summary>The number of the signal that ended it, if it was one (9 for SIGKILL).</summary>
    public int? Signal { get; }

    internal static int? SignalOf(int exitCode) => !OperatingSystem.IsWindows() && exitCode is > 128 and < 128 + 65 ? exitCode - 128 : null;

    internal static string Describe(int exitCode) =>
        SignalOf(exitCode) is { } signal ? $"was ended by signal {signal}" : $"ended with exit code {exitCode}";
}

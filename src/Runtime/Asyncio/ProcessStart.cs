using System.Diagnostics;

namespace Quintet.Asyncio;

/// <summary>A program that is being started on the pool, and may be wanted no more before it is there.</summary>
internal sealed class ProcessStart(ProcessStartInfo info)
{
    private readonly Lock _gate = new();
    private Process? _started;
    private bool _abandoned;

    internal Process Begin()
    {
        lock (_gate) ObjectDisposedException.ThrowIf(_abandoned, this);
        var process = Process.Start(info)!;
        lock (_gate)
        {
            _started = process;
            if (_abandoned) End(process);
        }
        return process;
    }

    /// <summary>Nobody will have it: what runs is killed, what does not run yet will not.</summary>
    internal void Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
            if (_started is { } process) End(process);
        }
    }

    private static void End(Process process)
    {
        process.Kill();
        process.Dispose();
    }
}

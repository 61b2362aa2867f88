// What a worker leaves behind
// ---------------------------
// Parent and worker have one segment in common. The worker notes there which task it has begun and when, and puts its results there
// before it sends them, many in one write. So when it is killed, the parent knows which task was running, and still reads the
// results of those that had finished: they are neither lost nor run again.
//
// Invariants:
//   I1  The log holds the bytes [Base, Base + Committed) of the worker's stream of results; bytes are committed after they are written.
//   I2  Committed goes to zero before Base moves, so that a worker killed between the two has nothing in the log rather than too much.
//   I3  The words are written by the worker only; the parent reads Base and Committed only when the worker is dead.

using System.Diagnostics;

namespace Quintet.Multiprocessing.Workers;

/// <summary>The memory that a worker shares with its parent.</summary>
internal sealed unsafe class WorkerBoard(SharedSegment segment) : IDisposable
{
    internal const int LogSize = 640 * 1024;

    private const int LogOffset = 4096;

    private readonly long* _words = (long*)segment.Pointer;

    internal string Address => segment.Address;

    /// <summary>The number of the task that was begun last.</summary>
    internal long Started => Volatile.Read(ref _words[0]);

    /// <summary>For how long the task that was begun last has been running, if it still runs.</summary>
    internal TimeSpan SinceStart => Stopwatch.GetElapsedTime(Volatile.Read(ref _words[1]));

    internal long LogBase
    {
        get => Volatile.Read(ref _words[8]);
        set => Volatile.Write(ref _words[8], value);
    }

    internal long LogCommitted
    {
        get => Volatile.Read(ref _words[9]);
        set => Volatile.Write(ref _words[9], value);
    }

    internal Span<byte> Log => segment.Span(LogOffset, LogSize);

    internal static WorkerBoard Create() => new(SharedSegment.Create(LogOffset + LogSize));

    internal static WorkerBoard Open(string address) => new(SharedSegment.Open(address, LogOffset + LogSize));

    /// <summary>The clock is the system's monotonic one, the same for all processes.</summary>
    internal void Start(long task, bool noteTime)
    {
        if (noteTime) Volatile.Write(ref _words[1], Stopwatch.GetTimestamp());
        Volatile.Write(ref _words[0], task);
    }

    /// <summary>What the dead worker had finished but not sent, given that <paramref name="received"/> bytes of its stream have
    /// arrived.</summary>
    internal ReadOnlySpan<byte> Unsent(long received)
    {
        var (from, committed) = (received - LogBase, LogCommitted);
        return committed <= LogSize && from >= 0 && from < committed ? Log[(int)from..(int)committed] : default;
    }

    public void Dispose() => segment.Dispose();
}

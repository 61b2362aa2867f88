using System.Diagnostics.Tracing;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>The event source <c>Quintet-Multiprocessing</c>: what is rare and worth knowing. It has no events of single tasks.</summary>
[EventSource(Name = "Quintet-Multiprocessing")]
internal sealed class PoolEventSource : EventSource
{
    internal static readonly PoolEventSource Log = new();

    [Event(1, Level = EventLevel.Informational, Message = "Pool {0} has started worker process {1}")]
    public void WorkerStarted(int pool, int processId) => WriteEvent(1, pool, processId);

    [Event(2, Level = EventLevel.Informational, Message = "Worker process {1} of pool {0} has ended: {2}")]
    public void WorkerEnded(int pool, int processId, string reason) => WriteEvent(2, pool, processId, reason);

    [Event(3, Level = EventLevel.Warning, Message = "Worker process {1} of pool {0} {2}")]
    public void WorkerCrashed(int pool, int processId, string how) => WriteEvent(3, pool, processId, how);

    [Event(4, Level = EventLevel.Warning, Message = "Worker process {1} of pool {0} was killed because of its task: {2}")]
    public void WorkerKilled(int pool, int processId, string reason) => WriteEvent(4, pool, processId, reason);

    [Event(5, Level = EventLevel.Informational, Message = "{1} tasks of pool {0} that a worker had not begun go to others")]
    public void Redispatched(int pool, int tasks) => WriteEvent(5, pool, tasks);

    [Event(6, Level = EventLevel.Error, Message = "Pool {0} is broken: {1}")]
    public void Broken(int pool, string reason) => WriteEvent(6, pool, reason);
}

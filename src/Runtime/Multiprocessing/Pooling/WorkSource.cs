namespace Quintet.Multiprocessing.Pooling;

/// <summary>Work that waits in a pool's queue: one task, or a map that makes its chunks when a worker has room.</summary>
internal abstract class WorkSource
{
    /// <summary>How many units it can still give. Read and changed under the pool's lock.</summary>
    internal abstract int Remaining { get; }

    /// <summary>When it was queued, or 0 if nobody wants to know.</summary>
    internal long QueuedAt { get; set; }

    /// <summary>The next unit; null if there is none any more (it was cancelled). Called under the pool's lock, so it runs no user
    /// code.</summary>
    internal abstract WorkUnit? Take();

    /// <summary>The pool is broken or ended: whatever has not been taken fails.</summary>
    internal abstract void FailRest(Func<Exception> reason);
}

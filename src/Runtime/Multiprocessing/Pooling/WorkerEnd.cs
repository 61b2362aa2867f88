namespace Quintet.Multiprocessing.Pooling;

/// <summary>How a worker of a pool that was ready ended, and a start that failed.</summary>
internal enum WorkerEnd
{
    /// <summary>As it was told: the pool was disposed of, or it had done as many tasks as it may.</summary>
    Shutdown,

    /// <summary>By itself, or killed by somebody else.</summary>
    Crashed,

    /// <summary>Killed, because its task ran too long.</summary>
    Timeout,

    /// <summary>Killed, because its task was cancelled and went on.</summary>
    Cancelled,

    /// <summary>Killed, because the pool was terminated.</summary>
    Terminated,

    /// <summary>It never was ready.</summary>
    Unstarted,
}

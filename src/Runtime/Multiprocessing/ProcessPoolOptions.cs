namespace Quintet.Multiprocessing;

/// <summary>How a <see cref="ProcessPool"/> behaves. Read once, by its constructor.</summary>
public sealed class ProcessPoolOptions
{
    /// <summary>The most workers that run tasks at the same time. Default: the number of processors. They are started when
    /// needed.</summary>
    public int WorkerCount { get; init; } = Environment.ProcessorCount;

    /// <summary>Workers that are kept started beyond those in use, to take over from one that ends. Default 0.</summary>
    public int SpareWorkers { get; init; }

    /// <summary>Run once in each worker before its first task; a static method or static lambda. If it fails the pool is broken.</summary>
    public Action? Initializer { get; init; }

    /// <summary>After how many tasks a worker is replaced by a new one. Default: never. A chunk of a map is one task.</summary>
    public int? MaxTasksPerWorker { get; init; }

    /// <summary>
    /// How much work is sent ahead to a worker, measured in time: tasks that take a microsecond are sent by the hundred, tasks that
    /// take longer than this one at a time. Default 1 ms.
    /// </summary>
    public TimeSpan PrefetchTime { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The most tasks that are sent ahead to a worker, whatever they take. Default 256; 2 is what ProcessPoolExecutor
    /// does.</summary>
    public int MaxPrefetch { get; init; } = 256;

    /// <summary>How long a task (or chunk) may run before its worker is killed and it fails with <see cref="TaskTimeoutException"/>.
    /// Default: for ever.</summary>
    public TimeSpan TaskTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long a running task may go on after it was cancelled before its worker is killed. Default 1 s.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most managed memory of each worker in bytes (the runtime's GCHeapHardLimit). Default: none.</summary>
    public long? WorkerMemoryLimit { get; init; }

    /// <summary>How long a started process may take to become a worker. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a worker may have this pool. Default false, because workers of workers multiply (Python: daemonic processes have no
    /// children).</summary>
    public bool AllowInWorker { get; init; }

    /// <summary>Variables to set for workers, beyond those that they inherit; null removes one.</summary>
    public IDictionary<string, string?> WorkerEnvironment { get; } = new Dictionary<string, string?>();

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WorkerCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SpareWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTasksPerWorker ?? 1, 1, nameof(MaxTasksPerWorker));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPrefetch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WorkerMemoryLimit ?? 1, 1, nameof(WorkerMemoryLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(PrefetchTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StartTimeout, TimeSpan.Zero);
        if (TaskTimeout != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TaskTimeout, TimeSpan.Zero);
        if (CancellationGrace != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(CancellationGrace, TimeSpan.Zero);
    }
}

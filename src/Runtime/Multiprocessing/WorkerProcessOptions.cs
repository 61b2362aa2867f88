namespace Quintet.Multiprocessing;

/// <summary>How a <see cref="WorkerProcess"/> is started. Read once, when it is.</summary>
public sealed class WorkerProcessOptions
{
    /// <summary>What it is called in messages. Default: the function's name.</summary>
    public string? Name { get; init; }

    /// <summary>The most managed memory in bytes (the runtime's GCHeapHardLimit). Default: none.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>How long the started process may take until it has read its argument. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a worker may start this process. Default false, because workers of workers multiply (Python: daemonic processes
    /// have no children).</summary>
    public bool AllowInWorker { get; init; }

    /// <summary>Variables to set for the process, beyond those that it inherits; null removes one.</summary>
    public IDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal ProcessPoolOptions Checked()
    {
        var options = new ProcessPoolOptions
        {
            WorkerMemoryLimit = MemoryLimit,
            StartTimeout = StartTimeout,
            AllowInWorker = AllowInWorker,
        };
        foreach (var (name, value) in Environment) options.WorkerEnvironment[name] = value;
        options.Check();
        return options;
    }
}

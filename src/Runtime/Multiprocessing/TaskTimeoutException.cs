namespace Quintet.Multiprocessing;

/// <summary>A task ran longer than it was allowed to. Its worker was killed; other tasks and workers were not touched.</summary>
public sealed class TaskTimeoutException : TimeoutException
{
    internal TaskTimeoutException(TimeSpan limit, int processId) : base($"The task ran longer than {limit} in process {processId}.")
    {
        Limit = limit;
        ProcessId = processId;
    }

    /// <summary>How long it was allowed to run.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The worker's process id.</summary>
    public int ProcessId { get; }
}

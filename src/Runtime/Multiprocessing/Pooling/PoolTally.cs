namespace Quintet.Multiprocessing.Pooling;

/// <summary>What a pool has counted since it was made. Written and read by any thread.</summary>
internal sealed class PoolTally
{
    private readonly long[] _tasks = new long[Enum.GetValues<TaskEnd>().Length];
    private readonly long[] _workers = new long[Enum.GetValues<WorkerEnd>().Length];
    private long _started;
    private long _redispatched;

    /// <summary>How many workers have become ready.</summary>
    internal long Started => Interlocked.Read(ref _started);

    /// <summary>How many tasks went back to the queue because their worker ended before it began them.</summary>
    internal long Redispatched => Interlocked.Read(ref _redispatched);

    internal long this[TaskEnd end] => Interlocked.Read(ref _tasks[(int)end]);

    internal long this[WorkerEnd end] => Interlocked.Read(ref _workers[(int)end]);

    internal void Add(TaskEnd end, int tasks) => Interlocked.Add(ref _tasks[(int)end], tasks);

    internal void Add(WorkerEnd end) => Interlocked.Increment(ref _workers[(int)end]);

    internal void AddStarted() => Interlocked.Increment(ref _started);

    internal void AddRedispatched(int tasks) => Interlocked.Add(ref _redispatched, tasks);
}

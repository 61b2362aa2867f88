// How the scheduler works
// -----------------------
// Work waits in one queue. A few threads of our own take it, because a pool thread that waits for a lock is a pool thread lost. A
// thread holds the lock for one piece of work: a task up to its next await, or one callback. So an await lets the lock go, and the next
// piece competes for it again. A second thread is worth having only while the first is inside AllowThreads or waits at a checkpoint,
// so one is started when work is queued and nobody is idle, up to the limit. Idle threads end after ten seconds.
//
// Locking: _gate guards the queue and the counts; nothing runs under it.
//
// Source: System.Threading.Tasks.TaskScheduler; CPython has no counterpart (a Python coroutine keeps to one thread).

namespace Quintet.GilThreads;

/// <summary>Runs tasks and callbacks on threads that hold the lock.</summary>
internal sealed class GilTaskScheduler : TaskScheduler
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(10);

    [ThreadStatic]
    private static GlobalInterpreterLock? _runningFor;

    private readonly GlobalInterpreterLock _lock;
    private readonly object _gate = new();
    private readonly Queue<object> _queue = new();
    private int _threads;
    private int _idle;

    internal GilTaskScheduler(GlobalInterpreterLock owner, int maxThreads)
    {
        _lock = owner;
        MaximumConcurrencyLevel = maxThreads;
        Context = new GilSynchronizationContext(this, owner);
    }

    public override int MaximumConcurrencyLevel { get; }

    /// <summary>The lock for which this thread runs a piece of scheduled work.</summary>
    internal static GlobalInterpreterLock? RunningFor => _runningFor;

    internal GilSynchronizationContext Context { get; }

    internal void Post(SendOrPostCallback callback, object? state) => Add(new Callback(callback, state));

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _runningFor == _lock && _lock.IsHeldByCurrentThread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return _queue.OfType<Task>().ToArray();
    }

    private void Add(object work)
    {
        lock (_gate)
        {
            _queue.Enqueue(work);
            if (_idle > 0) Monitor.Pulse(_gate);
            if (_queue.Count <= _idle || _threads == MaximumConcurrencyLevel) return;
            _threads++;
        }
        new Thread(Serve) { IsBackground = true, Name = $"{_lock.Name} scheduler" }.Start();
    }

    private void Serve()
    {
        _runningFor = _lock;
        System.Threading.SynchronizationContext.SetSynchronizationContext(Context);
        while (Next() is { } work)
        {
            _ = _lock.Enter();
            try
            {
                Run(work);
            }
            finally
            {
                // Whose work it was is not known here any more; Run() has told the first piece of it.
                if (_lock.ExitAll("Scheduled work") is { } forgotten) GilEventSource.Log.Misused(_lock.Name, forgotten);
            }
        }
    }

    private object? Next()
    {
        lock (_gate)
        {
            _idle++;
            while (_queue.Count == 0 && Monitor.Wait(_gate, IdleLife))
            {
            }
            _idle--;
            if (_queue.TryDequeue(out var work)) return work;
            _threads--;
            return null;
        }
    }

    private void Run(object work)
    {
        if (work is Task task)
        {
            TryExecuteTask(task);
            return;
        }
        var callback = (Callback)work;
        try
        {
            callback.Function(callback.State);
        }
        catch (Exception exception)
        {
            // As everywhere else, an exception that nobody can catch (async void) ends the process, and does so from the pool.
            var thrown = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
            ThreadPool.UnsafeQueueUserWorkItem(static info => info.Throw(), thrown, preferLocal: false);
        }
    }

    private sealed record Callback(SendOrPostCallback Function, object? State);
}

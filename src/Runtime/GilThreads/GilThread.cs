namespace Quintet.GilThreads;

/// <summary>A thread that holds a <see cref="GlobalInterpreterLock"/> while it runs (Python: <c>threading.Thread</c>).</summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class GilThread
{
    private static int _started;

    private readonly GlobalInterpreterLock _lock;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal GilThread(GlobalInterpreterLock owner, Action body, string? name, bool background)
    {
        _lock = owner;
        _thread = new Thread(() => Run(body))
        {
            Name = name is { Length: > 0 } ? name : $"Thread-{Interlocked.Increment(ref _started)}",
            IsBackground = background,
        };
        _thread.Start();
    }

    /// <summary>The name given at the start, or "Thread-N".</summary>
    public string Name => _thread.Name!;

    /// <summary>The managed id of the thread.</summary>
    public int ManagedThreadId => _thread.ManagedThreadId;

    /// <summary>False once the thread has ended.</summary>
    public bool IsAlive => !_ended.Task.IsCompleted;

    /// <summary>Whether the process may end without it (Python: <c>daemon</c>).</summary>
    public bool IsBackground => _thread.IsBackground;

    /// <summary>What ended the thread, if that was an exception. Joining it does not throw, as in Python.</summary>
    public Exception? Exception { get; private set; }

    /// <summary>Completes when the thread has ended, however it ended.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Waits for the end of the thread; a caller that holds the lock lets it go meanwhile.</summary>
    /// <exception cref="GilMisuseException">A thread waits for itself.</exception>
    public void Join() => Join(Timeout.InfiniteTimeSpan);

    /// <summary>As <see cref="Join()"/>, for at most <paramref name="timeout"/>.</summary>
    /// <returns>Whether the thread has ended.</returns>
    /// <exception cref="GilMisuseException">A thread waits for itself.</exception>
    public bool Join(TimeSpan timeout)
    {
        if (Thread.CurrentThread == _thread) throw new GilMisuseException("A thread cannot join itself.");
        return _lock.IsHeldByCurrentThread ? _lock.AllowThreads(() => _ended.Task.Wait(timeout)) : _ended.Task.Wait(timeout);
    }

    private void Run(Action body)
    {
        try
        {
            string? forgotten = null;
            _ = _lock.Enter();
            try
            {
                body();
            }
            finally
            {
                forgotten = _lock.ExitAll($"Thread {Name}");
            }
            if (forgotten is not null) throw new GilMisuseException(forgotten);
        }
        catch (Exception exception)
        {
            Exception = exception;
            _lock.OnThreadFailed(this, exception);
        }
        finally
        {
            _ended.SetResult();
        }
    }
}

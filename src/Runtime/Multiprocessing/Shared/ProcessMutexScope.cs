namespace Quintet.Multiprocessing;

/// <summary>A held <see cref="ProcessMutex"/>. A ref struct, so that the compiler refuses to hold it across an await.</summary>
public readonly ref struct ProcessMutexScope
{
    private readonly ProcessMutex _mutex;

    internal ProcessMutexScope(ProcessMutex mutex) => _mutex = mutex;

    /// <summary>
    /// Lets go, if this thread still holds the mutex: a wait for a condition that ended with an exception may have lost it.
    /// </summary>
    public void Dispose()
    {
        if (_mutex.IsHeldByCurrentThread) _mutex.Exit();
    }
}

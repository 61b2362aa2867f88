namespace Quintet.Multiprocessing;

/// <summary>
/// An object in shared memory. Given to a process function (or sent through a queue or pipe), only its address crosses, and both sides have
/// the same object.
/// </summary>
/// <remarks>
/// <para>It lives while any process has it. Whoever gives it away must not dispose of it before the other side has opened it: when the task
/// has ended, <see cref="WorkerProcess.Start(Action, WorkerProcessOptions?)"/> has returned, or the message was received.</para>
/// <para>All members may be called from any thread. Waits are on Linux's futex; elsewhere the memory is looked at every millisecond, which
/// works and wakes late. On Linux the death of a thread is noticed, elsewhere that of its process.</para>
/// </remarks>
public abstract class SharedObject : IDisposable
{
    private protected SharedObject(SharedSegment segment) => Segment = segment;

    private protected SharedSegment Segment { get; }

    /// <summary>What another process opens.</summary>
    internal SharedSegment Handle
    {
        get
        {
            Segment.ThrowIfDisposed();
            return Segment;
        }
    }

    /// <summary>Gives up this process's view. Other processes keep theirs. Waits of this process that are under way end with
    /// <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once by <see cref="Dispose()"/>.</summary>
    private protected virtual void Dispose(bool disposing) => Segment.Dispose();
}

// How the work pool works
// -----------------------
// A queue under a lock and at most Size threads, started when work comes and nobody is idle. A thread is woken only when one is idle.
//
// Invariants:
//   I1  Work is begun in the order in which it was queued.
//   I2  At most Size items run at a time.
//
// Locking: _gate guards every field; work runs outside of it.
// Source: libuv src/threadpool.c (4 threads, one queue); CPython ThreadPoolExecutor (threads on demand).
// Rejected: the thread pool of the base library. Its hand-over costs 2.5 to 4 microseconds where this costs 0.8 (bench/README.md), and its
// number of threads is not ours to choose.

namespace Quintet.Loops;

/// <summary>The threads to which a loop gives what would hold it.</summary>
internal sealed class WorkPool(int size, string name) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = new();
    private readonly SemaphoreSlim _wake = new(0);
    private int _threads;
    private int _idle;
    private bool _closed;

    internal int Size { get; } = size;

    internal void Queue(SendOrPostCallback work, object? state)
    {
        var wake = false;
        var start = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _queue.Enqueue((work, state));
            if (_idle > 0)
            {
                _idle--;
                wake = true;
            }
            else if (_threads < Size)
            {
                _threads++;
                start = true;
            }
        }

        if (wake) _wake.Release();
        if (start) new Thread(Serve) { IsBackground = true, Name = name }.UnsafeStart();
    }

    /// <summary>Lets the threads end when the queue is empty. Work that was queued is done.</summary>
    public void Dispose()
    {
        int idle;
        lock (_gate)
        {
            _closed = true;
            idle = _idle;
            _idle = 0;
        }

        if (idle > 0) _wake.Release(idle);
    }

    private void Serve()
    {
        while (true)
        {
            (SendOrPostCallback Work, object? State) item;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out item))
                {
                    if (_closed) return;
                    _idle++;
                }
            }

            if (item.Work is null) _wake.Wait();
            else item.Work(item.State);
        }
    }
}

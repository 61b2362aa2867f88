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
    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = new();
    private int _threads;
    private int _idle;
    private bool _closed;

    internal int Size { get; } = size;

    internal void Queue(SendOrPostCallback work, object? state)
    {
        var start = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _queue.Enqueue((work, state));
            // An idle thread that was woken for other work and has not come yet counts once only.
            if (_idle < _queue.Count && _threads < Size)
            {
                _threads++;
                start = true;
            }
            else if (_idle > 0) Monitor.Pulse(_gate);
        }

        if (start) new Thread(Serve) { IsBackground = true, Name = name }.UnsafeStart();
    }

    /// <summary>Lets the threads end when the queue is empty. Work that was queued is done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Serve()
    {
        while (true)
        {
            (SendOrPostCallback Work, object? State) item;
            lock (_gate)
            {
                while (!_queue.TryDequeue(out item))
                {
                    if (_closed) return;
                    _idle++;
                    Monitor.Wait(_gate);
                    _idle--;
                }
            }

            item.Work(item.State);
        }
    }
}

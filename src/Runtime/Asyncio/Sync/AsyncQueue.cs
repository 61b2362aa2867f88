// How a queue works
// -----------------
// Items wait in a store (first in first out, or as a derived class has it), getters and putters wait in two queues of wake-ups. Putting
// an item wakes one getter, taking one wakes one putter; who is woken looks again, because somebody else may have been faster. A
// woken waiter that is cancelled before it ran passes its wake-up on, so that no item is left lying beside a waiting getter.
//
// Invariants:
//   I1  With a maximum size, the store never holds more.
//   I2  Unfinished == items put minus TaskDone calls.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/queues.py, with shutdown of 3.13.

namespace Quintet.Asyncio;

/// <summary>A queue between tasks, first in first out. Source: <c>asyncio.Queue</c>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public class AsyncQueue<T>
{
    private readonly Queue<T> _items = new();
    private readonly Queue<Wakeup> _getters = new();
    private LoopBinding _binding;
    private readonly Queue<Wakeup> _putters = new();
    private readonly AsyncEvent _finished = new();
    private bool _shutDown;

    /// <summary>A queue without a maximum.</summary>
    public AsyncQueue() : this(0) { }

    /// <summary>
    /// A queue in which <see cref="Put"/> waits while it holds <paramref name="maxSize"/> items; 0 or less means no maximum.
    /// </summary>
    public AsyncQueue(int maxSize)
    {
        MaxSize = maxSize;
        _finished.Set();
    }

    /// <summary>The maximum; 0 or less means none.</summary>
    public int MaxSize { get; }

    /// <summary>How many items it holds.</summary>
    public virtual int Count => _items.Count;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Whether it holds its maximum.</summary>
    public bool IsFull => MaxSize > 0 && Count >= MaxSize;

    /// <summary>How many items were put for which <see cref="TaskDone"/> was not called.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Puts an item; waits while the queue is full.</summary>
    /// <exception cref="QueueShutDownException">It was shut down.</exception>
    public Coroutine Put(T item) => QueuePut<T>.Into(this, item);

    internal async Coroutine<Nothing> WaitAndPut(T item)
    {
        while (IsFull)
        {
            ThrowIfShutDown();
            var putter = new Wakeup(_binding.LoopOf(nameof(AsyncQueue<>)));
            _putters.Enqueue(putter);
            try
            {
                await putter;
            }
            catch
            {
                putter.Cancel();
                if (!IsFull && !putter.IsCancelled) WakeNext(_putters);
                throw;
            }
        }

        PutNoWait(item);
        return default;
    }

    /// <summary>Puts an item at once (<c>put_nowait</c>).</summary>
    /// <exception cref="QueueFullException">It is full.</exception>
    /// <exception cref="QueueShutDownException">It was shut down.</exception>
    public void PutNoWait(T item)
    {
        ThrowIfShutDown();
        if (!TryPut(item)) throw new QueueFullException();
    }

    /// <summary>Puts an item at once; false when the queue is full or shut down.</summary>
    public bool TryPut(T item)
    {
        if (_shutDown || IsFull) return false;
        Store(item);
        Unfinished++;
        if (_finished.IsSet) _finished.Clear();
        WakeNext(_getters);
        return true;
    }

    /// <summary>Takes an item; waits while there is none.</summary>
    /// <exception cref="QueueShutDownException">It was shut down and is empty.</exception>
    public Coroutine<T> Get() => QueueGet<T>.From(this);

    internal async Coroutine<T> WaitAndGet()
    {
        while (IsEmpty)
        {
            ThrowIfShutDown();
            var getter = new Wakeup(_binding.LoopOf(nameof(AsyncQueue<>)));
            _getters.Enqueue(getter);
            try
            {
                await getter;
            }
            catch
            {
                getter.Cancel();
                if (!IsEmpty && !getter.IsCancelled) WakeNext(_getters);
                throw;
            }
        }

        return GetNoWait();
    }

    /// <summary>Takes an item at once (<c>get_nowait</c>).</summary>
    /// <exception cref="QueueEmptyException">There is none.</exception>
    /// <exception cref="QueueShutDownException">It was shut down and is empty.</exception>
    public T GetNoWait()
    {
        if (TryGet(out var item)) return item;
        ThrowIfShutDown();
        throw new QueueEmptyException();
    }

    /// <summary>Takes an item at once; false when there is none.</summary>
    public bool TryGet([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        if (IsEmpty)
        {
            item = default;
            return false;
        }

        item = TakeStored();
        WakeNext(_putters);
        return true;
    }

    /// <summary>Says that the work on one item is done.</summary>
    /// <exception cref="ArgumentException">It was called more often than items were put.</exception>
    public void TaskDone()
    {
        if (Unfinished <= 0) throw new ArgumentException("task_done() called too many times");
        if (--Unfinished == 0) _finished.Set();
    }

    /// <summary>Waits until <see cref="TaskDone"/> was called for every item.</summary>
    public async Coroutine Join()
    {
        if (Unfinished > 0) await _finished.Wait();
    }

    /// <summary>
    /// Lets no item in any more. Getters take what is left, unless <paramref name="immediate"/>, which drops it; then they throw.
    /// </summary>
    public void Shutdown(bool immediate = false)
    {
        _shutDown = true;
        if (immediate)
        {
            while (!IsEmpty)
            {
                TakeStored();
                if (Unfinished > 0) Unfinished--;
            }

            if (Unfinished == 0) _finished.Set();
        }

        WakeAll(_getters);
        WakeAll(_putters);
    }

    private protected virtual void Store(T item) => _items.Enqueue(item);

    private protected virtual T TakeStored() => _items.Dequeue();

    private static void WakeNext(Queue<Wakeup> waiters)
    {
        while (waiters.TryDequeue(out var waiter))
        {
            if (waiter.IsDone) continue;
            waiter.Set();
            return;
        }
    }

    private static void WakeAll(Queue<Wakeup> waiters)
    {
        while (waiters.TryDequeue(out var waiter))
            if (!waiter.IsDone) waiter.Set();
    }

    private void ThrowIfShutDown()
    {
        if (_shutDown) throw new QueueShutDownException();
    }
}

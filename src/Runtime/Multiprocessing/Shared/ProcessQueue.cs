// How a process queue works
// -------------------------
// A MessageRing (see there for the invariants) whose messages are values in the form of their codec. Values become bytes before the ring is
// touched and values again after: a codec that throws harms its caller only.
//
// Source: CPython multiprocessing.queues.Queue, JoinableQueue; queue.Queue for what Full and Empty mean. There a feeder thread puts what
// put() has only remembered, so that put() succeeds and the value may be lost; here a value that was put is in shared memory.

using System.Runtime.CompilerServices;
using Quintet.Multiprocessing.Pooling;

namespace Quintet.Multiprocessing;

/// <summary>
/// A bounded first-in-first-out queue between any number of producers and consumers in any number of processes (Python:
/// <c>multiprocessing.JoinableQueue</c>). The death of any of them leaves it whole: what was put is there until it was taken.
/// </summary>
/// <typeparam name="T">What crosses; see <see cref="ProcessFunctionAttribute"/> for what can.</typeparam>
public sealed class ProcessQueue<T> : SharedObject
{
    private readonly MessageRing _ring;

    /// <summary>An empty queue.</summary>
    /// <param name="capacity">The most values in it, at least 1 and at most 1,048,576.</param>
    /// <param name="maxBytes">The most bytes of values in it, and of one value. Memory is taken as it is used.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessQueue(int capacity = 1024, long maxBytes = 64 << 20) : this(MessageRing.Create(capacity, maxBytes)) { }

    internal ProcessQueue(MessageRing ring) : base(ring.Segment) => _ring = ring;

    /// <summary>How many values are in it now (Python: <c>qsize</c>).</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int Count
    {
        get
        {
            using var use = Segment.Use();
            return _ring.Count;
        }
    }

    /// <summary>The most values in it.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int Capacity
    {
        get
        {
            using var use = Segment.Use();
            return _ring.Capacity;
        }
    }

    /// <summary>Whether <see cref="Complete"/> or <see cref="CompleteNow"/> was called, in whatever process.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool IsCompleted
    {
        get
        {
            using var use = Segment.Use();
            return _ring.IsClosed;
        }
    }

    /// <summary>Puts a value; waits while the queue is full.</summary>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the queue.</exception>
    /// <exception cref="ProcessQueueClosedException">The queue is completed.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was put.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Put(T value, CancellationToken cancellation = default) => TryPut(value, Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>As <see cref="Put"/>, for <paramref name="timeout"/> at most (zero: not at all, Python's <c>put_nowait</c>).</summary>
    /// <returns>False if the queue was full (Python: <c>queue.Full</c>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the queue.</exception>
    /// <exception cref="ProcessQueueClosedException">The queue is completed.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was put.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool TryPut(T value, TimeSpan timeout = default, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        var writer = ArgumentWriter.Rent();
        PayloadCodec<T>.Default.Write(writer, value);
        try
        {
            return _ring.TryPut(writer.Written, limits);
        }
        finally
        {
            writer.Trim();
        }
    }

    /// <summary>Takes the oldest value; waits while the queue is empty.</summary>
    /// <exception cref="ProcessQueueClosedException">The queue is completed and empty.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public T Get(CancellationToken cancellation = default)
    {
        TryGet(out var value, Timeout.InfiniteTimeSpan, cancellation);
        return value;
    }

    /// <summary>As <see cref="Get"/>, for <paramref name="timeout"/> at most (zero: not at all, Python's <c>get_nowait</c>).</summary>
    /// <returns>False if the queue was empty (Python: <c>queue.Empty</c>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="ProcessQueueClosedException">The queue is completed and empty.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool TryGet(out T value, TimeSpan timeout = default, CancellationToken cancellation = default)
    {
        return Take(out value, timeout, cancellation) switch
        {
            RingOutcome.Taken => true,
            RingOutcome.Late => false,
            _ => throw new ProcessQueueClosedException(),
        };
    }

    /// <summary>As <see cref="Put"/>; a thread of its own waits, so that the caller's is free.</summary>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the queue.</exception>
    /// <exception cref="ProcessQueueClosedException">The queue is completed.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was put.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public Task PutAsync(T value, CancellationToken cancellation = default) =>
        TryPut(value, TimeSpan.Zero, cancellation) ? Task.CompletedTask : WaitingThread.Run(() => Put(value, cancellation), cancellation);

    /// <summary>As <see cref="Get"/>; a thread of its own waits, so that the caller's is free.</summary>
    /// <exception cref="ProcessQueueClosedException">The queue is completed and empty.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public Task<T> GetAsync(CancellationToken cancellation = default) =>
        TryGet(out var value, TimeSpan.Zero, cancellation)
            ? Task.FromResult(value)
            : WaitingThread.Run(() => Get(cancellation), cancellation);

    /// <summary>Takes values until the queue is completed and empty. Others may take from it too.</summary>
    /// <exception cref="PayloadSerializationException">A value cannot be read here; it has been taken.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public async IAsyncEnumerable<T> GetAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var outcome = Take(out var value, TimeSpan.Zero, cancellation);
            if (outcome == RingOutcome.Late)
            {
                (outcome, value) = await WaitingThread.Run(
                    () => (Take(out var one, Timeout.InfiniteTimeSpan, cancellation), one), cancellation).ConfigureAwait(false);
            }
            if (outcome == RingOutcome.Ended) yield break;
            yield return value;
        }
    }

    /// <summary>
    /// Says that nothing more will be put, by whatever process. What is there can still be taken (Python: <c>shutdown()</c>).
    /// </summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Complete()
    {
        using var use = Segment.Use();
        _ring.Close();
    }

    /// <summary>
    /// As <see cref="Complete"/>, and what is in the queue is thrown away and counts as dealt with (Python:
    /// <c>shutdown(immediate=True)</c>).
    /// </summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void CompleteNow()
    {
        using var use = Segment.Use();
        _ring.CloseAndClear();
    }

    /// <summary>Says that a value which this process took has been dealt with (Python: <c>task_done</c>).</summary>
    /// <exception cref="InvalidOperationException">This process has said so of all that it took.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void TaskDone()
    {
        using var use = Segment.Use();
        _ring.Done();
    }

    /// <summary>Waits until all values were taken, and <see cref="TaskDone"/> was called for each, or its taker died.</summary>
    /// <returns>False if that was not so within <paramref name="timeout"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool Join(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        return _ring.Join(limits);
    }

    /// <summary>As <see cref="Join(TimeSpan, CancellationToken)"/>, without end.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Join(CancellationToken cancellation = default) => Join(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>As <see cref="Join(CancellationToken)"/>; a thread of its own waits.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public Task JoinAsync(CancellationToken cancellation = default) => Join(TimeSpan.Zero, cancellation)
        ? Task.CompletedTask
        : WaitingThread.Run(() => Join(Timeout.InfiniteTimeSpan, cancellation), cancellation);

    private RingOutcome Take(out T value, TimeSpan timeout, CancellationToken cancellation)
    {
        value = default!;
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        var outcome = _ring.Take(out var message, limits, static ring => !ring.IsClosed);
        if (outcome != RingOutcome.Taken) return outcome;
        var reader = new PayloadReader(message);
        value = PayloadCodec<T>.Default.Read(ref reader);
        return outcome;
    }
}

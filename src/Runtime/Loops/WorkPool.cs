// How the work pool works
// -----------------------
// A queue and at most Size threads, started when work comes and nobody is free for it.
//
// To wake a thread costs more than most small work does, so nobody is woken without need. A thread that has run out of work looks for
// more for a moment before it parks, if that was worth it lately. And while a thread works, and what is queued would take it
// less than the waking (going by how long work took so far), the queue is left to it. That guess can be wrong: so one of the parked
// threads is the sentinel, which looks at the queue every millisecond as long as anybody works.
//
// Invariants:
//   I1  Work is begun in the order in which it was queued.
//   I2  At most Size items run at a time.
//   I3  While something is queued, a thread is on its way (started, woken or looking), or the sentinel is there, or all Size threads work.
//
// Locking: _gate guards every field; work, wakes and waits are outside of it. It spins, because the loop's own waits are watched.
// Source: libuv src/threadpool.c (4 threads, one queue); CPython ThreadPoolExecutor (threads on demand); the Go scheduler's spinning Ms.
// Rejected: the thread pool of the base library. Its hand-over costs 2.5 to 4 microseconds where this costs less than one, and its number
// of threads is not ours to choose. Monitor's Wait and Pulse, which cost three times a bare futex.

using System.Diagnostics;
using Quintet.Core;

namespace Quintet.Loops;

/// <summary>The threads to which a loop gives what would hold it.</summary>
internal sealed class WorkPool(int size, string name) : IDisposable
{
    private static readonly long MostLooking = Stopwatch.Frequency / 50_000;
    private static readonly long CostOfWaking = Stopwatch.Frequency / 50_000;
    private static readonly TimeSpan SentinelPeriod = TimeSpan.FromMilliseconds(1);

    private readonly ThreadGate _parked = ThreadGate.Create();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = new();
    private SpinGate _gate;
    private int _queued;
    private int _threads;
    private int _idle;
    private int _coming;
    private bool _isLooking;
    private bool _hasSentinel;
    private bool _closed;
    private long _typical = Stopwatch.Frequency;
    private int _worth;

    internal int Size { get; } = size;

    internal void Queue(SendOrPostCallback work, object? state)
    {
        _gate.Enter();
        if (_closed)
        {
            _gate.Leave();
            throw new ObjectDisposedException(nameof(WorkPool));
        }

        _queue.Enqueue((work, state));
        Volatile.Write(ref _queued, _queue.Count);
        var call = Decide();
        _gate.Leave();
        Make(call);
    }

    /// <summary>Lets the threads end when the queue is empty. Work that was queued is done.</summary>
    public void Dispose()
    {
        _gate.Enter();
        _closed = true;
        _gate.Leave();
        _parked.WakeAll();
    }

    /// <summary>Decides, under the gate, whether somebody has to come for what is queued.</summary>
    private Call Decide()
    {
        if (_queue.Count <= _coming + (_isLooking ? 1 : 0)) return Call.Nobody;
        if (_hasSentinel && (_threads > _idle || _coming > 0) && _typical * _queue.Count < CostOfWaking) return Call.Nobody;
        if (_idle <= _coming && _threads == Size) return Call.Nobody;
        _coming++;
        if (_idle >= _coming) return Call.Wake;
        _threads++;
        return Call.Start;
    }

    private void Make(Call call)
    {
        if (call == Call.Wake) _parked.WakeOne();
        else if (call == Call.Start) new Thread(Serve) { IsBackground = true, Name = name }.UnsafeStart();
    }

    private void Serve()
    {
        var (arrives, mayLook, ended) = (true, true, 0L);
        while (true)
        {
            _gate.Enter();
            // Whoever comes first counts as the one that was called.
            if (arrives && _coming > 0) _coming--;
            arrives = false;
            if (_queue.TryDequeue(out var item))
            {
                Volatile.Write(ref _queued, _queue.Count);
                var call = _queue.Count > 0 ? Decide() : Call.Nobody;
                _gate.Leave();
                Make(call);
                var began = ended != 0 ? ended : Stopwatch.GetTimestamp();
                item.Work(item.State);
                ended = Stopwatch.GetTimestamp();
                Learn(ended - began);
                mayLook = true;
            }
            else if (_closed)
            {
                _threads--;
                _gate.Leave();
                return;
            }
            else if (mayLook && _worth > 0 && !_isLooking && Environment.ProcessorCount > 1)
            {
                _isLooking = true;
                _gate.Leave();
                LookForWork();
                (mayLook, ended) = (false, 0);
            }
            else
            {
                mayLook = Park();
                (arrives, ended) = (true, 0);
            }
        }
    }

    /// <summary>Roughly how long work takes: a long item counts at once and is forgotten slowly. Races lose an item, no more.</summary>
    private void Learn(long duration)
    {
        var typical = _typical;
        _typical = duration > typical ? duration : typical - (typical - duration) / 8;
    }

    private void LookForWork()
    {
        var began = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _queued) == 0 && Stopwatch.GetTimestamp() - began < MostLooking) Thread.SpinWait(4);
        _gate.Enter();
        _isLooking = false;
        if (_queue.Count > 0) _worth = 8;
        else _worth--;
        _gate.Leave();
    }

    /// <summary>Waits until it is called. Begins under the gate, which it leaves.</summary>
    /// <returns>False when the sentinel looks of itself.</returns>
    private bool Park()
    {
        _idle++;
        var isSentinel = !_hasSentinel && _threads > _idle;
        if (isSentinel) _hasSentinel = true;
        var ticket = _parked.Ticket;
        _gate.Leave();
        var began = Stopwatch.GetTimestamp();
        var called = _parked.Wait(ticket, isSentinel ? SentinelPeriod : Timeout.InfiniteTimeSpan);
        var waited = Stopwatch.GetTimestamp() - began;
        _gate.Enter();
        _idle--;
        if (isSentinel) _hasSentinel = false;
        if (called && waited < 4 * MostLooking) _worth = 8;
        _gate.Leave();
        return called;
    }

    private enum Call
    {
        Nobody,
        Wake,
        Start,
    }
}

// How timers work
// ---------------
// Timers of equal duration form a list: new ones go to its end, so insertion and removal cost the same however many there are. A queue of
// lists, ordered by when the first of each is due and then by the list's number, says which list is next. The order of timers with mixed
// durations that are overdue together depends on exactly this structure, so it is Node's.
//
// Invariants:
//   I1  A list that holds a timer is in the map and has one entry in the queue; _recent is in the map.
//   I2  RefCount is the number of timers that are started, not destroyed and not unref'd.
//
// Source: Node lib/internal/timers.js (processTimers, listOnTimeout, insert), src/env.cc (RunTimers).

using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>All timers of a loop.</summary>
internal sealed class TimerLists(NodeLoop loop)
{
    private readonly Dictionary<int, TimerList> _lists = [];
    private readonly PriorityQueue<TimerList, (long Expiry, long Number)> _queue = new();
    private readonly long _base = loop.Core.Clock.Now;
    private long _number;
    private TimerList? _recent;

    internal int RefCount { get; set; }

    private long Now => (loop.Core.Clock.Now - _base) / 1_000_000;

    internal void CheckThread() => loop.CheckThread();

    internal NodeTimeout Add(Action callback, int milliseconds, bool repeats)
    {
        var start = Now;
        var list = Known(milliseconds, start);
        var timeout = new NodeTimeout(list, callback, repeats) { Started = start };
        list.Append(timeout);
        RefCount++;
        return timeout;
    }

    /// <summary>Starts one again that has run.</summary>
    internal void Start(NodeTimeout timeout)
    {
        // One that is refreshed in its own callback counts already.
        if (timeout.IsDestroyed && timeout.HasRef) RefCount++;
        timeout.IsDestroyed = false;
        Insert(timeout, Now);
    }

    /// <summary>To the end of its list, as if it had been started now.</summary>
    internal void Move(NodeTimeout timeout)
    {
        timeout.List.Remove(timeout);
        Insert(timeout, Now);
    }

    internal void Stop(NodeTimeout timeout)
    {
        if (timeout.IsListed) timeout.List.Remove(timeout);
        Destroy(timeout);
    }

    internal long NanosecondsToNext()
    {
        while (_queue.TryPeek(out var list, out _) && list.First is null) Drop(list);
        if (!_queue.TryPeek(out _, out var due)) return -1;
        return Math.Max(0, due.Expiry * 1_000_000 - (loop.Core.Clock.Now - _base));
    }

    internal void Run()
    {
        var now = Now;
        var ranOne = false;
        while (!loop.IsStopped && _queue.TryPeek(out var list, out var due))
        {
            // The time is that of the phase's beginning: what has become due since waits for the immediates.
            if (due.Expiry > now) break;

            if (ranOne) loop.Drain();
            ranOne = true;
            RunList(list, now);
        }

        if (ranOne) loop.Drain();
    }

    private void RunList(TimerList list, long now)
    {
        var ranOne = false;
        while (list.First is { } timeout && !loop.IsStopped)
        {
            var elapsed = now - timeout.Started;
            if (elapsed < list.Milliseconds)
            {
                _queue.Dequeue();
                _queue.Enqueue(list, (Math.Max(timeout.Started + list.Milliseconds, now + 1), _number++));
                return;
            }

            if (ranOne)
            {
                // Ticks of the timer before may clear this one: look again.
                loop.Drain();
                ranOne = false;
                continue;
            }

            // After one that threw, the next one of the list runs before anything is drained, as in Node.
            ranOne = RunOne(list, timeout, now);
        }

        if (list.First is null) Drop(list);
    }

    private bool RunOne(TimerList list, NodeTimeout timeout, long now)
    {
        list.Remove(timeout);
        var start = timeout.Repeats ? Now : 0;
        loop.Core.Metrics.AddLag((now - timeout.Started - list.Milliseconds) * 1_000_000);
        var succeeded = loop.Invoke(RunCallback, timeout);
        if (timeout.Repeats) Insert(timeout, start);
        else if (!timeout.IsListed) Destroy(timeout);
        return succeeded;
    }

    private static readonly SendOrPostCallback RunCallback = static state => Unsafe.As<NodeTimeout>(state!).Invoke();

    private void Insert(NodeTimeout timeout, long start)
    {
        timeout.Started = start;
        // A list that ran empty is forgotten, and there may be a new one of its duration.
        Known(timeout.List.Milliseconds, start).Append(timeout);
    }

    /// <summary>The list of a duration; a new one is due when a timer that starts at <paramref name="start"/> is.</summary>
    private TimerList Known(int milliseconds, long start)
    {
        // Mostly one duration is asked for many times.
        if (_recent is { } recent && recent.Milliseconds == milliseconds) return recent;
        if (!_lists.TryGetValue(milliseconds, out var list))
        {
            list = new TimerList(this, milliseconds);
            _lists.Add(milliseconds, list);
            _queue.Enqueue(list, (start + milliseconds, _number++));
        }

        return _recent = list;
    }

    private void Destroy(NodeTimeout timeout)
    {
        if (timeout.IsDestroyed) return;
        timeout.IsDestroyed = true;
        if (timeout.HasRef) RefCount--;
    }

    /// <summary>The list is empty and at the head of the queue.</summary>
    private void Drop(TimerList list)
    {
        if (_queue.TryPeek(out var head, out _) && head == list) _queue.Dequeue();
        if (_lists.TryGetValue(list.Milliseconds, out var known) && known == list) _lists.Remove(list.Milliseconds);
        if (_recent == list) _recent = null;
    }
}

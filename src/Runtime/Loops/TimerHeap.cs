// How the timer heap works
// ------------------------
// A heap of four children per node over one array. The key (due time, number of insertion) lies beside the handle, so that moving through
// the heap touches one array only. The number makes equal times first in, first out, which CPython's heapq does not promise. A handle that
// is cancelled stays where it is until it comes to the head, or until more than half of the heap is cancelled, when the heap is made
// anew: a handle need not know its place, which would be a store into a distant object for each move.
//
// Invariants (AssertInvariants checks them in debug builds):
//   I1  No node is due before its parent.
//   I2  _cancelled is the number of cancelled handles in the heap, and Count the number of the others.
//   I3  A handle is InHeap exactly while a slot refers to it.
//
// Ownership: the loop's thread only.
// Source: CPython Lib/asyncio/base_events.py (_scheduled, _timer_cancelled_count); libuv src/unix/timer.c (order by timeout,
// then start_id).

using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>What is to be called later, soonest first.</summary>
internal sealed class TimerHeap
{
    private const int FewCancelled = 100;

    private Slot[] _slots = new Slot[64];
    private int _total;
    private int _cancelled;
    private long _inserted;

    /// <summary>How many calls are to be made.</summary>
    internal int Count => _total - _cancelled;

    /// <summary>When the first call is due. Only for a heap that is not empty.</summary>
    internal long NextDue
    {
        get
        {
            if (_cancelled > 0) DropCancelledHeads();
            return _slots[0].When;
        }
    }

    internal TimerHandle Add(long when, SendOrPostCallback callback, object? state)
    {
        var handle = new TimerHandle(this, when, callback, state);
        if (_total == _slots.Length) Array.Resize(ref _slots, _total * 2);
        Rise(_total++, new Slot { When = when, Number = _inserted++, Handle = handle });
        return handle;
    }

    internal TimerHandle TakeFirst()
    {
        if (_cancelled > 0) DropCancelledHeads();
        var first = _slots[0].Handle;
        DropHead();
        AssertInvariants();
        return first;
    }

    /// <summary>A handle of this heap has been cancelled.</summary>
    internal void OnCancelled(TimerHandle handle)
    {
        if (!handle.InHeap) return;
        _cancelled++;
        if (_cancelled > FewCancelled && _cancelled * 2 > _total) DropAllCancelled();
    }

    internal void Clear()
    {
        for (var i = 0; i < _total; i++) _slots[i].Handle.InHeap = false;
        Array.Clear(_slots);
        _total = 0;
        _cancelled = 0;
    }

    private static bool Before(in Slot a, in Slot b) => a.When < b.When || (a.When == b.When && a.Number < b.Number);

    private void DropCancelledHeads()
    {
        while (_total > 0 && _slots[0].Handle.IsCancelled)
        {
            _cancelled--;
            DropHead();
        }
    }

    private void DropHead()
    {
        _slots[0].Handle.InHeap = false;
        var last = _slots[--_total];
        _slots[_total] = default;
        if (_total > 0) Sink(0, last);
    }

    private void DropAllCancelled()
    {
        var kept = 0;
        for (var i = 0; i < _total; i++)
        {
            var slot = _slots[i];
            if (slot.Handle.IsCancelled) slot.Handle.InHeap = false;
            else _slots[kept++] = slot;
        }

        Array.Clear(_slots, kept, _total - kept);
        _total = kept;
        _cancelled = 0;
        for (var i = (_total - 2) >> 2; i >= 0; i--) Sink(i, _slots[i]);
        AssertInvariants();
    }

    private void Rise(int index, Slot slot)
    {
        var slots = _slots;
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!Before(slot, slots[parent])) break;
            slots[index] = slots[parent];
            index = parent;
        }

        slots[index] = slot;
    }

    private void Sink(int index, Slot slot)
    {
        var slots = _slots;
        while (true)
        {
            var child = index * 4 + 1;
            if (child >= _total) break;
            var least = child;
            var end = Math.Min(child + 4, _total);
            for (var other = child + 1; other < end; other++)
                if (Before(slots[other], slots[least])) least = other;
            if (!Before(slots[least], slot)) break;
            slots[index] = slots[least];
            index = least;
        }

        slots[index] = slot;
    }

    /// <summary>All of the heap at each step would cost its length, so only the first levels are looked at.</summary>
    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_cancelled >= 0 && _cancelled <= _total, "I2: more is cancelled than there is.");
        for (var i = 1; i < Math.Min(_total, 21); i++)
        {
            Debug.Assert(!Before(_slots[i], _slots[(i - 1) >> 2]), "I1: a node is due before its parent.");
            Debug.Assert(_slots[i].Handle.InHeap, "I3: a handle in the heap does not know it.");
        }
    }

    private struct Slot
    {
        internal long When;
        internal long Number;
        internal TimerHandle Handle;
    }
}

// How the timer heap works
// ------------------------
// A heap of four children per node over one array. The key (due time, number of insertion) lies beside the handle, so that moving through
// the heap touches one array only. The number makes equal times first in, first out, which CPython's heapq does not promise.
//
// Invariants (AssertInvariants checks them in debug builds):
//   I1  No node is due before its parent.
//   I2  _slots[i].Handle.Index == i for all i < Count, and a handle outside the heap has index -1.
//
// Ownership: the loop's thread only.
// Source: CPython Lib/asyncio/base_events.py (_scheduled); libuv src/unix/timer.c (order by timeout, then start_id).

using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>What is to be called later, soonest first.</summary>
internal sealed class TimerHeap
{
    private Slot[] _slots = new Slot[64];
    private long _inserted;

    internal int Count { get; private set; }

    /// <summary>When the first call is due. Only for a heap that is not empty.</summary>
    internal long NextDue => _slots[0].When;

    internal TimerHandle Add(long when, SendOrPostCallback callback, object? state)
    {
        var handle = new TimerHandle(this, when, callback, state);
        if (Count == _slots.Length) Array.Resize(ref _slots, Count * 2);
        Rise(Count++, new Slot { When = when, Number = _inserted++, Handle = handle });
        return handle;
    }

    internal TimerHandle TakeFirst()
    {
        var first = _slots[0].Handle;
        Remove(first);
        return first;
    }

    internal void Remove(TimerHandle handle)
    {
        var index = handle.Index;
        if (index < 0) return;
        handle.Index = -1;
        var last = _slots[--Count];
        _slots[Count] = default;
        if (index == Count) return;
        if (index > 0 && Before(last, _slots[(index - 1) >> 2])) Rise(index, last);
        else Sink(index, last);
        AssertInvariants();
    }

    internal void Clear()
    {
        for (var i = 0; i < Count; i++) _slots[i].Handle.Index = -1;
        Array.Clear(_slots);
        Count = 0;
    }

    private static bool Before(in Slot a, in Slot b) => a.When < b.When || (a.When == b.When && a.Number < b.Number);

    private void Rise(int index, Slot slot)
    {
        var slots = _slots;
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!Before(slot, slots[parent])) break;
            slots[index] = slots[parent];
            slots[index].Handle.Index = index;
            index = parent;
        }

        slots[index] = slot;
        slot.Handle.Index = index;
    }

    private void Sink(int index, Slot slot)
    {
        var slots = _slots;
        while (true)
        {
            var child = index * 4 + 1;
            if (child >= Count) break;
            var least = child;
            var end = Math.Min(child + 4, Count);
            for (var other = child + 1; other < end; other++)
                if (Before(slots[other], slots[least])) least = other;
            if (!Before(slots[least], slot)) break;
            slots[index] = slots[least];
            slots[index].Handle.Index = index;
            index = least;
        }

        slots[index] = slot;
        slot.Handle.Index = index;
    }

    /// <summary>I2 everywhere costs the length of the heap at each step, so only the first levels are looked at.</summary>
    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        for (var i = 1; i < Math.Min(Count, 21); i++)
        {
            Debug.Assert(!Before(_slots[i], _slots[(i - 1) >> 2]), "I1: a node is due before its parent.");
            Debug.Assert(_slots[i].Handle.Index == i, "I2: a handle does not know its place.");
        }
    }

    private struct Slot
    {
        internal long When;
        internal long Number;
        internal TimerHandle Handle;
    }
}

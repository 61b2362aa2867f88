// How a run ring works
// --------------------
// The run queue of one processor: 256 slots, a head and a tail that only grow. The owner pushes at the tail without any atomic
// instruction; the owner and any thief take at the head with one compare-and-swap, a thief half of what is there.
//
// Invariants:
//   I1  0 <= tail - head <= 256.
//   I2  Only the owner's thread writes tail and the slots between tail and head + 256.
//   I3  A goroutine between head and tail is runnable and in no other queue.
//
// Ownership: a taker that read slots owns what it read only after its swap of head has succeeded. Nothing may be written into a goroutine
// (not even a link to the next of its batch) before that: until then another taker may own and run it.
//
// Source: runqput, runqget, runqgrab of Go's runtime/proc.go; re-expressed.

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quintet.Goroutines;

/// <summary>A bounded queue with one producer and many takers, first in, first out.</summary>
internal sealed class RunRing
{
    internal const int Size = 256;

    private readonly Slot[] _slots = new Slot[Size];
    private readonly Goroutine[] _batch = new Goroutine[(Size / 2) + 1];
    private PaddedIndex _head;
    private PaddedIndex _tail;

    internal bool IsEmpty => Volatile.Read(ref _head.Value) == Volatile.Read(ref _tail.Value);

    /// <summary>An estimate for anyone but the owner.</summary>
    internal int Count => (int)Math.Clamp((long)unchecked(Volatile.Read(ref _tail.Value) - Volatile.Read(ref _head.Value)), 0, Size);

    /// <summary>Owner only. False when the ring is full.</summary>
    internal bool TryPush(Goroutine goroutine)
    {
        var tail = _tail.Value;
        if (unchecked(tail - Volatile.Read(ref _head.Value)) >= Size) return false;
        _slots[tail % Size].Goroutine = goroutine;
        Volatile.Write(ref _tail.Value, unchecked(tail + 1));
        return true;
    }

    /// <summary>Owner only. Takes half of a full ring, linked in order; null when thieves made room meanwhile.</summary>
    internal Goroutine? TakeHalf(out Goroutine last, out int count)
    {
        var head = Volatile.Read(ref _head.Value);
        var half = unchecked(_tail.Value - head) / 2;
        last = null!;
        count = 0;
        if (half < Size / 2) return null;
        for (uint i = 0; i < half; i++) _batch[i] = _slots[unchecked(head + i) % Size].Goroutine!;
        Core.Probe.Point();
        if (Interlocked.CompareExchange(ref _head.Value, unchecked(head + half), head) != head) return null;

        // Linked only now: before the swap each of them could still be taken and run by a thief.
        for (uint i = 0; i + 1 < half; i++) _batch[i].Next = _batch[i + 1];
        var first = _batch[0];
        last = _batch[half - 1];
        last.Next = null;
        count = (int)half;
        Array.Clear(_batch);
        return first;
    }

    /// <summary>Owner only.</summary>
    internal Goroutine? Pop()
    {
        while (true)
        {
            var head = Volatile.Read(ref _head.Value);
            if (head == _tail.Value) return null;
            var goroutine = _slots[head % Size].Goroutine;
            Core.Probe.Point();
            if (Interlocked.CompareExchange(ref _head.Value, unchecked(head + 1), head) != head) continue;

            // Only the owner refills the slot, and it is here: clearing it lets a finished goroutine be collected.
            _slots[head % Size].Goroutine = null;
            return goroutine;
        }
    }

    /// <summary>
    /// Owner only, of an empty ring. A thief leaves what it took in the slots, which nobody else may write: a goroutine that nobody can
    /// wake is garbage, and must not be kept by a slot that is not used again for long.
    /// </summary>
    internal void Forget()
    {
        Debug.Assert(IsEmpty, "I3: what is in the ring is runnable.");
        Array.Clear(_slots);
    }

    /// <summary>
    /// Called by the owner of <paramref name="into"/>, which is empty: moves half of this ring there and returns one of them.
    /// </summary>
    internal Goroutine? StealHalf(RunRing into)
    {
        Debug.Assert(into.IsEmpty, "I3: a thief steals into an empty ring.");
        while (true)
        {
            var head = Volatile.Read(ref _head.Value);
            var count = unchecked(Volatile.Read(ref _tail.Value) - head);
            count -= count / 2;
            if (count == 0) return null;
            if (count > Size / 2) continue; // head and tail were not read at one moment

            var target = into._tail.Value;
            for (uint i = 0; i < count; i++)
                into._slots[unchecked(target + i) % Size].Goroutine = _slots[unchecked(head + i) % Size].Goroutine;
            Core.Probe.Point();
            if (Interlocked.CompareExchange(ref _head.Value, unchecked(head + count), head) != head) continue;

            var last = unchecked(target + count - 1);
            var goroutine = into._slots[last % Size].Goroutine;
            if (count > 1) Volatile.Write(ref into._tail.Value, last);
            return goroutine;
        }
    }

    /// <summary>Spares the array's covariance check at every push.</summary>
    private struct Slot
    {
        internal Goroutine? Goroutine;
    }

    /// <summary>Head and tail on cache lines of their own: the owner writes one, thieves the other.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct PaddedIndex
    {
        [FieldOffset(64)]
        internal uint Value;
    }
}

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>Goroutines and select cases that wait for one thing, first in, first out. The lock of that thing guards it.</summary>
/// <remarks>
/// A select waits in several queues at once and may take part in one operation only: whoever takes a case off a queue must win the
/// select first. The case's Linked is cleared after that, as the last touch: the select may be used again as soon as it sees all its
/// other cases unlinked, and a claim that came later than that would claim the next round.
/// </remarks>
internal struct WaitQueue
{
    private WaitNode? _last;

    internal WaitNode? First { get; private set; }

    internal readonly bool IsEmpty => First is null;

    internal void Enqueue(WaitNode node)
    {
        Debug.Assert(!node.Linked, "A node waits in one queue.");
        node.Next = null;
        node.Previous = _last;
        if (_last is null) First = node;
        else _last.Next = node;
        _last = node;
        node.Linked = true;
    }

    /// <summary>In front of everybody: for a waiter that was woken and came too late.</summary>
    internal void EnqueueFirst(WaitNode node)
    {
        Debug.Assert(!node.Linked, "A node waits in one queue.");
        node.Previous = null;
        node.Next = First;
        if (First is null) _last = node;
        else First.Previous = node;
        First = node;
        node.Linked = true;
    }

    /// <summary>The oldest waiter that takes part: a goroutine, or a case that won its select.</summary>
    internal WaitNode? Dequeue()
    {
        while (First is { } node)
        {
            First = node.Next;
            if (First is null) _last = null;
            else First.Previous = null;
            node.Next = null;
            if ((node.Bits & NodeBits.SelectCase) == 0)
            {
                node.Linked = false;
                return node;
            }

            Core.Probe.Point();
            var won = ((SelectCase)node).Claim();
            Core.Probe.Point();
            Volatile.Write(ref node.Linked, false);
            if (won) return node;
        }

        return null;
    }

    /// <summary>Takes off everybody, linked in order. For queues of goroutines only, without cases of selects.</summary>
    internal WaitNode? DequeueAll()
    {
        var chain = First;
        for (var node = chain; node is not null; node = node.Next)
        {
            node.Previous = null;
            node.Linked = false;
        }

        First = _last = null;
        return chain;
    }

    /// <summary>Takes a node off that no longer wants to wait. False when somebody else has done so.</summary>
    internal bool Remove(WaitNode node)
    {
        if (!node.Linked) return false;
        if (node.Previous is null) First = node.Next;
        else node.Previous.Next = node.Next;
        if (node.Next is null) _last = node.Previous;
        else node.Next.Previous = node.Previous;
        node.Next = node.Previous = null;
        node.Linked = false;
        return true;
    }

    internal readonly int Count()
    {
        var count = 0;
        for (var node = First; node is not null; node = node.Next) count++;
        return count;
    }
}

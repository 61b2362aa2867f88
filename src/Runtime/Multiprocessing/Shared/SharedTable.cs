// A table of who has what
// -----------------------
// Slots of a stamp and a word. What a process or thread has is in its own slot and nowhere else, so that its death takes it back: a slot
// whose stamp names a dead one counts for nothing and is used again. A word below zero (a process gave what others took) goes on to whoever
// takes the slot: it must not be lost, and the dead must not fill the table. Every change is one word.
//
// Locking: the owner object's gate, but for a thread's look at the word of its own slot.

namespace Quintet.Multiprocessing;

/// <summary>One word for each process or thread that takes part.</summary>
internal readonly unsafe struct SharedTable(long* slots)
{
    internal const int Slots = 256;
    internal const int Size = Slots * 16;

    /// <summary>The word of <paramref name="stamp"/>, with a slot taken for it if it has none.</summary>
    /// <exception cref="InvalidOperationException">All slots are taken by the living.</exception>
    internal long* Of(long stamp)
    {
        var free = -1;
        for (var i = 0; i < Slots; i++)
        {
            var owner = slots[2 * i];
            if (owner == stamp) return slots + 2 * i + 1;
            if (owner == 0 && free < 0) free = i;
        }
        if (free < 0) free = OfTheDead();
        if (slots[2 * free] == 0 || slots[2 * free + 1] > 0) slots[2 * free + 1] = 0;
        Volatile.Write(ref slots[2 * free], stamp);
        return slots + 2 * free + 1;
    }

    internal void Leave(long* word) => Volatile.Write(ref word[-1], 0);

    internal long Sum()
    {
        var sum = 0L;
        for (var i = 0; i < Slots; i++)
            if (slots[2 * i] != 0) sum += slots[2 * i + 1];
        return sum;
    }

    /// <summary>How many have exactly this word.</summary>
    internal int CountOf(long word)
    {
        var count = 0;
        for (var i = 0; i < Slots; i++)
            if (slots[2 * i] != 0 && slots[2 * i + 1] == word) count++;
        return count;
    }

    /// <summary>Whether somebody of another process who has this word is dead.</summary>
    internal bool AnyDead(long word)
    {
        for (var i = 0; i < Slots; i++)
        {
            if (slots[2 * i] == 0 || slots[2 * i + 1] != word) continue;
            if (Stamp.ProcessId(slots[2 * i]) != Environment.ProcessId && !Stamp.IsAlive(slots[2 * i])) return true;
        }
        return false;
    }

    /// <summary>Takes back what the dead have (words above zero). Says whether there was any.</summary>
    internal bool TakeBack()
    {
        var any = false;
        for (var i = 0; i < Slots; i++)
        {
            if (slots[2 * i] == 0 || slots[2 * i + 1] <= 0 || Stamp.IsAlive(slots[2 * i])) continue;
            slots[2 * i] = 0;
            any = true;
        }
        return any;
    }

    /// <summary>The smallest even word above zero of the living: the ticket of who has waited longest. Null if nobody waits.</summary>
    internal long* Oldest()
    {
        while (true)
        {
            long* oldest = null;
            for (var i = 0; i < Slots; i++)
            {
                var word = slots + 2 * i + 1;
                if (word[-1] == 0 || *word <= 0 || (*word & 1) != 0) continue;
                if (oldest is null || *word < *oldest) oldest = word;
            }
            if (oldest is null || Stamp.IsAlive(oldest[-1])) return oldest;
            Leave(oldest);
        }
    }

    private int OfTheDead()
    {
        var heir = -1;
        for (var i = 0; i < Slots; i++)
        {
            if (Stamp.IsAlive(slots[2 * i])) continue;
            if (slots[2 * i + 1] >= 0) return i;
            if (heir < 0) heir = i;
        }
        if (heir >= 0) return heir;
        throw new InvalidOperationException($"More than {Slots} processes or threads use one shared object.");
    }
}

// How a lock in shared memory works
// ---------------------------------
// Sixteen bytes: the holder's stamp, the number of those who may be waiting, and how often the holder has taken it. Taking is one
// compare-and-swap; so is letting go.
//
// Invariants:
//   I1  The word is 0 (free), a stamp (that thread holds it), or Abandoned (its holder died; nobody holds it).
//   I2  A word that names a dead thread is changed by one waiter, once: to itself, or to Abandoned.
//   I3  The number of waiters may be too high (one that was killed never left), never too low: a wake-up too many harms nobody.
//
// Two uses. A *gate* guards the words of an object while they are changed; each change is one word, so whoever finds its holder dead takes
// its place. A *mutex* guards what users put under it, which a dead holder may have left half done; so it becomes Abandoned, and somebody
// must say that things are in order again.
//
// Source: the rules of robust mutexes, pthread_mutexattr_setrobust(3).

namespace Quintet.Multiprocessing;

/// <summary>A lock between processes that survives the death of its holder.</summary>
internal readonly unsafe struct SharedLock(SharedSegment segment, long* word)
{
    internal const int Size = 16;
    internal const long Abandoned = -1;

    private int* Low => (int*)word;

    private int* Waiters => (int*)word + 2;

    /// <summary>How often the holder has taken it. The holder's to read and write.</summary>
    internal ref int Depth => ref ((int*)word)[3];

    /// <summary>The holder's stamp, 0 or <see cref="Abandoned"/>.</summary>
    internal long Holder => Volatile.Read(ref *word);

    internal bool TryTake(long from = 0)
    {
        if (Interlocked.CompareExchange(ref *word, Stamp.OfThread, from) != from) return false;
        Depth = 1;
        return true;
    }

    /// <summary>Takes a gate; from the dead too.</summary>
    internal void TakeGate()
    {
        if (!TryTake()) Take(WaitLimits.None, fromTheDead: true);
    }

    /// <summary>Waits until the lock is this thread's.</summary>
    /// <returns>False when time is over, or the lock is abandoned (then <see cref="Holder"/> says so) and not to be taken from the
    /// dead.</returns>
    internal bool Take(in WaitLimits limits, bool fromTheDead)
    {
        while (true)
        {
            if (TryTake()) return true;
            var holder = Holder;
            if (holder == Abandoned && !fromTheDead) return false;
            if (holder == Abandoned && TryTake(Abandoned)) return true;
            if (holder is 0 or Abandoned) continue;
            bool inTime;
            Interlocked.Increment(ref *Waiters);
            try
            {
                inTime = SharedWait.Pause(segment, Low, (int)holder, limits);
            }
            finally
            {
                Interlocked.Decrement(ref *Waiters);
            }

            // Unchanged after a slice (or at the end of a shorter time): does the holder still live?
            if (Holder == holder && !Stamp.IsAlive(holder)) Bury(holder);
            else if (!inTime) return TryTake();
        }
    }

    internal void Release()
    {
        Depth = 0;
        Interlocked.Exchange(ref *word, 0);
        if (Volatile.Read(ref *Waiters) > 0) SharedWait.Wake(Low, 1);
    }

    private void Bury(long dead)
    {
        if (Interlocked.CompareExchange(ref *word, Abandoned, dead) == dead) SharedWait.Wake(Low, int.MaxValue);
    }
}

// How a process barrier works
// ---------------------------
// The parties meet in rounds. Who arrives writes the round into its slot; how many have arrived is how many slots say so. The round's end
// is written down as an outcome (passed or broken) before the next begins, so that late risers learn what became of theirs.
//
// Invariants, true whenever the gate is free:
//   I1  Outcome(round) is written at most once, before Round goes beyond it. A death between the two is made good by the next to come.
//   I2  While the outcome of the present round is "broken", nobody waits and nobody may.
//   I3  A party that arrived and died breaks its round: it would never go on with the others.
//
// Locking: the gate guards all words; each step is one.
//
// Source: CPython threading.Barrier, multiprocessing.synchronize.Barrier. There the others of a process that was killed wait for ever.

namespace Quintet.Multiprocessing;

/// <summary>A place where a fixed number of threads or processes wait for each other, again and again (Python:
/// <c>multiprocessing.Barrier</c>).</summary>
public sealed unsafe class ProcessBarrier : SharedObject
{
    internal const int Size = 64 + Remembered * 8 + SharedTable.Size;

    private const int Remembered = 64;
    private const int Passed = 0;
    private const int Broken = 1;

    /// <summary>A barrier for so many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero, or above 256.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessBarrier(int participants) : base(Create(participants)) { }

    internal ProcessBarrier(SharedSegment segment) : base(segment) { }

    /// <summary>How many must arrive.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int ParticipantCount
    {
        get
        {
            using var use = Segment.Use();
            return *Parties;
        }
    }

    /// <summary>How many wait now.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int WaitingCount
    {
        get
        {
            using var use = Segment.Use();
            return IsOver(*Round) ? 0 : Table.CountOf(*Round);
        }
    }

    /// <summary>Whether it is broken, until <see cref="Reset"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public bool IsBroken
    {
        get
        {
            using var use = Segment.Use();
            return IsOver(*Round) && OutcomeOf(*Round) == Broken;
        }
    }

    private SharedLock Gate => new(Segment, (long*)Segment.Pointer);

    private long* Round => (long*)(Segment.Pointer + 16);

    private int* Parties => (int*)(Segment.Pointer + 24);

    private int* Changed => (int*)(Segment.Pointer + 28);

    private long* Outcomes => (long*)(Segment.Pointer + 64);

    private SharedTable Table => new(Outcomes + Remembered);

    /// <summary>Waits until all have arrived.</summary>
    /// <returns>A number from 0 to <see cref="ParticipantCount"/> - 1 that no other party of this round has.</returns>
    /// <exception cref="BrokenProcessBarrierException">It is broken, or breaks while this thread waits.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; that breaks the barrier for the others.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int SignalAndWait(CancellationToken cancellation = default) => SignalAndWait(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>As the other form, for <paramref name="timeout"/> at most; then the barrier is broken for all.</summary>
    /// <returns>A number from 0 to <see cref="ParticipantCount"/> - 1 that no other party of this round has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="BrokenProcessBarrierException">It is broken, or breaks while this thread waits, or the time is over.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; that breaks the barrier for the others.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public int SignalAndWait(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        using var use = Segment.Use();
        var index = Arrive(out var round);
        try
        {
            while (true)
            {
                var seen = Volatile.Read(ref *Changed);
                if (IsOver(round)) return OutcomeOf(round) == Passed ? index : throw new BrokenProcessBarrierException();
                if (!SharedWait.Pause(Segment, Changed, seen, limits)) End(round, Broken);
                else if (Volatile.Read(ref *Changed) == seen && Table.AnyDead(round)) End(round, Broken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            End(round, Broken);
            throw;
        }
    }

    /// <summary>Breaks the barrier: all who wait, and all who come until <see cref="Reset"/>, get
    /// <see cref="BrokenProcessBarrierException"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Abort()
    {
        using var use = Segment.Use();
        End(Volatile.Read(ref *Round), Broken);
    }

    /// <summary>Makes it new: nobody has arrived. Those who wait get <see cref="BrokenProcessBarrierException"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public void Reset()
    {
        using var use = Segment.Use();
        Gate.TakeGate();
        try
        {
            if (IsOver(*Round) || Table.CountOf(*Round) > 0)
            {
                Write(*Round, Broken);
                *Round += 1;
            }
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(Changed);
    }

    private int Arrive(out long round)
    {
        int before;
        bool last;
        Gate.TakeGate();
        try
        {
            if (IsOver(*Round) && OutcomeOf(*Round) == Passed) *Round += 1;
            round = *Round;
            if (IsOver(round)) throw new BrokenProcessBarrierException();
            before = Table.CountOf(round);
            *Table.Of(Stamp.OfThread) = round;
            last = before + 1 == *Parties;
        }
        finally
        {
            Gate.Release();
        }
        if (last) End(round, Table.AnyDead(round) ? Broken : Passed);
        return before;
    }

    private void End(long round, int outcome)
    {
        Gate.TakeGate();
        try
        {
            if (*Round != round) return;
            Write(round, outcome);
            if (OutcomeOf(round) == Passed) *Round = round + 1;
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(Changed);
    }

    /// <summary>The first outcome of a round stands.</summary>
    private void Write(long round, int outcome)
    {
        if (!IsOver(round)) Volatile.Write(ref Outcomes[round % Remembered], round * 2 + outcome);
    }

    private bool IsOver(long round) => Volatile.Read(ref Outcomes[round % Remembered]) >> 1 >= round;

    // A place that has been used again is of a round that long ago was reset: those of a round that passed have all gone on.
    private int OutcomeOf(long round)
    {
        var outcome = Volatile.Read(ref Outcomes[round % Remembered]);
        return outcome >> 1 == round ? (int)(outcome & 1) : Broken;
    }

    private static SharedSegment Create(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participants, SharedTable.Slots);
        var segment = SharedSegment.Create(Size);
        *(long*)(segment.Pointer + 16) = 1;
        *(int*)(segment.Pointer + 24) = participants;
        return segment;
    }
}

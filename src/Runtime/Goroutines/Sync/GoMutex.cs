// How a mutex works
// -----------------
// A flag and a queue under a spin lock. In normal mode an unlock frees the mutex and wakes the oldest waiter, which then competes with
// whoever comes along: faster, because who runs already takes it without a switch. A waiter that came too late goes back to the front of
// the queue; one that has waited for more than a millisecond sets starvation mode, in which an unlock hands the mutex over to the oldest
// waiter directly and nobody else can take it. The mode ends when a waiter that waited for less, or the last one, gets the mutex.
// Threads and plain async methods, which cannot compete for free, are always handed the mutex directly.
//
// Invariants: X1 _starving  =>  _locked. X2 a waiter that was handed the mutex finds Ok set, and _locked has never been cleared for it.
//
// Source: package sync, Mutex ("normal and starvation mode"); re-expressed.

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>
/// A lock that goroutines wait for without holding a thread (Go's <c>sync.Mutex</c>). Not reentrant; any goroutine may unlock it.
/// </summary>
/// <remarks>Safe for use by any number of goroutines and threads at once.</remarks>
[DebuggerDisplay("Locked = {IsLocked}")]
public sealed class GoMutex : Waitable
{
    private static readonly TimeSpan StarvesAfter = TimeSpan.FromMilliseconds(1);

    private bool _locked;
    private bool _starving;
    private WaitQueue _waiting;

    /// <summary>Whether somebody holds the mutex.</summary>
    public bool IsLocked => Volatile.Read(ref _locked);

    internal bool IsStarving => Volatile.Read(ref _starving);

    /// <summary>Locks the mutex; waits until that is possible.</summary>
    /// <returns>What to await.</returns>
    public WaitOperation LockAsync() => new(this);

    /// <summary>Locks the mutex and blocks the calling code until that is possible.</summary>
    public void Lock() => Block(0);

    /// <summary>Locks the mutex if that is possible without waiting.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryLock() => TryNow(0);

    /// <summary>Unlocks the mutex.</summary>
    /// <exception cref="GoRuntimeException">sync: unlock of unlocked mutex.</exception>
    public void Unlock()
    {
        Enter();
        if (!_locked)
        {
            Leave();
            throw new GoRuntimeException("sync: unlock of unlocked mutex");
        }

        var next = (Goroutine?)_waiting.Dequeue();
        var handOver = next is not null && (_starving || (next.Bits & NodeBits.Strand) == 0);
        if (handOver) next!.Ok = true;
        else _locked = false;
        if (next is null) _starving = false; // a thread, which does not compete, was the last to wait
        Debug.Assert(!_starving || _locked, "X1: starvation mode without a holder.");
        Leave();
        if (next is not null) GoScheduler.Ready(next);
    }

    internal override bool TryNow(int kind)
    {
        if (IsLocked) return false;
        Enter();
        var free = !_locked;
        _locked = true;
        Leave();
        return free;
    }

    internal override bool TryOrPark(Goroutine waiter, int kind)
    {
        Enter();
        var free = !_locked;
        _locked = true;
        if (!free)
        {
            waiter.Ok = false;
            if ((waiter.Bits & NodeBits.Strand) != 0) waiter.Resume = new Competitor(this, waiter, waiter.Resume!);
            BeforeParking(waiter);
            _waiting.Enqueue(waiter);
        }

        Leave();
        return free;
    }

    internal override void List(ParkedReport report) =>
        List(in _waiting, $"GoMutex #{Id}", report);

    /// <summary>A woken strand tries again. True when it holds the mutex; otherwise it is back in the queue.</summary>
    private bool Compete(Competitor competitor)
    {
        var waited = competitor.Waited;
        Enter();
        var holds = competitor.Strand.Ok || !_locked;
        if (holds)
        {
            _locked = true;
            if (_starving && (_waiting.IsEmpty || waited < StarvesAfter)) _starving = false;
        }
        else
        {
            if (waited >= StarvesAfter) _starving = true;
            competitor.Strand.Resume = competitor;
            BeforeParking(competitor.Strand);
            _waiting.EnqueueFirst(competitor.Strand);
        }

        Leave();
        return holds;
    }

    /// <summary>Stands in for the frame that waits, until its strand has got the mutex.</summary>
    private sealed class Competitor(GoMutex mutex, Goroutine strand, Goroutine frame) : Goroutine
    {
        private readonly TimeProvider _clock = GoScheduler.Current.TimeProvider;
        private readonly long _since = GoScheduler.Current.TimeProvider.GetTimestamp();

        internal Goroutine Strand { get; } = strand;

        internal TimeSpan Waited => _clock.GetElapsedTime(_since);

        internal override void Step()
        {
            // A strand that did not get the mutex is parked, and may run elsewhere before Compete has returned.
            if (mutex.Compete(this)) Processor.Current!.Continue = frame;
        }

        internal override Goroutine StandsFor => frame;
    }
}

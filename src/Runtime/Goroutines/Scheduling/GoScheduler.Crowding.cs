// How crowding is handled
// -----------------------
// Goroutines that do little but meet at the same channels do not go faster on two processors than on one: at every operation the lines
// of the channel travel from core to core, which takes several times as long as the operation. A processor that finds this
// (Processor.FoundHeld) gives all that it holds to everybody, and parks. From then on fewer processors are useful than there are, and
// idle ones are not woken beyond that number, until
//   * a while has gone by: the monitor lets it be tried again, after twice the time when that soon ended in another crowd;
//   * slices turn out to be long, or somebody is kept waiting while a goroutine computes: parallelism is worth more than quiet lines.
//
// Invariants:
//   C1  At least one attached processor stays busy, and before it is given back it looks at the global queue under the gate.
//   C2  Who runs is never slowed down by this: only wakes are spared.

using System.Diagnostics;

namespace Quintet.Goroutines;

public sealed partial class GoScheduler
{
    private const int ShortestCrowd = 2; // passes of the monitor: milliseconds
    private const int LongestCrowd = 64;

    private volatile int _useful = int.MaxValue;
    private int _crowdEnds = ShortestCrowd;
    private int _passes;

    /// <summary>Whether another processor would be left if one gave up; without the gate.</summary>
    internal bool MayShrink => Volatile.Read(ref _idleCount) < _maxProcs - 1;

    /// <summary>
    /// The machine's processor found that its goroutines get in others' way: they go to the others, and the processor is idle. False when
    /// there are no others.
    /// </summary>
    internal bool TryShrink(Machine machine)
    {
        var processor = machine.Processor!;
        processor.NotCrowded();
        lock (_gate)
        {
            var busy = _maxProcs - _idle.Count;
            if (busy < 2 || processor.Detached || _stopped || machine.LockedReady is not null || machine.LockedTo is not null) return false;
            if (_useful == int.MaxValue)
            {
                _crowdEnds = _passes < _crowdEnds ? Math.Min(_crowdEnds * 2, LongestCrowd) : ShortestCrowd;
                _passes = 0;
            }

            _useful = busy - 1;
            Empty(processor);
            processor.EndBusy();
            TakeFrom(machine);
            PutIdle(processor);
            _parked.Add(machine);
            AssertAccounts();
        }

        if (!machine.Spinning) return true;
        machine.Spinning = false;
        EndSpinning();
        return true;
    }

    /// <summary>Called at every pass of the monitor. True when more processors than of late may be tried.</summary>
    internal bool GrowWhenDue()
    {
        _passes = Math.Min(_passes + 1, LongestCrowd * 2);
        if (_useful == int.MaxValue || _passes < _crowdEnds) return false;
        Grow();
        LookAgain();
        return true;
    }

    /// <summary>Slices are long: what they make ready must not wait for them.</summary>
    internal void NoteLongSlices()
    {
        LongSlicesUntil = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        Grow();
    }

    /// <summary>All processors may be woken again.</summary>
    internal void Grow()
    {
        if (_useful == int.MaxValue) return;
        _passes = 0;
        _useful = int.MaxValue;
    }

    /// <summary>What a processor holds goes to everybody.</summary>
    private void Empty(Processor processor)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The global queue is under the gate.");
        while ((Interlocked.Exchange(ref processor.RunNext, null) ?? processor.Ring.Pop()) is { } left) _global.Append(left, left, 1);
        processor.Ring.Forget();
    }
}

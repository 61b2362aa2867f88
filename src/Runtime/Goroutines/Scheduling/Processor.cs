using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>
/// The right to run goroutines (Go's P): a run queue and what is being run from it. At most MaxProcs of them are attached to their
/// scheduler at a time, and each is held by at most one machine (thread).
/// </summary>
/// <remarks>
/// Ownership: the holding machine writes everything, without locks. Others may steal from <see cref="Ring"/>, exchange
/// <see cref="RunNext"/> for null, and, under the scheduler's gate, set <see cref="Detached"/>: the holder keeps its queue, which only
/// it may push to, but is no longer counted, and gives the processor back at its next scheduling point.
/// </remarks>
internal sealed class Processor(GoScheduler scheduler, int id)
{
    /// <summary>Fills run-next for good, so that what is made ready takes the slow path, which asks the driver.</summary>
    internal static readonly Goroutine Taken = new Placeholder();

    private const int WindowSlices = 32;
    private const int CrowdedAfter = 16;
    private static readonly long CrowdedWithin = Stopwatch.Frequency / 15_000; // 16 waits of a microsecond in 66 of them
    private static readonly long LongSlice = Stopwatch.Frequency / 50_000; // 20 µs

    [ThreadStatic]
    private static Processor? _current;

    internal readonly GoScheduler Scheduler = scheduler;
    internal readonly GoroutineRecord Home = scheduler.Home;
    internal readonly RunRing Ring = new();
    internal readonly int Id = id;

    /// <summary>Made runnable by what runs here, and run next in the same time slice: a hand-off costs no queue and wakes nobody.</summary>
    internal Goroutine? RunNext;

    /// <summary>What runs here now; null between goroutines and while idle.</summary>
    internal Goroutine? Running;

    /// <summary>What runs here now, when it is a strand of our own state machines.</summary>
    internal Goroutine? Strand;

    /// <summary>The frame to step next without going through a queue.</summary>
    internal Goroutine? Continue;

    internal Machine? Machine;

    /// <summary>Takes all choices of a deterministic run; null otherwise.</summary>
    internal ScheduleDriver? Driver;

    internal volatile bool Detached;

    /// <summary>Held by a machine, or on its way to one. Under the scheduler's gate.</summary>
    internal bool Busy;

    /// <summary>Counts goroutines run here. The monitor compares it between its passes.</summary>
    internal uint Tick;

    /// <summary>Run-next hand-offs in a row: a pair that plays ping-pong must not starve the ring.</summary>
    internal int Handoffs;

    /// <summary>How many more goroutines made ready here are offered to other machines at once: see <see cref="EndWindow"/>.</summary>
    internal int EagerWakes;

    internal uint Random = unchecked(0x9E3779B9u * (uint)((id * 2) + 1));

    internal long Spawned;
    internal long Finished;

    // The monitor's notes.
    internal uint SeenTick;
    internal long SeenAt;

    // How long slices take here, measured over windows of them.
    private uint _windowTick;
    private long _busySince;
    private long _busy;
    private bool _wasSlow;
    private TimeSpan _used;

    private int _foundHeld;
    private long _foundHeldSince;

    /// <summary>The processor that the calling thread holds.</summary>
    internal static Processor? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Found one lock after the other held by other processors: what runs here would go faster on theirs.</summary>
    internal bool IsCrowded { get; private set; }

    internal bool IsWindowFull => unchecked(Tick - _windowTick) >= WindowSlices;

    internal bool HasWork => Volatile.Read(ref RunNext) is not null || !Ring.IsEmpty;

    /// <summary>
    /// The processor has got to a machine: time counts from now on. Goroutines wander, so that what another processor saw of late counts.
    /// Nobody knows yet how long slices will take, so that the first goroutine made ready is offered to the others too.
    /// </summary>
    internal void BeginBusy()
    {
        _busySince = Stopwatch.GetTimestamp();
        EagerWakes = _busySince < Scheduler.LongSlicesUntil ? WindowSlices : 1;
    }

    /// <summary>The processor is given back for want of work: what follows is no slice's time.</summary>
    internal void EndBusy() => _busy += Stopwatch.GetTimestamp() - _busySince;

    /// <summary>
    /// Ends a window. Where slices are long, what they make ready must not be kept waiting for their end: for the next window it is
    /// offered to idle machines at once. One slow window says nothing, nor do two without processor time: the system sets threads aside.
    /// </summary>
    internal void EndWindow()
    {
        EndBusy();
        var slow = _busy > unchecked(Tick - _windowTick) * LongSlice;
        if (slow)
        {
            var used = ProcessorTime.Used;
            if (_wasSlow && used - _used > Stopwatch.GetElapsedTime(0, _busy) / 2)
            {
                EagerWakes = WindowSlices;
                Scheduler.NoteLongSlices();
            }

            _used = used;
        }

        (_wasSlow, _windowTick, _busy, _busySince) = (slow, Tick, 0, Stopwatch.GetTimestamp());
    }

    /// <summary>
    /// A lock was held by somebody else. When a quarter of the time goes by waiting for locks, that much work for this processor is too
    /// little: its goroutines go over to the others, where the lines of what they share are.
    /// </summary>
    internal void FoundHeld()
    {
        if (++_foundHeld < CrowdedAfter) return;
        _foundHeld = 0;
        var now = Stopwatch.GetTimestamp();
        if (now - _foundHeldSince < CrowdedWithin && Driver is null && Scheduler.MayShrink)
        {
            IsCrowded = true;
            if (Running is { } running) running.Preempt = true;
        }

        _foundHeldSince = now;
    }

    /// <summary>What was to be done about it has been done.</summary>
    internal void NotCrowded() => IsCrowded = false;

    /// <summary>A cheap random number for fairness (xorshift), not for secrets.</summary>
    internal uint NextRandom()
    {
        var random = Random;
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        return Random = random;
    }

    private sealed class Placeholder : Goroutine
    {
        internal override void Step() => throw new UnreachableException();
    }
}

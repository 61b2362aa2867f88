namespace Quintet.Goroutines;

/// <summary>
/// A thread that waits inside one of our primitives without await. On a scheduler's thread it hands the processor over and later gets
/// one back through the run queues; any other thread simply sleeps until it is woken.
/// </summary>
internal sealed class ThreadWaiter : Goroutine
{
    private bool _woken;
    private Goroutine? _blocked;

    private ThreadWaiter()
    {
    }

    /// <summary>The machine whose thread waits; null on a thread that is none.</summary>
    internal Machine? Machine { get; private init; }

    internal static ThreadWaiter ForThisThread()
    {
        var processor = Processor.Current;
        if (processor is null) return new ThreadWaiter { Record = ForeignThread.Instance };
        if (processor.Driver is not null)
            throw new NotSupportedException("A deterministic run has one thread: await instead of blocking it.");
        return new ThreadWaiter
        {
            Bits = NodeBits.Thread,
            Record = processor.Home,
            Machine = processor.Machine,
            _blocked = processor.Running,
        };
    }

    /// <summary>Sleeps until the operation that this was queued for has ended.</summary>
    internal void Block()
    {
        Since = CoarseClock.Now;
        if (Machine is not { } machine)
        {
            lock (this)
            {
                while (!_woken) Monitor.Wait(this);
            }

            return;
        }

        GoDetectors.Waits(machine.Processor!);
        var (running, strand) = GiveUp(machine);
        TakeBack(machine, this, running, strand);
    }

    /// <summary>Runs code without a processor, and waits for one afterwards.</summary>
    internal T While<T>(Func<T> blocking, GoScheduler scheduler)
    {
        var machine = Machine!;
        var (running, strand) = GiveUp(machine);
        try
        {
            return blocking();
        }
        finally
        {
            GoScheduler.Ready(this);
            scheduler.EndExternal();
            TakeBack(machine, this, running, strand);
        }
    }

    /// <summary>Woken: a thread that is no machine goes on by itself.</summary>
    internal override void Step()
    {
        lock (this)
        {
            _woken = true;
            Monitor.Pulse(this);
        }
    }

    internal override string Describe() => _blocked is null ? "a blocked thread" : $"{_blocked.Describe()} (with its thread)";

    private static (Goroutine? Running, Goroutine? Strand) GiveUp(Machine machine)
    {
        var processor = machine.Processor!;
        var held = (processor.Running, processor.Strand);
        if (GoTrace.IsActive) processor.Scheduler.Trace?.Stopped(processor);
        processor.Scheduler.HandOff(machine);
        return held;
    }

    private static void TakeBack(Machine machine, ThreadWaiter waiter, Goroutine? running, Goroutine? strand)
    {
        var ended = !machine.WaitForProcessor();
        machine.Resume();
        var processor = machine.Processor!;
        (processor.Running, processor.Strand) = (running, strand);
        if (GoTrace.IsActive && running is not null) processor.Scheduler.Trace?.Started(processor, running, waiter);

        // The scheduler has been disposed. A parked strand is just left; a thread has to end, and the only way out is up.
        if (ended) throw new GoExitException();
    }

    private sealed class ForeignThread() : GoroutineRecord(null)
    {
        internal static readonly ForeignThread Instance = new();

        internal override void Inject(Goroutine goroutine) => goroutine.Step();
    }
}

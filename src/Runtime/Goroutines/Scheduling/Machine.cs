// How a machine works
// -------------------
// A machine (Go's M) is a thread that runs goroutines while it holds a processor. It looks for work in this order: the global queue at
// every 61st goroutine, run-next, its own ring, the global queue, other processors' rings. Finding none, it gives the processor back and
// parks; a machine parked for seconds ends.
//
// Invariants:
//   M1  Processor.Current on the machine's thread is the processor that it holds, and no other machine holds it.
//   M2  At most one machine of a scheduler looks for work without having any (spinning) because somebody woke it.
//   M3  Who stops spinning looks at all queues once more, after saying so: work that was queued while it counted as a helper is not left.
//
// Blocking: a goroutine that blocks its thread from inside our primitives hands its processor over first, and waits afterwards for one
// to be handed back by way of the run queues: the thread is queued like a goroutine.
//
// Source: schedule, findRunnable, stopm, startm, entersyscall, exitsyscall of Go's runtime/proc.go; re-expressed.

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>A thread that runs goroutines.</summary>
internal sealed class Machine(GoScheduler scheduler)
{
    private const int StackSize = 1024 * 1024;
    private const uint GlobalEvery = 61;
    private const int MaxHandoffs = 200;
    private const int IdleLifetimeMilliseconds = 5_000;

    private readonly GoScheduler _scheduler = scheduler;
    private ExecutionContext? _clean;
    private bool _signalled;
    private Processor? _granted;
    private bool _grantedSpinning;

    /// <summary>The processor held. Only the machine's own thread sets it; others grant.</summary>
    internal Processor? Processor { get; set; }

    internal bool Spinning { get; set; }

    internal bool IsGranted => Volatile.Read(ref _granted) is not null;

    /// <summary>The goroutine that called Go.LockThread here.</summary>
    internal Goroutine? LockedTo { get; set; }

    internal void Start(int number)
    {
        new Thread(Loop, StackSize) { IsBackground = true, Name = $"goroutines M{number}" }.UnsafeStart();
    }

    /// <summary>Wakes the machine; whatever it is to find has been written before.</summary>
    internal void Signal()
    {
        lock (this)
        {
            _signalled = true;
            Monitor.Pulse(this);
        }
    }

    /// <summary>Waits for <see cref="Signal"/>; false when that takes longer than allowed.</summary>
    internal bool WaitForSignal(int milliseconds = Timeout.Infinite)
    {
        lock (this)
        {
            while (!_signalled)
            {
                if (!Monitor.Wait(this, milliseconds) && !_signalled) return false;
            }

            _signalled = false;
            return true;
        }
    }

    /// <summary>
    /// Waits for a processor to go on with. When the scheduler has ended meanwhile: false, and there is one that belongs to nobody, for the
    /// way out.
    /// </summary>
    internal bool WaitForProcessor()
    {
        while (!IsGranted)
        {
            if (_scheduler.Stopped)
            {
                Grant(new Processor(_scheduler, -1) { Detached = true }, spinning: false);
                return false;
            }

            WaitForSignal();
        }

        return true;
    }

    /// <summary>
    /// Gives a processor to the machine, which waits for one. It may not have gone to sleep yet, so nothing that it uses is touched.
    /// </summary>
    internal void Grant(Processor processor, bool spinning)
    {
        _grantedSpinning = spinning;
        Volatile.Write(ref _granted, processor);
    }

    /// <summary>Takes the processor that was granted.</summary>
    internal void Resume()
    {
        var processor = _granted!;
        _granted = null;
        Spinning = _grantedSpinning;
        Processor = processor;
        processor.Machine = this;
        Processor.Current = processor;
        processor.BeginBusy();
    }

    private void Loop()
    {
        _clean = ExecutionContext.Capture();
        Resume();
        while (FindRunnable() is { } goroutine)
        {
            if (Spinning) StopSpinning();
            Execute(goroutine);
        }

        _scheduler.MachineEnded();
    }

    private void Execute(Goroutine goroutine)
    {
        var processor = Processor!;
        processor.Tick++;
        if ((goroutine.Bits & (NodeBits.Thread | NodeBits.Locked)) != 0 && !RunsHere(goroutine)) return;

        processor.Running = goroutine;
        if (GoTrace.IsActive) _scheduler.Trace?.Started(processor, goroutine);
        if ((goroutine.Bits & NodeBits.Strand) != 0)
        {
            processor.Strand = goroutine;
            var frame = goroutine.Resume;
            while (frame is not null)
            {
                processor.Continue = null;
                frame.Step();
                processor = Processor!; // it may have blocked and got another one
                frame = processor.Continue;
            }

            processor.Strand = null;
        }
        else
        {
            goroutine.Step();
            processor = Processor!;
        }

        processor.Running = null;
        if (GoTrace.IsActive) _scheduler.Trace?.Stopped(processor);

        // What a body did to the execution context ends with its slice: async locals neither flow nor leak.
        if (ExecutionContext.Capture() != _clean) ExecutionContext.Restore(_clean!);
    }

    /// <summary>A goroutine bound to another thread, and a thread that waits for a processor, get this one's processor.</summary>
    private bool RunsHere(Goroutine goroutine)
    {
        if (goroutine is ThreadWaiter waiter)
        {
            _scheduler.HandTo(waiter.Machine!, this);
            return false;
        }

        var home = ((LockedRecord)goroutine.Record).Machine;
        if (home == this) return true;
        home.LockedReady = goroutine;
        _scheduler.HandTo(home, this);
        return false;
    }

    /// <summary>A goroutine bound to this thread that was found by another machine.</summary>
    internal Goroutine? LockedReady { get; set; }

    private Goroutine? FindRunnable()
    {
        while (true)
        {
            if (Processor is not { } processor)
            {
                if (!_scheduler.Park(this, LockedTo is null ? IdleLifetimeMilliseconds : Timeout.Infinite)) return null;
                Resume();
                continue;
            }

            if (_scheduler.Stopped) return null;
            if (processor.Detached)
            {
                _scheduler.Retire(this);
                continue;
            }

            if (processor.IsCrowded && _scheduler.TryShrink(this)) continue;
            if (LockedReady is { } locked)
            {
                LockedReady = null;
                return locked;
            }

            if (LockedTo is not null)
            {
                // Its goroutine is parked; until that comes back, this thread runs nothing and holds nothing.
                _scheduler.HandOff(this);
                continue;
            }

            if (TakeLocal(processor) is { } near) return near;
            if (_scheduler.TakeGlobal(processor, int.MaxValue) is { } global) return global;
            if (Search(processor) is { } far) return far;
            Release(processor);
        }
    }

    private Goroutine? TakeLocal(Processor processor)
    {
        if (processor.Tick % GlobalEvery == 0 && _scheduler.TakeGlobal(processor, 1) is { } turn)
        {
            processor.Tick++;
            return turn;
        }

        if (processor.IsWindowFull) processor.EndWindow();

        if (processor.RunNext is not null && Interlocked.Exchange(ref processor.RunNext, null) is { } next)
        {
            if (++processor.Handoffs < MaxHandoffs || processor.Ring.IsEmpty) return next;
            _scheduler.PushLocal(processor, next);
        }

        processor.Handoffs = 0;
        return processor.Ring.Pop();
    }

    /// <summary>Looks at the other processors' rings, if not too many do so already.</summary>
    private Goroutine? Search(Processor processor)
    {
        if (!Spinning && !_scheduler.TryStartSpinning()) return null;
        Spinning = true;
        for (var round = 0; round < 4; round++)
        {
            if (_scheduler.Steal(processor) is { } stolen) return stolen;
            if (_scheduler.TakeGlobal(processor, int.MaxValue) is { } global) return global;
            Thread.SpinWait(30);
        }

        return null;
    }

    private void Release(Processor processor)
    {
        Debug.Assert(processor.Ring.IsEmpty, "A processor is given back with an empty ring.");
        var spinning = Spinning;
        Spinning = false;
        processor.Ring.Forget();
        processor.EndBusy();
        if (!_scheduler.TryRelease(this))
        {
            Spinning = spinning;
            processor.BeginBusy();
            return;
        }

        if (!spinning) return;
        _scheduler.EndSpinning();
        _scheduler.LookAgain();
    }

    private void StopSpinning()
    {
        Spinning = false;
        _scheduler.EndSpinning();
        _scheduler.LookAgain();
    }
}

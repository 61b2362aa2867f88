// How the monitor works
// ---------------------
// One thread per scheduler that looks at the processors from outside, every millisecond while there is something to do and up to every
// ten when nothing happens; it sleeps while the scheduler is idle and ends when that lasts. What it does:
//   * asks a goroutine that ran for its slice to give way at its next channel operation;
//   * retakes the processor of a goroutine that does not, be it that it computes or that it blocks its thread: the processor is
//     detached, a spare takes its place with another machine, and the old one is given back at the holder's next scheduling point.
//     It does so for whoever is queued anywhere: a detached processor's ring waits for a machine of an attached one to steal from it;
//   * rescues run-next: a goroutine made ready by one that goes on computing is moved to where an idle machine finds it;
//   * wakes an idle machine for a ring that is not empty, a detached processor's too. Who pushes does so itself, but there is no fence
//     between its write of the ring and its look at who is spinning, so that it may rarely rely on a machine that has looked already.
//
// Invariant: attached processors = MaxProcs, always. A detached one still runs its goroutine: one processor is not mutual exclusion.
//
// Rejected: waking a machine at every run-next hand-off, as Go does: half of the cost of a ping-pong. A processor whose slices are long
// is eager instead (Processor.EndWindow).
//
// Source: sysmon and retake of Go's runtime/proc.go (forcePreemptNS = 10 ms); re-expressed.

namespace Quintet.Goroutines;

/// <summary>Watches over one scheduler's processors.</summary>
internal sealed class SchedulerMonitor(GoScheduler scheduler)
{
    private const int QuietPasses = 64;
    private const int EagerAfterRescue = 1_000;
    private const int IdlePasses = 20;
    private const int LongestDelayMilliseconds = 10;
    private const int LifetimeMilliseconds = 5_000;

    private readonly Lock _gate = new();
    private readonly double _sliceMilliseconds =
        scheduler.Options.TimeSlice == Timeout.InfiniteTimeSpan ? double.PositiveInfinity : scheduler.Options.TimeSlice.TotalMilliseconds;
    private readonly AutoResetEvent _wake = new(false);
    private ProcessorTime _computed;
    private bool _running;
    private volatile bool _asleep = true;

    /// <summary>Called whenever a machine gets a processor from the idle ones.</summary>
    internal void Wake()
    {
        if (!_asleep) return;
        lock (_gate)
        {
            if (!_asleep) return;
            _asleep = false;
            if (_running)
            {
                _wake.Set();
                return;
            }

            _running = true;
        }

        new Thread(Loop, 256 * 1024) { IsBackground = true, Name = "goroutines monitor" }.UnsafeStart();
    }

    private void Loop()
    {
        var quiet = 0;
        var idle = 0;
        var delay = 1;
        while (!scheduler.Stopped)
        {
            Thread.Sleep(delay);
            CoarseClock.Advance();
            if (scheduler.IsIdle)
            {
                if (++idle < IdlePasses) continue;
                if (!SleepUntilWoken()) return;
                CoarseClock.Advance();
                idle = quiet = 0;
                delay = 1;
                continue;
            }

            idle = 0;
            quiet = Pass(Environment.TickCount64) ? 0 : quiet + 1;
            delay = quiet < QuietPasses ? 1 : Math.Min(quiet / QuietPasses, LongestDelayMilliseconds);
        }
    }

    /// <summary>False when nothing started for so long that the thread is not worth keeping.</summary>
    private bool SleepUntilWoken()
    {
        lock (_gate) _asleep = true;
        if (!scheduler.IsIdle) Wake(); // started between the look and the note
        if (_wake.WaitOne(LifetimeMilliseconds)) return true;
        lock (_gate)
        {
            if (!_asleep) return true; // its signal is on the way, and the next wait will find it
            _running = false;
            return false;
        }
    }

    /// <summary>Looks at every processor once; true when something had to be done.</summary>
    internal bool Pass(long now)
    {
        var acted = scheduler.GrowWhenDue();
        _computed.Look();
        foreach (var processor in scheduler.Processors)
        {
            if (processor.Running is not { } running)
            {
                processor.SeenAt = now;
                continue;
            }

            if (processor.Detached)
            {
                scheduler.Rescue(processor);
                if (!processor.Ring.IsEmpty) scheduler.WakeOne();
                continue;
            }

            var tick = Volatile.Read(ref processor.Tick);
            if (tick != processor.SeenTick)
            {
                processor.SeenTick = tick;
                processor.SeenAt = now;
                if (!processor.Ring.IsEmpty) scheduler.WakeOne();
                continue;
            }

            acted |= Help(processor, running, now);
        }

        return acted;
    }

    /// <summary>The goroutine has been running since the last pass at least.</summary>
    private bool Help(Processor processor, Goroutine running, long now)
    {
        var acted = false;
        if (scheduler.HasIdleProcessor && (processor.HasWork || scheduler.HasGlobalWork))
        {
            scheduler.Grow();
            acted = scheduler.Rescue(processor);
            scheduler.WakeOne();
            if (acted && _computed.AllTheTime)
            {
                // It may go on for ever without a new slice, so that it is told here and not at the end of one.
                processor.EagerWakes = EagerAfterRescue;
                scheduler.NoteLongSlices();
            }
        }

        if (now - processor.SeenAt < _sliceMilliseconds) return acted;
        running.Preempt = true;
        if (!processor.HasWork && !scheduler.HasQueuedWork) return acted;
        scheduler.Retake(processor, now);
        return true;
    }
}

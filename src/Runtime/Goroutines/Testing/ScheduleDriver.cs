// How a deterministic run works
// -----------------------------
// One thread steps all goroutines of one scheduler. Every operation on a channel, select or lock is a scheduling point: the goroutine goes
// back among the runnable ones, and a seeded generator picks who goes on. Time is virtual: it stands still while anybody can run, and
// then jumps to the next timer. So the same seed gives the same run, and different seeds give different interleavings.
//
// Invariant: D1 nothing but the driver takes a goroutine off the list of runnable ones.
//
// Source: the idea of testing/synctest (Go 1.25) and of trio's testing kit.

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>Takes the choices of a deterministic run.</summary>
internal sealed class ScheduleDriver
{
    private const int MostSteps = 10_000_000;

    private readonly List<Goroutine> _runnable = [];
    private readonly List<Goroutine> _whenIdle = [];
    private readonly List<GoPanic> _panics = [];
    private readonly VirtualTime _time = new();
    private readonly GoScheduler _scheduler;
    private readonly Processor _processor;
    private ulong _random;
    private MainRun? _main;

    internal ScheduleDriver(int seed)
    {
        _random = unchecked(((ulong)(uint)seed * 0x9E3779B97F4A7C15UL) + 0x2545F4914F6CDD1DUL);
        _scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, TimeProvider = _time, UnhandledException = _panics.Add }, this);
        _processor = _scheduler.Processors[0];
    }

    /// <summary>Tells this schedule from others.</summary>
    internal ulong Signature { get; private set; } = 14695981039346656037;

    internal void Ready(Goroutine goroutine)
    {
        Debug.Assert(!_runnable.Contains(goroutine), "D1: a goroutine is made runnable twice.");
        _runnable.Add(goroutine);
    }

    /// <summary>Makes the goroutine runnable when nobody else is.</summary>
    internal void ReadyWhenIdle(Goroutine goroutine) => _whenIdle.Add(goroutine);

    internal uint Next(uint below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        var choice = (uint)(((_random >> 32) * below) >> 32);
        Signature = unchecked((Signature ^ ((below << 16) + choice)) * 1099511628211);
        return choice;
    }

    /// <summary>Runs until main has ended. Throws what main threw, a panic of another goroutine, or a deadlock.</summary>
    internal void Run(Func<GoTask> main)
    {
        var previous = Processor.Current;
        if (previous is not null) throw new InvalidOperationException("A deterministic run is started outside of goroutines.");
        Processor.Current = _processor;
        try
        {
            _main = _scheduler.BeginDriven(main);
            for (var steps = 0; !_main.IsDone && _panics.Count == 0; steps++)
            {
                if (steps == MostSteps) throw new InvalidOperationException($"no end after {MostSteps} steps");
                if (Pick() is not { } goroutine) break;
                Step(goroutine);
            }
        }
        finally
        {
            Processor.Current = null;
            _scheduler.Dispose();
        }

        if (_panics.Count > 0) throw new InvalidOperationException($"panic in {_panics[0].Goroutine}", _panics[0].Exception);
        _main.Error?.Throw();
        if (!_main.IsDone) throw new GoDeadlockException("all goroutines are asleep - deadlock!", ParkingPlaces.ParkedOf(_scheduler));
    }

    /// <summary>Somebody who can run; time moves when nobody can. Null for a deadlock.</summary>
    private Goroutine? Pick()
    {
        while (true)
        {
            while (_scheduler.TakeInjected() is { } injected) _runnable.Add(injected);
            if (_runnable.Count > 0)
            {
                var index = _runnable.Count == 1 ? 0 : (int)Next((uint)_runnable.Count);
                var picked = _runnable[index];
                _runnable[index] = _runnable[^1];
                _runnable.RemoveAt(_runnable.Count - 1);
                return picked;
            }

            if (_whenIdle.Count > 0)
            {
                _runnable.AddRange(_whenIdle);
                _whenIdle.Clear();
                continue;
            }

            if (!_time.AdvanceToNext()) return null;
        }
    }

    private void Step(Goroutine goroutine)
    {
        _processor.Tick++;
        _processor.Running = goroutine;
        if ((goroutine.Bits & NodeBits.Strand) == 0)
        {
            goroutine.Step();
        }
        else
        {
            _processor.Strand = goroutine;
            goroutine.Preempt = true; // every operation is a scheduling point
            for (var frame = goroutine.Resume; frame is not null; frame = _processor.Continue)
            {
                _processor.Continue = null;
                frame.Step();
            }

            _processor.Strand = null;
        }

        _processor.Running = null;
    }
}

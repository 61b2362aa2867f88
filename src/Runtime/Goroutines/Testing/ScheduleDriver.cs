// How a deterministic run works
// -----------------------------
// One thread steps all goroutines of one scheduler. Every operation on a channel, select or lock is a scheduling point: the goroutine goes
// back among the runnable ones, and a seeded generator picks who goes on. Time is virtual: it stands still while anybody can run, and
// then jumps to the next timer. Timers that are due at the same moment fire in the order of their setting, each before, between or after
// what the others made runnable. So the same seed gives the same run, and different seeds give different interleavings.
//
// A task is waited for through the run's synchronisation context, which queues what follows like a goroutine. Whoever completes it on
// the run's thread is part of the run; another thread is not, and fails it, since nobody could tell when it comes.
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

    private const string ToDo =
        "What another thread completes comes when no seed decides: let the run complete it, and take delays from "
        + "GoScheduler.Current.TimeProvider. What follows ConfigureAwait(false) inside of a library is another thread's, too: "
        + "ChannelReader.ReadAllAsync is one; loop over WaitToReadAsync and TryRead instead, make the channel "
        + "with AllowSynchronousContinuations, or use Chan<T>.";

    private readonly List<Goroutine> _runnable = [];
    private readonly List<Goroutine> _whenIdle = [];
    private readonly List<GoPanic> _panics = [];
    private readonly VirtualTime _time = new();
    private readonly GoScheduler _scheduler;
    private readonly Processor _processor;
    private readonly HashSet<Goroutine> _outside = [];
    private ulong _random;
    private MainRun? _main;
    private volatile bool _disturbed;

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

    /// <summary>What makes the strand runnable again, which waits for a task or anything else that is not of this model.</summary>
    internal Action WaitOutside(Goroutine strand)
    {
        lock (_outside) _outside.Add(strand);
        return () =>
        {
            lock (_outside) _outside.Remove(strand);
            if (Processor.Current?.Driver != this) _disturbed = true;
            GoScheduler.Ready(strand);
        };
    }

    /// <summary>Another thread queued something: when it did so is no choice of the seed's.</summary>
    internal void Disturb() => _disturbed = true;

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
        var context = SynchronizationContext.Current;
        Processor.Current = _processor;
        SynchronizationContext.SetSynchronizationContext(new GoSynchronizationContext(_scheduler));
        try
        {
            _main = _scheduler.BeginDriven(main);
            for (var steps = 0; !_main.IsDone && _panics.Count == 0; steps++)
            {
                if (steps == MostSteps) throw new InvalidOperationException($"no end after {MostSteps} steps");
                if (Pick() is not { } goroutine) break;
                if (_disturbed) throw WaitsOutside();
                Step(goroutine);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            Processor.Current = null;
            _scheduler.Dispose();
        }

        if (_panics.Count > 0) throw new InvalidOperationException(
                $"panic in {_panics[0].Goroutine}: {_panics[0].Exception.Message}", _panics[0].Exception);
        _main.Error?.Throw();
        if (!_main.IsDone) throw NobodyCanGoOn(_main);
    }

    private static NotSupportedException WaitsOutside(string who = "") =>
        new($"A deterministic run cannot wait for something outside of the model.{who} {ToDo}");

    private Exception NobodyCanGoOn(MainRun main)
    {
        var report = ParkingPlaces.ParkedOf(_scheduler);
        string[] outside;
        lock (_outside) outside = [.. _outside.Select(strand => strand.DescribeParked()).Order(StringComparer.Ordinal)];

        // What a plain async method of the run is to complete is inside: then the method is parked, too.
        if (outside.Length > 0 && report.Guests == 0) return WaitsOutside($" It is awaited by {string.Join(", ", outside)}.");
        return new GoDeadlockException(
            main.DeadlockText, [.. report.Parked, .. outside.Select(who => new ParkedGoroutine(who, "a task", TimeSpan.Zero))]);
    }

    /// <summary>Somebody who can run; time moves when nobody can. Null for a deadlock.</summary>
    private Goroutine? Pick()
    {
        while (true)
        {
            while (_scheduler.TakeInjected() is { } injected) _runnable.Add(injected);
            var due = _time.IsDue;
            if (due || _runnable.Count > 0)
            {
                var choices = _runnable.Count + (due ? 1 : 0);
                var index = choices == 1 ? 0 : (int)Next((uint)choices);
                if (index == _runnable.Count)
                {
                    _time.FireNext();
                    continue;
                }

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

            if (!_time.FireNext()) return null;
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

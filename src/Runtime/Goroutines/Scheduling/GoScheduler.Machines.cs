using System.Diagnostics;

namespace Quintet.Goroutines;

public sealed partial class GoScheduler
{
    internal bool Stopped => _stopped;

    /// <summary>Gets one more machine to look for work, unless one looks already or no processor is free.</summary>
    /// <returns>Whether a machine was woken, or its thread started.</returns>
    internal bool WakeOne()
    {
        var idle = Volatile.Read(ref _idleCount);
        if (idle == 0 || Volatile.Read(ref _spinning) != 0 || _maxProcs - idle >= _useful) return false;
        return Interlocked.CompareExchange(ref _spinning, 1, 0) == 0 && StartMachine(spinning: true);
    }

    internal bool TryStartSpinning()
    {
        if (Volatile.Read(ref _spinning) * 2 >= _maxProcs) return false;
        Interlocked.Increment(ref _spinning);
        return true;
    }

    internal void EndSpinning() => Interlocked.Decrement(ref _spinning);

    /// <summary>After a machine stopped looking: work queued while it still counted as looking gets another one.</summary>
    internal void LookAgain()
    {
        if (HasGlobalWork)
        {
            WakeOne();
            return;
        }

        foreach (var processor in _all)
        {
            if (processor.Ring.IsEmpty) continue;
            WakeOne();
            return;
        }
    }

    /// <summary>Gives an idle processor to a machine that is parked or new.</summary>
    private bool StartMachine(bool spinning)
    {
        Processor? processor = null;
        Machine? machine = null;
        lock (_gate)
        {
            if (!_stopped && _idle.TryPop(out processor))
            {
                processor.Busy = true;
                Volatile.Write(ref _idleCount, _idle.Count);
                machine = TakeMachine();
            }

            AssertAccounts();
        }

        if (processor is null)
        {
            if (!spinning) return false;
            EndSpinning();
            if (!_stopped) LookAgain(); // who queued work meanwhile relied on us, and a processor may have become idle
            return false;
        }

        Launch(machine, processor, spinning);
        return true;
    }

    /// <summary>Lets a parked machine, or a new one, run with the processor.</summary>
    private void Launch(Machine? machine, Processor processor, bool spinning)
    {
        _monitor.Wake();
        if (machine is not null)
        {
            machine.Grant(processor, spinning);
            machine.Signal();
            return;
        }

        machine = new Machine(this);
        machine.Grant(processor, spinning);
        var count = Interlocked.Increment(ref _machines);
        machine.Start(Interlocked.Increment(ref _machineNumber));
        if (count <= _options.MaxThreads) return;
        var error = new InvalidOperationException(
            $"thread exhaustion: the scheduler has {count} threads, more than its limit of {_options.MaxThreads}");
        Panic(error, $"goroutines M{count}"); // whoever wakes a machine at this moment is not to blame, and must not be torn out of it
    }

    private Machine? TakeMachine()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "Parked machines are taken under the gate.");
        if (_parked.Count == 0) return null;
        var machine = _parked[^1];
        _parked.RemoveAt(_parked.Count - 1);
        return machine;
    }

    /// <summary>
    /// Gives the machine's processor back for want of work. False when work came, or the processor is to be retired instead.
    /// </summary>
    internal bool TryRelease(Machine machine)
    {
        var processor = machine.Processor!;
        bool asleep;
        lock (_gate)
        {
            if (_global.Count > 0 || processor.Detached || _stopped) return false;
            TakeFrom(machine);
            PutIdle(processor);
            _parked.Add(machine);
            asleep = AllAsleep();
            AssertAccounts();
        }

        if (asleep) ReportDeadlock();
        return true;
    }

    /// <summary>The machine's processor goes to <paramref name="target"/>, whose thread waits for one; the machine itself parks.</summary>
    internal void HandTo(Machine target, Machine machine)
    {
        var processor = machine.Processor!;
        if (machine.Spinning)
        {
            machine.Spinning = false;
            EndSpinning();
        }

        lock (_gate)
        {
            TakeFrom(machine);
            _parked.Add(machine);
            _away.Remove(target);
            target.Grant(processor, spinning: false);
        }

        target.Signal();
    }

    /// <summary>
    /// The machine is about to block its thread, or must not run anything: its processor goes to whoever has work for it.
    /// </summary>
    internal void HandOff(Machine machine)
    {
        var processor = machine.Processor!;
        if (machine.Spinning)
        {
            machine.Spinning = false;
            EndSpinning();
        }

        Machine? other = null;
        var asleep = false;
        var launch = false;
        lock (_gate)
        {
            TakeFrom(machine);
            if (_stopped) return;
            if (!machine.IsGranted) _away.Add(machine); // otherwise its wait is over before it has begun
            if (processor.Detached)
            {
                Recall(processor);
                asleep = AllAsleep();
            }
            else if (processor.HasWork || _global.Count > 0)
            {
                other = TakeMachine();
                launch = true;
            }
            else
            {
                PutIdle(processor);
                asleep = AllAsleep();
            }

            AssertAccounts();
        }

        // What a recalled processor held is for everybody now, and half of what a ring held may have been left there by this machine:
        // nobody else was told.
        if (launch) Launch(other, processor, spinning: false);
        else LookAgain();
        if (asleep) ReportDeadlock();
    }

    /// <summary>The monitor has replaced the machine's processor meanwhile: it goes to the spares, what it held to everybody.</summary>
    internal void Retire(Machine machine)
    {
        var processor = machine.Processor!;
        if (machine.Spinning)
        {
            machine.Spinning = false;
            EndSpinning();
        }

        var asleep = false;
        lock (_gate)
        {
            TakeFrom(machine);
            (machine.LockedTo is null ? (ICollection<Machine>)_parked : _away).Add(machine);
            Recall(processor);
            asleep = AllAsleep();
            AssertAccounts();
        }

        WakeOne();
        if (asleep) ReportDeadlock();
    }

    /// <summary>Waits until the machine is given a processor. False when it is to end.</summary>
    internal bool Park(Machine machine, int milliseconds)
    {
        while (true)
        {
            if (_stopped) return false;
            if (machine.WaitForSignal(milliseconds))
            {
                if (machine.IsGranted) return true;
                continue;
            }

            lock (_gate)
            {
                if (_parked.Remove(machine)) return false;
            }

            milliseconds = Timeout.Infinite; // somebody took it off the list and is about to signal
        }
    }

    internal void MachineEnded() => Interlocked.Decrement(ref _machines);

    private void PutIdle(Processor processor)
    {
        processor.Busy = false;
        _idle.Push(processor);
        Volatile.Write(ref _idleCount, _idle.Count);
    }

    private static void TakeFrom(Machine machine)
    {
        var processor = machine.Processor!;
        processor.Machine = null;
        processor.Running = null;
        processor.Strand = null;
        machine.Processor = null;
        Processor.Current = null;
    }

    /// <summary>A detached processor without a machine: empties it and keeps it for the next retake.</summary>
    private void Recall(Processor processor)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "Processors change places under the gate.");
        Empty(processor);
        processor.Detached = false;
        processor.Busy = false;
        processor.EagerWakes = 0;
        _detached--;
        _spares.Push(processor);
    }

    /// <summary>Every processor is idle, held, detached or spare, and as many as MaxProcs are idle or held.</summary>
    [Conditional("DEBUG")]
    private void AssertAccounts()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "Processors are counted under the gate.");
        Debug.Assert(_all.Count(item => item.Detached) == _detached, "P1: detached processors are miscounted.");
        var held = _all.Count(item => item is { Busy: true, Detached: false });
        Debug.Assert(_idle.Count + held == _maxProcs, "P2: attached processors are not MaxProcs.");
        Debug.Assert(_idle.All(item => item is { Busy: false, Detached: false }), "P3: an idle processor is held.");
    }

    /// <summary>Nothing runs and nothing can: every processor idle, no queue holds anything, and nothing outside will come back.</summary>
    private bool AllAsleep() =>
        _mains > 0 && _idle.Count == _maxProcs && _detached == 0 && _global.Count == 0 && Volatile.Read(ref _external) == 0;
}

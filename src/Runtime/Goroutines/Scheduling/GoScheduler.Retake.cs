namespace Quintet.Goroutines;

public sealed partial class GoScheduler
{
    internal Processor[] Processors => _all;

    internal int SpareCount
    {
        get
        {
            lock (_gate) return _spares.Count;
        }
    }

    internal bool HasIdleProcessor => Volatile.Read(ref _idleCount) > 0;

    internal bool IsIdle
    {
        get
        {
            lock (_gate) return _idle.Count == _maxProcs && _detached == 0;
        }
    }

    /// <summary>Moves a processor's run-next to where others find it. Any thread.</summary>
    internal bool Rescue(Processor processor)
    {
        if (processor.RunNext is null) return false;
        lock (_gate)
        {
            // One step: whoever asks under the gate whether all are asleep finds it in one of the two places.
            if (Interlocked.Exchange(ref processor.RunNext, null) is not { } kept) return false;
            _global.Append(kept, kept, 1);
        }

        WakeOne();
        return true;
    }

    /// <summary>Puts a spare processor with a machine in the place of one whose goroutine does not come back.</summary>
    internal void Retake(Processor processor, long now)
    {
        if (HasIdleProcessor)
        {
            Grow();
            Rescue(processor);
            WakeOne();
            return;
        }

        Processor spare;
        Machine? machine;
        lock (_gate)
        {
            if (processor.Detached || !processor.Busy || _stopped) return;
            processor.Detached = true;
            processor.EagerWakes = int.MaxValue; // sends what it makes ready down the slow path, which looks at Detached
            _detached++;
            spare = TakeSpare();
            spare.Busy = true;
            machine = TakeMachine();
            AssertAccounts();
        }

        Interlocked.Increment(ref _retakes);
        if (GoEventSource.Log.IsEnabled()) GoEventSource.Log.Retaken(processor.Running?.Describe() ?? "");
        Rescue(processor);
        spare.SeenAt = now;
        Interlocked.Increment(ref _spinning);
        Launch(machine, spare, spinning: true);
    }

    private Processor TakeSpare()
    {
        if (_spares.TryPop(out var spare)) return spare;
        spare = new Processor(this, _all.Length);
        _all = [.. _all, spare];
        return spare;
    }

    /// <summary>Changes the number of processors. Busy ones above the new limit are given back at their next scheduling point.</summary>
    private void Resize(int count)
    {
        if (_all[0].Driver is not null) throw new NotSupportedException("A deterministic run has one processor.");
        lock (_gate)
        {
            for (var n = _maxProcs; n < count; n++) PutIdle(TakeSpare());
            var surplus = _maxProcs - count;
            for (; surplus > 0 && _idle.TryPop(out var idle); surplus--) _spares.Push(idle);
            foreach (var processor in _all)
            {
                if (surplus <= 0) break;
                if (processor.Detached || !processor.Busy) continue;
                processor.Detached = true;
                _detached++;
                surplus--;
            }

            Volatile.Write(ref _idleCount, _idle.Count);
            _maxProcs = count;
            _useful = int.MaxValue;
            AssertAccounts();
        }

        WakeOne();
    }
}

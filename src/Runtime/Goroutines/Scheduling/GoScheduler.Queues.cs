namespace Quintet.Goroutines;

public sealed partial class GoScheduler
{
    /// <summary>Makes a goroutine runnable that was parked. Must not be called under a channel's lock.</summary>
    internal static void Ready(Goroutine goroutine)
    {
        var processor = Processor.Current;
        if (processor is null || !ReferenceEquals(processor.Home, goroutine.Record))
        {
            goroutine.Record.Inject(goroutine);
            return;
        }

        if (GoTrace.IsActive) processor.Scheduler.Trace?.Woke(processor, goroutine);
        if (processor.RunNext is null && processor.EagerWakes == 0) Volatile.Write(ref processor.RunNext, goroutine);
        else processor.Scheduler.ReadySlowly(processor, goroutine);
    }

    /// <summary>Makes a goroutine runnable from anywhere.</summary>
    internal void Inject(Goroutine goroutine)
    {
        if (Processor.Current is { } processor && processor.Scheduler == this)
        {
            if (GoTrace.IsActive) Trace?.Woke(processor, goroutine);
            ReadySlowly(processor, goroutine);
            return;
        }

        PushGlobal(goroutine);
    }

    /// <summary>Behind everything else that is runnable.</summary>
    internal void PushGlobal(Goroutine goroutine) => PushGlobal(goroutine, goroutine, 1);

    /// <summary>Owner only: behind everything else in the processor's ring. A full ring gives half of itself to everybody.</summary>
    internal void PushLocal(Processor processor, Goroutine goroutine)
    {
        while (!processor.Ring.TryPush(goroutine))
        {
            if (processor.Ring.TakeHalf(out var last, out var count) is not { } first) continue;
            last.Next = goroutine;
            PushGlobal(first, goroutine, count + 1);
            return;
        }
    }

    /// <summary>What runs gives way: behind everybody else.</summary>
    internal void Requeue(Processor processor, Goroutine goroutine)
    {
        if (processor.Driver is { } driver) driver.Ready(goroutine);
        else PushGlobal(goroutine);
    }

    internal bool HasGlobalWork => _global.Count > 0;

    /// <summary>Whether anybody is queued where every machine that looks for work would find it.</summary>
    internal bool HasQueuedWork
    {
        get
        {
            if (HasGlobalWork) return true;
            foreach (var processor in _all)
            {
                if (!processor.Ring.IsEmpty) return true;
            }

            return false;
        }
    }

    /// <summary>Takes one goroutine from the global queue, and the processor's fair share of the rest into its ring.</summary>
    internal Goroutine? TakeGlobal(Processor processor, int most)
    {
        if (_global.Count == 0) return null;
        lock (_gate)
        {
            var share = Math.Min(Math.Min((_global.Count / _maxProcs) + 1, most), RunRing.Size / 2);
            var first = _global.Take();
            while (--share > 0 && _global.Take() is { } other)
            {
                if (processor.Ring.TryPush(other)) continue;
                _global.Append(other, other, 1);
                break;
            }

            return first;
        }
    }

    /// <summary>Half of some other processor's ring, starting anywhere.</summary>
    internal Goroutine? Steal(Processor processor)
    {
        var all = _all;
        var start = processor.NextRandom() % (uint)all.Length;
        for (uint i = 0; i < all.Length; i++)
        {
            var victim = all[(start + i) % (uint)all.Length];
            if (victim != processor && victim.Ring.StealHalf(processor.Ring) is { } stolen)
            {
                Interlocked.Increment(ref _steals);
                return stolen;
            }
        }

        return null;
    }

    private void ReadySlowly(Processor processor, Goroutine goroutine)
    {
        if (processor.Driver is { } driver)
        {
            driver.Ready(goroutine);
            return;
        }

        if (processor.Detached)
        {
            PushGlobal(goroutine);
            return;
        }

        if (processor.EagerWakes > 0)
        {
            processor.EagerWakes--;
            if (processor.Detached) processor.EagerWakes = int.MaxValue; // the retake wrote it at the same moment
            if (HasIdleProcessor)
            {
                // What runs here may go on for long after making others ready: they are not kept waiting for it.
                PushLocal(processor, goroutine);

                // The system may have queued the woken thread on this one's core, and would let this one go on for milliseconds first,
                // although another core is idle: virtual machines cannot tell an idle core from one that their host has taken away.
                if (WakeOne()) Thread.Yield();
                return;
            }
        }

        if (Interlocked.Exchange(ref processor.RunNext, goroutine) is not { } kicked) return;
        PushLocal(processor, kicked);
        WakeOne();
    }

    private void PushGlobal(Goroutine first, Goroutine last, int count)
    {
        if (_stopped) return;
        lock (_gate) _global.Append(first, last, count);
        WakeOne();
    }
}

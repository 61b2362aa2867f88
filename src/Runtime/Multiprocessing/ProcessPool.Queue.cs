using System.Diagnostics;
using Quintet.Multiprocessing.Pooling;

namespace Quintet.Multiprocessing;

public sealed partial class ProcessPool
{
    // A worker that dies again and again before it begins anything would be replaced for ever.
    private const int MostDeathsInARow = 5;

    private readonly Lock _gate = new();
    private readonly Queue<WorkSource> _queue = new();
    private readonly LinkedList<WorkUnit> _returned = new();
    private readonly List<PoolWorker> _workers = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer? _clock;
    private Exception? _broken;
    private bool _closing;
    private bool _terminated;
    private int _withWorkers;
    private int _deathsInARow;

    /// <summary>The units that no worker has; of the maps behind the first, one each. Read under the lock.</summary>
    private int Queued => _returned.Count + (_queue.TryPeek(out var first) ? _queue.Count - 1 + first.Remaining : 0);

    /// <summary>Workers that are ready, tasks that they run, and tasks that wait, here or sent ahead to a worker.</summary>
    internal (int Workers, int Running, long Queued) Look()
    {
        lock (_gate)
        {
            var ready = _workers.FindAll(static worker => worker.IsReady);
            var running = Math.Min(ready.Count(static worker => worker.Load > 0), _withWorkers);
            return (ready.Count, running, _returned.Count + _queue.Sum(static source => (long)source.Remaining) + _withWorkers - running);
        }
    }

    /// <summary>The next unit for a worker that asks under its own lock.</summary>
    internal bool TryTake(PoolWorker worker, out WorkUnit unit)
    {
        lock (_gate)
        {
            unit = null!;
            if (worker.IsSpare) return false;
            while (NextUnit() is { } next)
            {
                if (next.IsCancelled)
                {
                    next.Cancel();
                    Tally.Add(TaskEnd.Cancelled, 1);
                    continue;
                }
                unit = next;
                _withWorkers++;
                return true;
            }
            CheckDrained();
            return false;
        }
    }

    /// <summary>How many units the worker may have now, whatever its window says. For a worker that asks under its own lock.</summary>
    internal int ShareOf(PoolWorker worker)
    {
        lock (_gate)
        {
            var (workers, least) = (1, int.MaxValue);
            foreach (var other in _workers)
            {
                if (other == worker || other.IsSpare || !other.IsReady) continue;
                workers++;
                least = Math.Min(least, other.Load);
            }
            return FairShare.Of(Queued, workers, least);
        }
    }

    /// <summary>So many units that workers had have been answered.</summary>
    internal void Answered(int units)
    {
        lock (_gate)
        {
            _deathsInARow = 0;
            _withWorkers -= units;
            CheckDrained();
        }
    }

    internal void WorkerEnded(PoolWorker worker, List<WorkUnit> orphans, Exception? startFailure)
    {
        List<PoolWorker> pump;
        var failure = startFailure;
        bool breaks;
        lock (_gate)
        {
            _workers.Remove(worker);
            _withWorkers -= orphans.Count;
            for (var i = orphans.Count - 1; i >= 0; i--) _returned.AddFirst(orphans[i]);
            if (failure is null && orphans.Count > 0 && ++_deathsInARow >= MostDeathsInARow)
                failure = new WorkerStartException($"{MostDeathsInARow} workers in a row ended before they began a task.");
            if (worker.WasReady && startFailure is not null) failure = null;
            if (_terminated || (failure is OperationCanceledException && _closing)) failure = null;
            breaks = failure is not null && _broken is null;
            if (breaks) _broken = failure;
            pump = _broken is null && !_terminated ? EnsureWorkers(0) : [];
            pump.AddRange(_workers.Where(static other => other.HasRoom && !other.IsSpare));
            CheckDrained();
        }
        if (breaks) PoolEventSource.Log.Broken(Number, _broken!.Message);
        if (_terminated) FailQueued(static () => new ObjectDisposedException(nameof(ProcessPool), "The pool was terminated."));
        else if (_broken is { } broken) FailQueued(() => new BrokenProcessPoolException(broken));
        else if (orphans.Count > 0) Returned(orphans.Count);
        foreach (var other in pump) other.Pump();
    }

    private void Returned(int units)
    {
        Tally.AddRedispatched(units);
        PoolEventSource.Log.Redispatched(Number, units);
    }

    private WorkUnit? NextUnit()
    {
        if (_returned.First is { } first)
        {
            _returned.RemoveFirst();
            return first.Value;
        }
        while (_queue.TryPeek(out var source))
        {
            var unit = source.Take();
            if (source.Remaining == 0) _queue.Dequeue();
            if (unit is null) continue;
            unit.QueuedAt = source.QueuedAt;
            return unit;
        }
        return null;
    }

    private void Enqueue(WorkSource source)
    {
        List<PoolWorker> pump;
        lock (_gate)
        {
            ThrowIfUnusable();
            if (PoolMetrics.TakesTimes) source.QueuedAt = Stopwatch.GetTimestamp();
            _queue.Enqueue(source);
            pump = EnsureWorkers(0);
            if (source.Remaining > 1) pump.AddRange(_workers.Where(static worker => worker.HasRoom && !worker.IsSpare));
            else if (LeastLoaded() is { } worker) pump.Add(worker);
        }
        foreach (var worker in pump) worker.Pump();
    }

    private PoolWorker? LeastLoaded()
    {
        PoolWorker? best = null;
        foreach (var worker in _workers)
            if (worker.HasRoom && !worker.IsSpare && (best is null || worker.Load < best.Load)) best = worker;
        return best;
    }

    /// <summary>
    /// Starts the workers that the queue can use, at least up to <paramref name="atLeast"/> if there is anything queued. Returns spares
    /// that were
    /// taken into service, to be given work when the lock is free.
    /// </summary>
    private List<PoolWorker> EnsureWorkers(int atLeast)
    {
        var promoted = new List<PoolWorker>();
        var (active, starting, idle) = (0, 0, 0);
        foreach (var worker in _workers)
        {
            if (worker.IsSpare || worker.IsEnding) continue;
            active++;
            if (!worker.IsReady) starting++;
            else if (worker.Load == 0) idle++;
        }
        var wanted = Math.Min(_options.WorkerCount - active, Math.Max(Queued - starting - idle, atLeast - active));
        for (; wanted > 0; wanted--)
        {
            if (_workers.Find(static worker => worker.IsSpare && worker.IsReady) is { } spare)
            {
                spare.IsSpare = false;
                promoted.Add(spare);
            }
            else
            {
                _workers.Add(new PoolWorker(this, _options, spare: false));
            }
        }
        if (_workers.Count == 0 || _closing) return promoted;
        for (var spares = _workers.Count(static worker => worker.IsSpare); spares < _options.SpareWorkers; spares++)
            _workers.Add(new PoolWorker(this, _options, spare: true));
        return promoted;
    }

    private void FailQueued(Func<Exception> reason)
    {
        List<WorkUnit> units;
        List<WorkSource> sources;
        lock (_gate)
        {
            units = [.. _returned];
            sources = [.. _queue];
            Tally.Add(TaskEnd.Abandoned, units.Count + sources.Sum(static source => source.Remaining));
            _returned.Clear();
            _queue.Clear();
            CheckDrained();
        }
        foreach (var unit in units) unit.Fail(reason());
        foreach (var source in sources) source.FailRest(reason);
    }

    /// <summary>Cancels what workers have of a map.</summary>
    private void CancelUnits(WorkSource map)
    {
        PoolWorker[] workers;
        lock (_gate) workers = [.. _workers];
        foreach (var worker in workers)
            foreach (var unit in worker.UnitsOf(map)) _ = worker.CancelAsync(unit);
    }

    private void CheckDrained()
    {
        if (_closing && _withWorkers == 0 && _returned.Count == 0 && _queue.Count == 0) _drained.TrySetResult();
    }

    private void CheckTimes()
    {
        PoolWorker[] workers;
        lock (_gate) workers = [.. _workers];
        foreach (var worker in workers) worker.CheckTime();
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_closing, this);
        if (_broken is { } reason) throw new BrokenProcessPoolException(reason);
    }
}

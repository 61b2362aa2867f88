using System.Diagnostics;
using Quintet.Core;

namespace Quintet.GilThreads;

public sealed partial class GlobalInterpreterLock
{
    private readonly ThreadGate _gate;
    private readonly ThreadGate _ioGate;
    private readonly ThreadGate _switched;
    private readonly GilProbe _probe;
    private readonly TimeProvider _clock;

    private long _word;
    private int _holder;
    private int _lastHolder;
    private int _depth;
    private int _ioWaiters;
    private long _reported = -1;
    private volatile Thread? _lastThread;

    internal GilState State => new(Volatile.Read(ref _word));

    /// <summary>Leaves the lock once; the outermost leave releases it.</summary>
    internal void Exit()
    {
        if (Volatile.Read(ref _holder) != Environment.CurrentManagedThreadId)
        {
            // The lock may have been disposed of while AllowThreads had let it go; then there is nothing to leave.
            if (_disposed) return;
            RequireHeld("Exit");
        }
        if (--_depth == 0) Release();
    }

    /// <summary>
    /// Ends a piece of work that began with the outermost <see cref="Enter()"/>, however often it has entered since. What it forgot to
    /// leave would keep everybody else out for ever.
    /// </summary>
    /// <returns>What is wrong, or null.</returns>
    internal string? ExitAll(string what)
    {
        if (!IsHeldByCurrentThread) return _disposed ? null : $"{what} left '{Name}' more often than it entered it.";
        var forgotten = _depth - 1;
        _depth = 0;
        Release();
        return forgotten == 0
            ? null
            : $"{what} entered '{Name}' {forgotten} time(s) more than it left it. Write using (gil.Enter()).";
    }

    /// <summary>Runs what must leave the lock as often as it enters it.</summary>
    private T Balanced<TWork, T>(Func<TWork, T> run, TWork work)
    {
        var before = _depth;
        var result = run(work);
        if (!IsHeldByCurrentThread) throw new GilNotHeldException($"'{Name}' was left more often than it was entered.");
        if (_depth == before) return result;
        var message = $"'{Name}' was entered and not left. Write using (gil.Enter()); it ends before an await.";
        _depth = before;
        throw result is Task { IsCompleted: false } ? new GilHeldAcrossAwaitException(message) : new GilMisuseException(message);
    }

    private bool Take(bool priority, TimeSpan limit, CancellationToken cancellation)
    {
        var me = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _holder) == me)
        {
            _depth++;
            return true;
        }
        ThrowIfEnded();
        cancellation.ThrowIfCancellationRequested();
        return TryTakeNow(me, waiting: false) || TakeSlowly(me, priority, limit, cancellation);
    }

    /// <summary>The scheduler's threads bring accepted work to its end also after Dispose.</summary>
    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_disposed && GilTaskScheduler.RunningFor != this, this);

    private bool TryTakeNow(int me, bool waiting)
    {
        while (true)
        {
            var state = State;
            if (state.Held) return false;
            var another = _lastHolder != me;
            var taken = state.Taken(another);
            if (waiting) taken = taken.WithoutWaiter();
            if (Interlocked.CompareExchange(ref _word, taken.Word, state.Word) != state.Word) continue;

            Debug.Assert(_holder == 0 && _depth == 0, "I1: the lock was taken while a thread was on record as its holder.");
            _depth = 1;
            if (another) _lastHolder = me;

            // Ids are given again to new threads, and this one may have that of the last holder, which has ended.
            if (Thread.CurrentThread is var thread && !ReferenceEquals(_lastThread, thread)) _lastThread = thread;
            Volatile.Write(ref _holder, me);
            if (state.SwitchAwaited) _switched.WakeAll();
            return true;
        }
    }

    private bool TakeSlowly(int me, bool priority, TimeSpan limit, CancellationToken cancellation)
    {
        var gate = priority ? _ioGate : _gate;
        if (priority) Interlocked.Increment(ref _ioWaiters);
        Change(static state => state.WithWaiter());
        var taken = false;
        try
        {
            using var wakeUp = cancellation.UnsafeRegister(static gil => ((GlobalInterpreterLock)gil!).WakeEverybody(), this);
            taken = WaitAndTake(me, gate, priority, limit, cancellation);
            return taken;
        }
        finally
        {
            if (priority) Interlocked.Decrement(ref _ioWaiters);
            if (!taken) LeaveWaiters();
        }
    }

    private bool WaitAndTake(int me, ThreadGate gate, bool priority, TimeSpan limit, CancellationToken cancellation)
    {
        var started = _clock.GetTimestamp();
        var seen = State.SwitchNumber;
        var lastSwitch = started;
        while (true)
        {
            var ticket = gate.Ticket;
            ThrowIfEnded();
            cancellation.ThrowIfCancellationRequested();
            var state = State;
            if (!state.Held)
            {
                _probe.BeforeTake();
                if (TryTakeNow(me, waiting: true)) return true;
                continue;
            }
            if (state.SwitchNumber != seen)
            {
                seen = state.SwitchNumber;
                lastSwitch = _clock.GetTimestamp();
            }
            if (priority) RequestDrop(seen);

            // The interval counts from the last switch, not from the last wake: a holder that lets go and wins the lock back
            // at once, again and again, is asked too.
            var wait = SwitchInterval - _clock.GetElapsedTime(lastSwitch);
            if (wait <= TimeSpan.Zero) wait = state.DropRequested ? SwitchInterval : TimeSpan.Zero;
            var last = limit != Timeout.InfiniteTimeSpan && limit - _clock.GetElapsedTime(started) <= wait;
            if (last) wait = limit - _clock.GetElapsedTime(started);
            if (last && wait <= TimeSpan.Zero) return false;

            var passed = wait <= TimeSpan.Zero || !gate.Wait(ticket, wait);
            if (!passed || last) continue;
            ThrowIfHolderEnded();
            RequestDrop(seen);
            Watch(seen, lastSwitch);
        }
    }

    /// <summary>A thread that ended with the lock never gives it back; who waits for it is told.</summary>
    private void ThrowIfHolderEnded()
    {
        if (Volatile.Read(ref _holder) is not (var holder and > 0) || _lastThread is not { IsAlive: false } ended) return;
        if (ended.ManagedThreadId != holder || Volatile.Read(ref _holder) != holder || !ReferenceEquals(_lastThread, ended)) return;
        throw new GilMisuseException($"Thread {holder} ended while it held '{Name}'. Write using (gil.Enter()).");
    }

    /// <summary>Asks for the lock, unless it has changed hands since <paramref name="sinceSwitch"/>.</summary>
    private void RequestDrop(int sinceSwitch)
    {
        while (true)
        {
            var state = State;
            if (!state.Held || state.DropRequested || state.SwitchNumber != sinceSwitch) return;
            if (Interlocked.CompareExchange(ref _word, state.WithDropRequest().Word, state.Word) == state.Word) return;
        }
    }

    private void HandOver()
    {
        RequireHeld("Checkpoint");
        var depth = _depth;
        _depth = 0;
        Release();
        Retake(depth, priority: false);
    }

    private T AllowThreads<TState, T>(Func<TState, T> work, TState state)
    {
        RequireHeld("AllowThreads");
        var depth = _depth;
        _depth = 0;
        Release();
        try
        {
            return work(state);
        }
        finally
        {
            Retake(depth, _options.Policy == GilSwitchPolicy.IoPriority);
        }
    }

    private void Retake(int depth, bool priority)
    {
        Take(priority, Timeout.InfiniteTimeSpan, default);
        _depth = depth;
    }

    private void Release()
    {
        Debug.Assert(_depth == 0, "I1: the lock is released while it is still entered.");
        Volatile.Write(ref _holder, 0);
        while (true)
        {
            var state = State;
            Debug.Assert(state.Held, "I1: the holder's lock is free.");
            var force = state.DropRequested && state.Waiters > 0;
            if (Interlocked.CompareExchange(ref _word, state.Released(force).Word, state.Word) != state.Word) continue;

            if (state.Waiters > 0) WakeNext();
            if (force) AwaitSwitch(state.SwitchNumber);
            return;
        }
    }

    /// <summary>Forced switching: stays away until another thread has the lock, or nobody wants it any more.</summary>
    private void AwaitSwitch(int since)
    {
        _probe.AwaitingSwitch();
        while (true)
        {
            var ticket = _switched.Ticket;
            var state = State;
            if (_disposed || state.SwitchNumber != since || !state.SwitchAwaited) break;
            if (state.Waiters == 0)
            {
                if (Interlocked.CompareExchange(ref _word, state.WithoutForcedWait().Word, state.Word) == state.Word) break;
                continue;
            }
            _switched.Wait(ticket, Timeout.InfiniteTimeSpan);
        }
        _probe.SwitchSeen();
    }

    private void LeaveWaiters()
    {
        var left = Change(static state => state.WithoutWaiter());
        if (left.SwitchAwaited && left.Waiters == 0) _switched.WakeAll();
        if (!left.Held && left.Waiters > 0) WakeNext();
    }

    private void WakeNext()
    {
        if (Volatile.Read(ref _ioWaiters) > 0) _ioGate.WakeOne();
        else _gate.WakeOne();
    }

    private void WakeEverybody()
    {
        _gate.WakeAll();
        _ioGate.WakeAll();
        _switched.WakeAll();
    }

    private GilState Change(Func<GilState, GilState> step)
    {
        while (true)
        {
            var state = State;
            var next = step(state);
            if (Interlocked.CompareExchange(ref _word, next.Word, state.Word) == state.Word) return next;
        }
    }

    private void Watch(int since, long lastSwitch)
    {
        if (HeldWithoutCheckpoint is null && !QuintetDiagnostics.IsListened && !GilEventSource.Log.IsEnabled()) return;
        if (_options.WatchdogThreshold == Timeout.InfiniteTimeSpan) return;
        var held = _clock.GetElapsedTime(lastSwitch);
        if (held < _options.WatchdogThreshold || !State.Held || State.SwitchNumber != since) return;
        if (Interlocked.Exchange(ref _reported, since) == since || _lastThread is not { } holder) return;

        var blocked = (holder.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;
        var ruleId = blocked ? "QNT3013" : "QNT3012";
        var stack = Environment.StackTrace;
        QuintetDiagnostics.Report(
            ruleId, $"{Name} is held for {held.TotalMilliseconds:F0} ms without a checkpoint by thread {holder.ManagedThreadId}", stack);
        GilEventSource.Log.HeldWithoutCheckpoint(Name, holder.ManagedThreadId, (int)held.TotalMilliseconds);
        HeldWithoutCheckpoint?.Invoke(new GilHolding(ruleId, Name, holder.ManagedThreadId, holder.Name, held, stack));
    }
}

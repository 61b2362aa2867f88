namespace Quintet.Goroutines;

/// <summary>
/// A timer of a scheduler's clock that can be stopped exactly: a callback either ran before the stop or never runs. While one is set, the
/// scheduler does not count as asleep.
/// </summary>
/// <remarks>
/// A clock with a channel is held weakly, so that a forgotten one is collected; but while a goroutine waits for its channel, the goroutine
/// may be reachable through the clock only, and the clock through the alarm only. So whoever parks there makes the alarm hold its clock.
/// </remarks>
internal sealed class Alarm
{
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(2);

    // The system's timers take 49 days at most; whoever sets more is called early, and waits again. A clock counts some 290 years.
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(40);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100 * 365);

    private readonly Lock _gate = new();
    private readonly GoScheduler _scheduler;
    private readonly ITimer _timer;
    private readonly WeakReference<IAlarmed>? _weak;
    private IAlarmed? _strong;
    private TimeSpan _period;
    private long _dueAt;
    private bool _set;

    /// <param name="scheduler">Whose clock.</param>
    /// <param name="target">Who is called. A weak target does not live for its alarm's sake.</param>
    /// <param name="weak">Whether to hold it weakly.</param>
    internal Alarm(GoScheduler scheduler, IAlarmed target, bool weak = false)
    {
        _scheduler = scheduler;
        if (weak) _weak = new WeakReference<IAlarmed>(target);
        else _strong = target;
        _timer = scheduler.TimeProvider.CreateTimer(static state => ((Alarm)state!).Ring(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    internal Lock Gate => _gate;

    /// <summary>Somebody waits for the target: it must not be collected before the alarm has rung.</summary>
    internal void Hold(IAlarmed target) => Volatile.Write(ref _strong, target);

    /// <summary>Sets the alarm anew. Called under <see cref="Gate"/>.</summary>
    /// <returns>Whether it was set before.</returns>
    internal bool SetLocked(TimeSpan delay, TimeSpan period)
    {
        var was = _set;
        if (!was) _scheduler.BeginExternal();
        _set = true;
        _period = period;
        Schedule(delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
        return was;
    }

    internal void SetOnce(TimeSpan delay)
    {
        lock (_gate) SetLocked(delay, TimeSpan.Zero);
    }

    /// <summary>Called under <see cref="Gate"/>.</summary>
    /// <returns>Whether it was set.</returns>
    internal bool StopLocked()
    {
        if (!_set) return false;
        _set = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _scheduler.EndExternal();
        return true;
    }

    internal void Dispose()
    {
        lock (_gate) StopLocked();
        _timer.Dispose();
    }

    private void Schedule(TimeSpan delay)
    {
        var clock = _scheduler.TimeProvider;
        if (delay > Longest) delay = Longest;
        _dueAt = clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency);
        Call(delay);
    }

    private void Call(TimeSpan delay) => _timer.Change(delay > LongestCall ? LongestCall : delay, Timeout.InfiniteTimeSpan);

    private void Ring()
    {
        if (Volatile.Read(ref _strong) is not { } target && !_weak!.TryGetTarget(out target))
        {
            Dispose();
            return;
        }

        bool ended;
        lock (_gate)
        {
            if (!_set) return;

            // A callback of an earlier setting can arrive late, and the system's timers count with a coarse clock, by which they can
            // be early. What is left is waited for: a callback that was only ignored would be the last one.
            var clock = _scheduler.TimeProvider;
            var early = clock.GetElapsedTime(clock.GetTimestamp(), _dueAt);
            if (early > Tolerance)
            {
                Call(early);
                return;
            }

            ended = _period == TimeSpan.Zero;
            if (ended) _set = false;
            else Schedule(_period);
            if (_weak is not null) Volatile.Write(ref _strong, null);
            target.AlarmRang(_scheduler);
        }

        if (ended) _scheduler.EndExternal();
    }
}

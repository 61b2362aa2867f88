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
    // The system's timers take 49 days at most; whoever sets more is called early, and waits again. A clock counts some 290 years.
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(40);
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(100 * 365);

    private readonly Lock _gate = new();
    private readonly GoScheduler _scheduler;
    private readonly ITimer _timer;
    private readonly WeakReference<IAlarmed>? _weak;
    private IAlarmed? _strong;
    private TimeSpan _period;
    private long _dueAt; // a timestamp of the scheduler's clock
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

    /// <summary>
    /// Lets the timer call after the delay at the earliest if it can: the system's timers cut the delay to whole milliseconds.
    /// </summary>
    internal static void CallIn(ITimer timer, TimeProvider clock, TimeSpan delay)
    {
        if (delay > LongestCall) delay = LongestCall;
        if (delay < TimeSpan.Zero) delay = TimeSpan.Zero;
        if (clock == TimeProvider.System) delay = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

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
        Schedule(delay);
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

    /// <summary>
    /// Rings now if the time has come and the clock has not called yet. Go looks at the time, too, whenever somebody looks at a timer's
    /// channel: what is due has come.
    /// </summary>
    internal void RingIfDue(IAlarmed target)
    {
        lock (_gate)
        {
            if (!_set || Missing() > TimeSpan.Zero || !RingLocked(target)) return;
        }

        _scheduler.EndExternal();
    }

    private void Schedule(TimeSpan delay)
    {
        if (delay > Longest) delay = Longest;
        if (delay < TimeSpan.Zero) delay = TimeSpan.Zero;
        _dueAt = _scheduler.TimeProvider.GetTimestamp() + Ticks(delay);
        Call(delay);
    }

    private void Call(TimeSpan delay) => CallIn(_timer, _scheduler.TimeProvider, delay);

    private void Ring()
    {
        if (Volatile.Read(ref _strong) is not { } target && !_weak!.TryGetTarget(out target))
        {
            Dispose();
            return;
        }

        lock (_gate)
        {
            if (!_set) return;

            // A callback of an earlier setting can arrive late, and the system's timers count with a coarse clock, by which they can
            // be early. What is left is waited for: a callback that was only ignored would be the last one.
            var missing = Missing();
            if (missing > TimeSpan.Zero)
            {
                Call(missing);
                return;
            }

            if (!RingLocked(target)) return;
        }

        _scheduler.EndExternal();
    }

    /// <summary>Tells the target, and sets the alarm for the next period. True when there is none.</summary>
    private bool RingLocked(IAlarmed target)
    {
        var ended = _period == TimeSpan.Zero;
        if (ended) _set = false;
        else ScheduleNext();
        if (_weak is not null) Volatile.Write(ref _strong, null);
        target.AlarmRang(_scheduler);
        return ended;
    }

    /// <summary>Periods count from the setting, so that lateness does not add up; those that have gone by are left out.</summary>
    private void ScheduleNext()
    {
        var period = Math.Max(1, Ticks(_period));
        var late = _scheduler.TimeProvider.GetTimestamp() - _dueAt;
        _dueAt += period * (1 + (late / period));
        Call(Missing());
    }

    private TimeSpan Missing()
    {
        var clock = _scheduler.TimeProvider;
        return clock.GetElapsedTime(clock.GetTimestamp(), _dueAt);
    }

    // In whole numbers: a fraction of a tick that is lost would be lost at every period.
    private long Ticks(TimeSpan time) =>
        (long)((Int128)time.Ticks * _scheduler.TimeProvider.TimestampFrequency / TimeSpan.TicksPerSecond);
}

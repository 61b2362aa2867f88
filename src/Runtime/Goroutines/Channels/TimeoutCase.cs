namespace Quintet.Goroutines;

/// <summary>
/// A time-out as a case: ready when the select has waited for so long. The timer is made once and used again in each round.
/// </summary>
internal sealed class TimeoutCase(Select owner, int index, TimeSpan delay) : SignalCase(owner, index)
{
    private ITimer? _timer;
    private GoScheduler? _scheduler;
    private long _dueAt;
    private bool _armed;

    internal override void BeforeParking()
    {
        _scheduler = GoScheduler.Current;
        _scheduler.BeginExternal();
        _armed = true;
        Reset();
        _timer ??= _scheduler.TimeProvider.CreateTimer(static state => ((TimeoutCase)state!).Elapsed(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, Timeout.InfiniteTimeSpan);
    }

    internal override void AfterParking()
    {
        _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _armed = false;
        Reset(); // the next round starts anew
        _scheduler!.EndExternal();
    }

    private protected override void OnReset()
    {
        if (!_armed) return;
        var clock = _scheduler!.TimeProvider;
        _dueAt = clock.GetTimestamp() + (long)(Math.Max(0, delay.TotalSeconds) * clock.TimestampFrequency);
    }

    // A signal of an earlier round can arrive late. Timers may also be a little early, by less than any delay that matters.
    private protected override bool Accepts() => _armed && Missing() <= Alarm.Tolerance;

    private void Elapsed()
    {
        if (Fire() || !Volatile.Read(ref _armed)) return;

        // Too early: the system's timers count with a coarse clock. A signal that was only ignored would be the last one. When the round
        // has ended meanwhile, one more that is not accepted does no harm.
        var missing = Missing();
        _timer!.Change(missing > TimeSpan.Zero ? missing : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Missing()
    {
        var clock = _scheduler!.TimeProvider;
        return clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _dueAt));
    }
}

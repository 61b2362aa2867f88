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
        Call(delay);
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
        var seconds = Math.Clamp(delay.TotalSeconds, 0, Alarm.Longest.TotalSeconds);
        _dueAt = clock.GetTimestamp() + (long)(seconds * clock.TimestampFrequency);
    }

    // A signal of an earlier round can arrive late, and the system's timers can be early.
    private protected override bool Accepts() => _armed && Missing() <= TimeSpan.Zero;

    private void Elapsed()
    {
        if (Fire() || !Volatile.Read(ref _armed)) return;

        // Too early: the system's timers count with a coarse clock. A signal that was only ignored would be the last one. When the round
        // has ended meanwhile, one more that is not accepted does no harm.
        Call(Missing());
    }

    private void Call(TimeSpan missing) => Alarm.CallIn(_timer!, _scheduler!.TimeProvider, missing);

    private TimeSpan Missing()
    {
        var clock = _scheduler!.TimeProvider;
        return clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _dueAt));
    }
}

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
        _timer ??= _scheduler.TimeProvider.CreateTimer(static state => ((TimeoutCase)state!).Fire(), this, Timeout.InfiniteTimeSpan,
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
    private protected override bool Accepts()
    {
        if (!_armed) return false;
        var clock = _scheduler!.TimeProvider;
        return clock.GetTimestamp() >= _dueAt - (clock.TimestampFrequency / 500);
    }
}

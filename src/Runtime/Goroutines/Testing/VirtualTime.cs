namespace Quintet.Goroutines;

/// <summary>
/// A clock that moves only when it is told to. Timers fire in the order of their due times, then in the order of their setting.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(long Due, long Number), VirtualTimer> _due = [];
    private long _now;
    private long _next = long.MaxValue;
    private long _numbers;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Start + new TimeSpan(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether a timer is due at this moment and has not fired yet.</summary>
    internal bool IsDue => Volatile.Read(ref _next) <= Interlocked.Read(ref _now);

    /// <summary>Moves to the next timer, unless it is due now, and fires it. False when none is set.</summary>
    internal bool FireNext()
    {
        VirtualTimer timer;
        lock (_gate)
        {
            if (_due.Count == 0) return false;
            (var (due, _), timer) = _due.First();
            Interlocked.Exchange(ref _now, Math.Max(_now, due));
            timer.Take();
        }

        timer.Fire();
        return true;
    }

    private sealed class VirtualTimer(VirtualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private (long Due, long Number)? _entry;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Enter(dueTime);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Take() => Enter(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);

        internal void Fire() => callback(state);

        private void Enter(TimeSpan dueTime)
        {
            if (_entry is { } entry) clock._due.Remove(entry);
            _entry = null;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _entry = (clock._now + dueTime.Ticks, ++clock._numbers);
                clock._due.Add(_entry.Value, this);
            }

            Volatile.Write(ref clock._next, clock._due.Count == 0 ? long.MaxValue : clock._due.First().Key.Due);
        }
    }
}

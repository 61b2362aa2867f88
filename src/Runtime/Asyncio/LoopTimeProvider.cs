using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>The clock of a loop for ordinary code: its timers are the loop's timers, and their callbacks are the loop's
/// callbacks.</summary>
internal sealed class LoopTimeProvider(EventLoop loop) : TimeProvider
{
    private readonly DateTimeOffset _utc = System.GetUtcNow();
    private readonly long _started = loop.Core.Clock.Now;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => loop.Core.Clock.Now;

    public override DateTimeOffset GetUtcNow() => _utc.AddTicks((loop.Core.Clock.Now - _started) / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new LoopTimer(loop, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Any thread may use it, as any timer; what it does happens on the loop.</summary>
    private sealed class LoopTimer(EventLoop loop, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext _values = AmbientContext.Capture();
        private TimerHandle? _next;
        private TimeSpan _period;
        private volatile bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed || loop.IsClosed) return false;
            var from = loop.Core.Clock.Now;
            OnLoop(() => Set(dueTime == Timeout.InfiniteTimeSpan ? -1 : from + dueTime.Ticks * 100, period));
            return true;
        }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            if (!loop.IsClosed) OnLoop(Forget);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void OnLoop(Action action)
        {
            if (loop.Core.IsOwnThread || !loop.IsRunning) action();
            else loop.Core.Send(static state => ((Action)state!)(), action);
        }

        private void Set(long when, TimeSpan period)
        {
            Forget();
            _period = period;
            if (when < 0 || _disposed) return;
            _next = loop.ScheduleAt(when, static state => ((LoopTimer)state!).Fire(), this);
            loop.Core.TimersForOthers++;
        }

        private void Forget()
        {
            if (_next is null) return;
            _next.Cancel();
            _next = null;
            loop.Core.TimersForOthers--;
        }

        private void Fire()
        {
            if (_disposed) return;
            var due = _next!.WhenNanoseconds;
            if (_period > TimeSpan.Zero) Set(Math.Max(due + _period.Ticks * 100, loop.Core.Clock.Now), _period);
            else Forget();
            AmbientContext.Enter(_values);
            callback(state);
        }
    }
}

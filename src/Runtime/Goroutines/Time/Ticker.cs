// How a ticker works
// ------------------
// A ticker sends the time on its channel again and again; when nobody is ready for one, and one waits already, it is dropped. As with a
// timer, Stop and Reset withdraw a tick that nobody has received.
//
// Source: package time, Ticker; the rules of Go 1.23.

namespace Quintet.Goroutines;

/// <summary>Tells again and again that a time has passed (Go's <c>time.Ticker</c>).</summary>
/// <remarks>
/// Safe for use by any number of goroutines at once. Runs by the clock of the scheduler on which it was made. A ticker that nobody can
/// reach any more is collected and ticks no longer.
/// </remarks>
public sealed class Ticker : IAlarmed
{
    private readonly Alarm _alarm;
    private readonly Chan<DateTimeOffset> _channel;

    /// <summary>Makes a ticker (Go's <c>time.NewTicker</c>).</summary>
    /// <param name="period">The time between two ticks.</param>
    /// <exception cref="ArgumentOutOfRangeException">non-positive interval for NewTicker.</exception>
    public Ticker(TimeSpan period)
    {
        Check(period, "non-positive interval for NewTicker");
        _channel = Chan<DateTimeOffset>.ForClock(this);
        _alarm = new Alarm(GoScheduler.Current, this, weak: true);
        lock (_alarm.Gate) _alarm.SetLocked(period, period);
    }

    /// <summary>Stops the alarm of a ticker that was forgotten.</summary>
    ~Ticker() => _alarm?.Dispose();

    /// <summary>Gets the ticks.</summary>
    public IReceiveChan<DateTimeOffset> C => _channel;

    /// <summary>Turns the ticker off. The channel is not closed; no tick is received from it after this returns.</summary>
    public void Stop()
    {
        lock (_alarm.Gate)
        {
            _alarm.StopLocked();
            _channel.TryReceive(out _);
        }
    }

    /// <summary>Starts the ticker anew with another period: the next tick comes after that.</summary>
    /// <param name="period">The time between two ticks.</param>
    /// <exception cref="ArgumentOutOfRangeException">non-positive interval for Ticker.Reset.</exception>
    public void Reset(TimeSpan period)
    {
        Check(period, "non-positive interval for Ticker.Reset");
        lock (_alarm.Gate)
        {
            _channel.TryReceive(out _);
            _alarm.SetLocked(period, period);
        }
    }

    void IAlarmed.AlarmRang(GoScheduler scheduler)
    {
        _channel.TrySend(scheduler.TimeProvider.GetLocalNow());
        if (_channel.HasReceivers) _alarm.Hold(this);
    }

    void IAlarmed.SomebodyLooks() => _alarm.RingIfDue(this);

    void IAlarmed.SomebodyWaits() => _alarm.Hold(this);

    private static void Check(TimeSpan period, string message)
    {
        if (period <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(period), period, message);
    }
}

// How a timer works
// -----------------
// A timer sends the time on its channel once, or starts a goroutine. The channel looks unbuffered (Count and Capacity are 0): a value that
// nobody has received yet is withdrawn by Stop and Reset, so that no stale value is ever received after them.
//
// Source: package time, Timer; the rules of Go 1.23.

using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Tells once that a time has passed (Go's <c>time.Timer</c>).</summary>
/// <remarks>
/// Safe for use by any number of goroutines at once. Runs by the clock of the scheduler on which it was made. It need not be stopped to
/// be collected.
/// </remarks>
public sealed class GoTimer : IAlarmed
{
    private readonly Alarm _alarm;
    private readonly Chan<DateTimeOffset> _channel;
    private readonly Action<GoScheduler>? _start;

    /// <summary>Makes a timer that sends the time on <see cref="C"/> after <paramref name="delay"/> (Go's <c>time.NewTimer</c>).</summary>
    /// <param name="delay">How long from now; zero or less: at once.</param>
    public GoTimer(TimeSpan delay)
        : this(delay, null)
    {
    }

    private GoTimer(TimeSpan delay, Action<GoScheduler>? start)
    {
        _start = start;
        _channel = start is null ? Chan<DateTimeOffset>.ForClock(this) : Chan<DateTimeOffset>.Nil;
        _alarm = new Alarm(GoScheduler.Current, this, weak: start is null);
        lock (_alarm.Gate) _alarm.SetLocked(delay, TimeSpan.Zero);
    }

    /// <summary>Gets the time when the timer fires; the nil channel for a timer of <see cref="AfterFunc"/>.</summary>
    public IReceiveChan<DateTimeOffset> C => _channel;

    /// <summary>A channel that gets the time once, after <paramref name="delay"/> (Go's <c>time.After</c>).</summary>
    /// <param name="delay">How long from now.</param>
    /// <returns>The channel.</returns>
    public static IReceiveChan<DateTimeOffset> After(TimeSpan delay) => new GoTimer(delay).C;

    /// <summary>Starts a goroutine after <paramref name="delay"/>.</summary>
    /// <param name="delay">How long from now.</param>
    /// <param name="body">What the goroutine does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>The timer, whose <see cref="Stop"/> calls the start off.</returns>
    public static GoTimer AfterFunc(
        TimeSpan delay, Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new GoTimer(delay, scheduler => scheduler.SpawnIfOpen(body, file, line));
    }

    /// <summary>Stops the timer. No value is received from <see cref="C"/> after this returns.</summary>
    /// <returns>True when the timer had not fired, or nobody had received its value; false otherwise. A started goroutine goes
    /// on.</returns>
    public bool Stop()
    {
        lock (_alarm.Gate)
        {
            var stopped = _alarm.StopLocked();
            return Drain() || stopped;
        }
    }

    /// <summary>Makes the timer fire after <paramref name="delay"/> from now, and never for its earlier setting.</summary>
    /// <param name="delay">How long from now.</param>
    /// <returns>As <see cref="Stop"/>.</returns>
    public bool Reset(TimeSpan delay)
    {
        lock (_alarm.Gate)
        {
            var drained = Drain();
            return _alarm.SetLocked(delay, TimeSpan.Zero) || drained;
        }
    }

    void IAlarmed.AlarmRang(GoScheduler scheduler)
    {
        if (_start is null)
        {
            _channel.TrySend(scheduler.TimeProvider.GetLocalNow());
            if (_channel.HasReceivers) _alarm.Hold(this);
        }
        else _start(scheduler);
    }

    void IAlarmed.SomebodyLooks() => _alarm.RingIfDue(this);

    void IAlarmed.SomebodyWaits() => _alarm.Hold(this);

    private bool Drain() => _start is null && _channel.TryReceive(out _);
}

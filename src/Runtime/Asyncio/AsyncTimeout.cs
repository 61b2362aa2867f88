// How a timeout works
// -------------------
// When the time has come, the task that runs the body is cancelled; when the body ends with that cancellation, and nobody else
// has cancelled the task meanwhile, the cancellation becomes a TimeoutException. Nested scopes and cancellations from outside are told
// apart by
// the count of requests (LoopTask.Cancelling).
//
// The body is a function, because a C# using statement does not tell its resource with which exception it is left.
//
// Source: CPython Lib/asyncio/timeouts.py.

using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A limit of time around a piece of a coroutine. Given to the body by <see cref="Aio.Timeout(TimeSpan?, Func{AsyncTimeout,
/// Coroutine})"/>.
/// </summary>
public sealed class AsyncTimeout
{
    private readonly EventLoop _loop = EventLoop.Current;
    private LoopTask? _task;
    private TimerHandle? _timer;
    private CallHandle _soon;
    private Phase _phase;
    private int _cancelling;

    internal AsyncTimeout(TimeSpan? when) => When = when;

    private enum Phase
    {
        Created,
        Entered,
        Expiring,
        Expired,
        Finished,
    }

    /// <summary>When it expires, on the loop's clock; null means never.</summary>
    public TimeSpan? When { get; private set; }

    /// <summary>Whether its time came before the body ended.</summary>
    public bool IsExpired => _phase is Phase.Expiring or Phase.Expired;

    /// <summary>Gives it another time; one that has passed expires it in the next turn, null lifts the limit.</summary>
    /// <exception cref="EventLoopException">The body does not run, or the time has come already.</exception>
    public void Reschedule(TimeSpan? when)
    {
        if (_phase == Phase.Created) throw new EventLoopException("Timeout has not been entered");
        if (_phase != Phase.Entered) throw new EventLoopException($"Cannot change state of {_phase.ToString().ToLowerInvariant()} Timeout");
        When = when;
        _timer?.Cancel();
        _soon.Cancel();
        _timer = null;
        if (when is not { } time) return;
        // A time that has passed must come before what the body makes ready next.
        if (time <= _loop.Time) _soon = _loop.CallSoon(OnTime);
        else _timer = _loop.ScheduleAt(LoopClock.Nanoseconds(time), static state => ((AsyncTimeout)state!).OnTime(), this);
    }

    internal async Coroutine<T> Run<T>(Func<AsyncTimeout, Coroutine<T>> body)
    {
        _task = _loop.RunningTask ?? throw new EventLoopException("Timeout should be used inside a task");
        _phase = Phase.Entered;
        _cancelling = _task.Cancelling;
        Reschedule(When);
        T result;
        try
        {
            result = await body(this);
        }
        catch (Exception error)
        {
            if (Leave() && error is CancelledError) throw new TimeoutException("The operation has timed out.", error);
            throw;
        }

        Leave();
        return result;
    }

    private void OnTime()
    {
        _timer = null;
        _phase = Phase.Expiring;
        _task!.Cancel();
    }

    /// <summary>Whether a cancellation that ends the body is this scope's own.</summary>
    private bool Leave()
    {
        _timer?.Cancel();
        _soon.Cancel();
        _timer = null;
        if (_phase != Phase.Expiring)
        {
            _phase = Phase.Finished;
            return false;
        }

        _phase = Phase.Expired;
        return _task!.Uncancel() <= _cancelling;
    }
}

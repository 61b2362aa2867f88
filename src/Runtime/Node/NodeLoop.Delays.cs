// Source: Node 20 lib/timers/promises.js.

namespace Quintet.Node;

public sealed partial class NodeLoop
{
    /// <summary>A promise that is fulfilled after <paramref name="milliseconds"/> (<c>timers/promises</c>: <c>setTimeout</c>,
    /// <c>scheduler.wait</c>).</summary>
    /// <param name="milliseconds">As in <see cref="SetTimeout(Action, double)"/>.</param>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted, and clears the timer.</param>
    /// <param name="holdsLoop">Whether the loop waits for it.</param>
    public Promise<bool> Delay(double milliseconds, AbortSignal? signal = null, bool holdsLoop = true) =>
        DelayValue(milliseconds, true, signal, holdsLoop);

    /// <summary>A promise that is fulfilled with <paramref name="value"/> after <paramref name="milliseconds"/>.</summary>
    /// <param name="milliseconds">As in <see cref="SetTimeout(Action, double)"/>.</param>
    /// <param name="value">What it is fulfilled with.</param>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted, and clears the timer.</param>
    /// <param name="holdsLoop">Whether the loop waits for it.</param>
    public Promise<T> DelayValue<T>(double milliseconds, T value, AbortSignal? signal = null, bool holdsLoop = true)
    {
        if (signal is { IsAborted: true }) return Promise.Reject<T>(new AbortError(signal.Reason));
        var (promise, resolver) = Promise.WithResolvers<T>();
        var timer = SetTimeout(() => resolver.Resolve(value), milliseconds);
        if (!holdsLoop) timer.Unref();
        return Abortable(promise, resolver, signal, () =>
        {
            if (timer.IsDestroyed) return false;
            timer.Close();
            return true;
        });
    }

    /// <summary>A promise that is fulfilled in the next check phase (<c>timers/promises</c>: <c>setImmediate</c>,
    /// <c>scheduler.yield</c>).</summary>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted.</param>
    /// <param name="holdsLoop">Whether the loop waits for it.</param>
    public Promise<bool> Yield(AbortSignal? signal = null, bool holdsLoop = true)
    {
        if (signal is { IsAborted: true }) return Promise.Reject<bool>(new AbortError(signal.Reason));
        var (promise, resolver) = Promise.WithResolvers<bool>();
        var immediate = SetImmediate(() => resolver.Resolve(true));
        if (!holdsLoop) immediate.Unref();
        return Abortable(promise, resolver, signal, () =>
        {
            if (immediate.IsDestroyed) return false;
            ClearImmediate(immediate);
            return true;
        });
    }

    /// <summary>The number of each interval, counted from 1, as they pass (<c>timers/promises</c>: <c>setInterval</c>). An interval that
    /// has passed while the loop's body was busy is not lost.</summary>
    /// <param name="milliseconds">As in <see cref="SetTimeout(Action, double)"/>.</param>
    /// <param name="signal">Ends it with an <see cref="AbortError"/>.</param>
    /// <param name="holdsLoop">Whether the loop waits for it.</param>
    /// <exception cref="AbortError">The signal was aborted.</exception>
    public IAsyncEnumerable<long> Intervals(double milliseconds, AbortSignal? signal = null, bool holdsLoop = true) =>
        new IntervalIterator(this, milliseconds, signal, holdsLoop);

    private static Promise<T> Abortable<T>(Promise<T> promise, PromiseResolver<T> resolver, AbortSignal? signal, Func<bool> cancel)
    {
        if (signal is null) return promise;
        void Abort()
        {
            if (cancel()) resolver.Reject(new AbortError(signal.Reason));
        }

        signal.AddListener(Abort);
        return promise.Finally(() => signal.RemoveListener(Abort));
    }
}

using Quintet.Loops;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Runs <paramref name="body"/> in the calling task, for at most <paramref name="delay"/> (null: no limit).</summary>
    /// <exception cref="TimeoutException">The time came before the body had ended; its cause is the <see
    /// cref="CancelledError"/>.</exception>
    public static async Coroutine Timeout(TimeSpan? delay, Func<AsyncTimeout, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await new AsyncTimeout(At(delay)).Run(scope => WithNothing(body(scope)));
    }

    /// <summary>As <see cref="Timeout(TimeSpan?, Func{AsyncTimeout, Coroutine})"/>, with a result.</summary>
    public static async Coroutine<T> Timeout<T>(TimeSpan? delay, Func<AsyncTimeout, Coroutine<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return await new AsyncTimeout(At(delay)).Run(body);
    }

    /// <summary>As <see cref="Timeout(TimeSpan?, Func{AsyncTimeout, Coroutine})"/>, until a time on the loop's clock.</summary>
    public static async Coroutine TimeoutAt(TimeSpan? when, Func<AsyncTimeout, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await new AsyncTimeout(when).Run(scope => WithNothing(body(scope)));
    }

    private static TimeSpan? At(TimeSpan? delay) => delay is { } wait ? EventLoop.Current.Time + LoopClock.Limit(wait) : null;

    private static async Coroutine<Nothing> WithNothing(Coroutine coroutine)
    {
        await coroutine;
        return default;
    }
}

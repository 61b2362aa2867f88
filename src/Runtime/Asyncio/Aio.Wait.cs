using System.Runtime.CompilerServices;

using Quintet.Loops;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Waits for tasks and futures. Never throws their exceptions, never cancels them.</summary>
    /// <returns>Those that are done and those that are not, each in the order of the argument.</returns>
    /// <exception cref="ArgumentException">There is nothing to wait for.</exception>
    public static async Coroutine<(IReadOnlyList<TFuture> Done, IReadOnlyList<TFuture> Pending)> Wait<TFuture>(
        IEnumerable<TFuture> futures, TimeSpan? timeout = null, ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where TFuture : Future
    {
        ArgumentNullException.ThrowIfNull(futures);
        var all = futures.Distinct().ToArray();
        if (all.Length == 0) throw new ArgumentException("Set of Tasks/Futures is empty.");
        foreach (var future in all) ArgumentNullException.ThrowIfNull(future, nameof(futures));
        await WaitUntilEnough(all, timeout, returnWhen);
        return (Array.FindAll(all, future => future.IsDone), Array.FindAll(all, future => !future.IsDone));
    }

    /// <summary>Waits for <paramref name="future"/>, but not longer than <paramref name="timeout"/>; then it is cancelled, and its
    /// clean-up is waited for.</summary>
    /// <remarks>A limit that is not positive gives what is done already, and cancels what is not. Source: <c>wait_for</c> (3.12 and
    /// later).</remarks>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="EventLoopException">It is not called in a task.</exception>
    public static async Coroutine<T> WaitFor<T>(IFuture<T> future, TimeSpan? timeout)
    {
        ArgumentNullException.ThrowIfNull(future);
        await WaitForEnd(future.AsFuture(), timeout);
        return future.Result;
    }

    /// <summary>As <see cref="WaitFor{T}(IFuture{T}, TimeSpan?)"/>, for a coroutine, which runs in the calling task.</summary>
    public static async Coroutine<T> WaitFor<T>(Coroutine<T> coroutine, TimeSpan? timeout)
    {
        if (timeout is null) return await coroutine;
        if (timeout > TimeSpan.Zero) return await Timeout(timeout, _ => coroutine);
        return await WaitFor(CreateTask(coroutine), timeout);
    }

    /// <summary>As <see cref="WaitFor{T}(IFuture{T}, TimeSpan?)"/>, for a coroutine without a result.</summary>
    public static async Coroutine WaitFor(Coroutine coroutine, TimeSpan? timeout)
    {
        if (timeout is null) await coroutine;
        else if (timeout > TimeSpan.Zero) await Timeout(timeout, _ => coroutine);
        else await WaitForEnd(CreateTask(coroutine), timeout);
    }

    /// <summary>As <see cref="WaitFor{T}(IFuture{T}, TimeSpan?)"/>, for a task without a result.</summary>
    [OverloadResolutionPriority(-1)]
    public static Coroutine WaitFor(LoopTask task, TimeSpan? timeout) => WaitForEnd(task, timeout);

    /// <summary>The futures in the order in which they are done: each item is a coroutine that waits for the next one.</summary>
    /// <remarks>After <paramref name="timeout"/> the items throw <see cref="TimeoutException"/>.</remarks>
    public static IEnumerable<Coroutine<T>> AsCompleted<T>(IEnumerable<IFuture<T>> futures, TimeSpan? timeout = null) =>
        new Completions<T>(futures, timeout);

    /// <summary>As <see cref="AsCompleted{T}(IEnumerable{IFuture{T}}, TimeSpan?)"/>, for coroutines, which become tasks.</summary>
    public static IEnumerable<Coroutine<T>> AsCompleted<T>(IEnumerable<Coroutine<T>> coroutines, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return new Completions<T>(coroutines.Select(coroutine => CreateTask(coroutine)), timeout);
    }

    /// <summary>The futures themselves, in the order in which they are done, for <c>await foreach</c>.</summary>
    /// <remarks>Source: asynchronous iteration of <c>as_completed</c> (3.13).</remarks>
    /// <exception cref="TimeoutException">Thrown by the iteration when <paramref name="timeout"/> has passed; the rest is left
    /// running.</exception>
    public static async IAsyncEnumerable<IFuture<T>> EachCompleted<T>(IEnumerable<IFuture<T>> futures, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(futures);
        IFuture<T>[] all = [.. futures.Distinct()];
        var completions = new Completions<T>(all, timeout);
        for (var i = 0; i < all.Length; i++) yield return await completions.NextDone();
    }

    /// <summary>Follows <paramref name="future"/>, but whoever awaits the result and is cancelled does not cancel it.</summary>
    public static Future<T> Shield<T>(IFuture<T> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        var inner = future.AsFuture();
        var outer = inner.Loop.CreateFuture<T>();
        if (inner.IsCancelled) outer.CancelAs(inner.MakeCancelledError());
        else if (inner.IsDone) Copy(future, outer);
        else
        {
            Action<Future> copy = _ => Copy(future, outer);
            inner.AddDoneCallback(copy);
            outer.AddDoneCallback(_ => inner.RemoveDoneCallback(copy));
        }

        return outer;
    }

    /// <summary>As <see cref="Shield{T}(IFuture{T})"/>, for a coroutine, which becomes a task.</summary>
    public static Future<T> Shield<T>(Coroutine<T> coroutine) => Shield(CreateTask(coroutine));

    /// <summary>As <see cref="Shield(LoopTask)"/>, for a coroutine, which becomes a task.</summary>
    public static Future<bool> Shield(Coroutine coroutine) => Shield(CreateTask(coroutine));

    /// <summary>As <see cref="Shield{T}(IFuture{T})"/>, for a task without a result; the future's is true.</summary>
    [OverloadResolutionPriority(-1)]
    public static Future<bool> Shield(LoopTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var outer = task.Loop.CreateFuture<bool>();
        if (task.IsCancelled) outer.CancelAs(task.MakeCancelledError());
        else if (task.IsDone) Copy(task, outer, true);
        else
        {
            Action<Future> copy = _ => Copy(task, outer, true);
            task.AddDoneCallback(copy);
            outer.AddDoneCallback(_ => task.RemoveDoneCallback(copy));
        }

        return outer;
    }

    private static void Copy<T>(IFuture<T> future, Future<T> outer)
    {
        var inner = future.AsFuture();
        Copy(inner, outer, inner.State == FutureState.Finished ? future.Result : default!);
    }

    private static void Copy<T>(Future inner, Future<T> outer, T result)
    {
        if (outer.IsDone)
        {
            if (!inner.IsCancelled) inner.Retrieve();
        }
        else if (inner.IsCancelled) outer.Cancel();
        else if (inner.Error is { } error)
        {
            inner.Retrieve();
            outer.SetException(error);
        }
        else outer.SetResult(result);
    }

    private static bool Decides(Future future, ReturnWhen returnWhen) => future.IsDone && (returnWhen == ReturnWhen.FirstCompleted
        || (returnWhen == ReturnWhen.FirstException && future.State == FutureState.Failed));

    private static async Coroutine WaitUntilEnough(Future[] all, TimeSpan? timeout, ReturnWhen returnWhen)
    {
        var loop = all[0].Loop;
        var wakeup = new Wakeup(loop);
        var timer = timeout is { } limit
            ? loop.ScheduleAt(loop.Core.Clock.Now + LoopClock.Nanoseconds(limit), Wakeup.SetCallback, wakeup)
            : null;
        var left = all.Length;
        Action<Future> done = future =>
        {
            left--;
            if (!wakeup.IsDone && (left <= 0 || Decides(future, returnWhen))) wakeup.Set();
        };
        foreach (var future in all) future.AddDoneCallback(done);
        try
        {
            await wakeup;
        }
        finally
        {
            timer?.Cancel();
            foreach (var future in all) future.RemoveDoneCallback(done);
        }
    }

    private static async Coroutine WaitForEnd(Future future, TimeSpan? timeout)
    {
        if (timeout is not { } limit) await future;
        else if (limit > TimeSpan.Zero) await Timeout(limit, async _ => await future);
        else
        {
            if (future.IsDone) future.ThrowUnlessFinished();
            else await CancelAndWait(future);
            // Cancelled because of the limit; what it did instead of ending so is its outcome.
            if (future.IsCancelled) throw new TimeoutException("The operation has timed out.", future.MakeCancelledError());
            future.ThrowUnlessFinished();
        }
    }

    private static async Coroutine CancelAndWait(Future future)
    {
        var wakeup = new Wakeup(future.Loop);
        Action<Future> done = _ =>
        {
            if (!wakeup.IsDone) wakeup.Set();
        };
        future.AddDoneCallback(done);
        try
        {
            future.Cancel();
            await wakeup;
        }
        finally
        {
            future.RemoveDoneCallback(done);
        }
    }
}

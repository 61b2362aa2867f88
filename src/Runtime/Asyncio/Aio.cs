namespace Quintet.Asyncio;

/// <summary>The functions of asyncio: they use the loop that runs on the calling thread.</summary>
/// <remarks>Without a running loop they throw <see cref="EventLoopException"/>. Source: the module functions of Python's asyncio.</remarks>
public static partial class Aio
{
    /// <summary>The task that runs now, or null in a plain callback.</summary>
    public static LoopTask? CurrentTask => EventLoop.Current.RunningTask;

    /// <summary>Starts a task: its first step runs in the next turn. The loop keeps it alive.</summary>
    public static LoopTask CreateTask(Coroutine coroutine, string? name = null, LoopContext? context = null) =>
        EventLoop.Current.CreateTask(coroutine, name, context);

    /// <summary>Starts a task: its first step runs in the next turn. The loop keeps it alive.</summary>
    public static LoopTask<T> CreateTask<T>(Coroutine<T> coroutine, string? name = null, LoopContext? context = null) =>
        EventLoop.Current.CreateTask(coroutine, name, context);

    /// <summary>Lets every other ready call run once: <c>await asyncio.sleep(0)</c>.</summary>
    public static TurnAwaiter Yield() => new(EventLoop.Current);

    /// <summary>Waits for <paramref name="delay"/>; one turn if it is not positive.</summary>
    public static Coroutine Sleep(TimeSpan delay) =>
        delay <= TimeSpan.Zero && EventLoop.CurrentOrNull is { } loop ? loop.Turns.Rent() : Sleep(Loops.LoopClock.Nanoseconds(delay));

    /// <summary>As <see cref="Sleep(TimeSpan)"/>, with a result.</summary>
    public static async Coroutine<T> Sleep<T>(TimeSpan delay, T result)
    {
        await Sleep(delay);
        return result;
    }

    /// <summary>Runs <paramref name="work"/> on a thread of the loop's pool, with the caller's async-local values.</summary>
    public static async Coroutine<T> ToThread<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return await EventLoop.Current.StartWork(work, Loops.AmbientContext.Capture());
    }

    /// <summary>Runs <paramref name="work"/> on a thread of the loop's pool, with the caller's async-local values.</summary>
    public static async Coroutine ToThread(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await EventLoop.Current.StartWork(() => { work(); return true; }, Loops.AmbientContext.Capture());
    }

    /// <summary>A future that follows an ordinary task, so that awaiting it can be cancelled (<c>asyncio.wrap_future</c>).</summary>
    public static Future<T> Wrap<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var future = EventLoop.Current.CreateFuture<T>();
        Follow(task, future, static task => ((Task<T>)task).Result);
        return future;
    }

    /// <summary>A future that follows an ordinary task; its result is true.</summary>
    public static Future<bool> Wrap(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var future = EventLoop.Current.CreateFuture<bool>();
        Follow(task, future, static _ => true);
        return future;
    }

    /// <summary>An ordinary task that follows a future, for code outside of the loop.</summary>
    public static Task<T> AsTask<T>(this IFuture<T> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        EventLoop.Bridge(future.AsFuture(), completion, _ => future.Result);
        return completion.Task;
    }

    /// <summary>An ordinary task that follows a task without a result, for code outside of the loop.</summary>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public static Task AsTask(this LoopTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        EventLoop.Bridge(task, completion, static _ => true);
        return completion.Task;
    }

    private static async Coroutine Sleep(long nanoseconds)
    {
        var loop = EventLoop.Current;
        if (nanoseconds <= 0)
        {
            await new TurnAwaiter(loop);
            return;
        }

        var wakeup = new Wakeup(loop);
        var timer = loop.ScheduleAt(loop.Core.Clock.Now + nanoseconds, Wakeup.SetCallback, wakeup);
        try
        {
            await wakeup;
        }
        finally
        {
            timer.Cancel();
        }
    }

    private static void Follow<T>(Task task, Future<T> future, Func<Task, T> result)
    {
        var loop = future.Loop;
        loop.Core.Hold();
        task.ContinueWith(
            done => loop.Core.SendAndRelease(static state => ((Action)state!)(), () => Complete(done, future, result)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static void Complete<T>(Task done, Future<T> future, Func<Task, T> result)
    {
        if (future.IsDone) return;
        if (done.IsCanceled) future.Cancel();
        else if (done.Exception is { } error) future.SetException(error.InnerException ?? error);
        else future.SetResult(result(done));
    }
}

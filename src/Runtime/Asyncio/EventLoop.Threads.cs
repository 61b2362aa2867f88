using Quintet.Loops;

namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    private int _working;
    private Future<bool>? _idle;

    /// <summary>
    /// As <see cref="CallSoon(Action)"/>, from any thread. Wakes the loop if it sleeps. Calls of one thread stay in order.
    /// </summary>
    /// <exception cref="EventLoopException">The loop is closed.</exception>
    public void CallSoonThreadSafe(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        var context = AmbientContext.Capture();
        if (context == AmbientContext.Empty) Post(InvokeAction, callback);
        else Post(ContextCall.Run, new ContextCall(callback, context));
    }

    private void Post(SendOrPostCallback callback, object? state)
    {
        if (Core.IsOwnThread) Schedule(callback, state);
        else Core.Send(callback, state);
    }

    /// <summary>Runs <paramref name="work"/> on a thread of the loop's pool. Async-local values do not go with it;
    /// <see cref="Aio.ToThread{T}(Func{T})"/> takes them.</summary>
    /// <returns>A future of this loop. Cancelling it keeps work that has not begun from beginning.</returns>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    public Future<T> RunInExecutor<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return StartWork(work, AmbientContext.Empty);
    }

    /// <summary>As <see cref="RunInExecutor{T}(Func{T})"/>, for work without a result; the future's is always true.</summary>
    public Future<bool> RunInExecutor(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return StartWork(() => { work(); return true; }, AmbientContext.Empty);
    }

    /// <summary>Starts a coroutine on this loop from another thread, and gives an ordinary task that follows it.</summary>
    /// <remarks>Cancelling <paramref name="cancellation"/> cancels the coroutine's task.</remarks>
    /// <exception cref="EventLoopException">The loop is closed, or the caller is on its thread, where waiting would never end.</exception>
    public Task<T> RunCoroutineThreadSafe<T>(Func<Coroutine<T>> coroutine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        CheckOpen();
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        CallSoonThreadSafe(() =>
        {
            var task = CreateTask(coroutine());
            Bridge(task, completion, static task => task.Result);
            if (cancellation.CanBeCanceled)
            {
                var registration = cancellation.Register(() => CallSoonThreadSafe(() => task.Cancel()));
                task.AddDoneCallback(_ => registration.Dispose());
            }
        });
        return completion.Task;
    }

    /// <summary>As <see cref="RunCoroutineThreadSafe{T}"/>, for a coroutine without a result.</summary>
    public Task RunCoroutineThreadSafe(Func<Coroutine> coroutine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        return RunCoroutineThreadSafe(() => WithResult(coroutine()), cancellation);
    }

    internal static void Bridge<TFuture, T>(TFuture future, TaskCompletionSource<T> completion, Func<TFuture, T> result)
        where TFuture : Future
    {
        future.AddDoneCallback(_ =>
        {
            if (future.IsCancelled) completion.SetCanceled(new CancellationToken(canceled: true));
            else if (future.Error is { } error)
            {
                future.Retrieve();
                completion.SetException(error);
            }
            else completion.SetResult(result(future));
        });
    }

    internal Future<T> StartWork<T>(Func<T> work, ExecutionContext values)
    {
        CheckOpen();
        CheckThread();
        var call = new ExecutorCall<T>(this, work, values);
        _working++;
        Core.Hold();
        Core.Pool.Queue(ExecutorCall<T>.Work, call);
        return call.Future;
    }

    /// <summary>Waits for the work that is with the pool, also for that whose future was cancelled (<c>shutdown_default_executor</c>);
    /// after five minutes it is left behind.</summary>
    internal async Coroutine ShutDownPool()
    {
        if (_working == 0) return;
        _idle = CreateFuture<bool>();
        await Aio.Wait([_idle], TimeSpan.FromMinutes(5));
    }

    internal void EndWork()
    {
        if (--_working == 0) _idle?.SetResult(true);
    }

    private static async Coroutine<bool> WithResult(Coroutine coroutine)
    {
        await coroutine;
        return true;
    }
}

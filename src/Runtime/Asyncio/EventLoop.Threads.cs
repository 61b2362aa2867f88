using Quintet.Loops;

namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    /// <summary>
    /// As <see cref="CallSoon(Action)"/>, from any thread. Wakes the loop if it sleeps. Calls of one thread stay in order.
    /// </summary>
    /// <exception cref="EventLoopException">The loop is closed.</exception>
    public void CallSoonThreadSafe(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        var context = AmbientContext.Capture();
        if (context == AmbientContext.Empty) Core.Send(InvokeAction, callback);
        else Core.Send(ContextCall.Run, new ContextCall(callback, context));
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
        Core.Hold();
        Core.Pool.Queue(ExecutorCall<T>.Work, call);
        return call.Future;
    }

    private static async Coroutine<bool> WithResult(Coroutine coroutine)
    {
        await coroutine;
        return true;
    }
}

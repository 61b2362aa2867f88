using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Runs coroutines together and gives their results in the order of the arguments.</summary>
    /// <remarks>The first exception is thrown at once while the others run on. Cancelling the awaiting task cancels all of them.</remarks>
    public static Future<T[]> Gather<T>(params ReadOnlySpan<Coroutine<T>> coroutines) =>
        new ResultGathering<T>(StartAll(coroutines)).Start();

    /// <summary>Runs coroutines without results together. The future's result is their number.</summary>
    public static Future<int> Gather(params ReadOnlySpan<Coroutine> coroutines)
    {
        return new CountGathering(StartAll(coroutines)).Start();
    }

    /// <summary>Waits for futures and tasks and gives their results in the order of the arguments; one may occur twice.</summary>
    /// <remarks>The first exception is thrown at once while the others run on. Cancelling the awaiting task cancels all of them.</remarks>
    public static Future<T[]> Gather<T>(params IEnumerable<IFuture<T>> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new ResultGathering<T>(AsFutures(futures)).Start();
    }

    /// <summary>Waits for tasks without results. The future's result is their number.</summary>
    [OverloadResolutionPriority(-1)]
    public static Future<int> Gather(params IEnumerable<Future> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new CountGathering([.. futures]).Start();
    }

    /// <summary>As <see cref="Gather{T}(IEnumerable{IFuture{T}})"/>, but exceptions and cancellations are outcomes like results
    /// (<c>return_exceptions=True</c>).</summary>
    public static Future<Outcome<T>[]> GatherOutcomes<T>(params IEnumerable<IFuture<T>> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new OutcomeGathering<T>(AsFutures(futures)).Start();
    }

    /// <summary>As <see cref="GatherOutcomes{T}(IEnumerable{IFuture{T}})"/>, for coroutines.</summary>
    public static Future<Outcome<T>[]> GatherOutcomes<T>(params ReadOnlySpan<Coroutine<T>> coroutines) =>
        new OutcomeGathering<T>(StartAll(coroutines)).Start();

    /// <summary>As <see cref="Gather(ReadOnlySpan{Coroutine})"/>, but exceptions and cancellations do not end it: the future's result says
    /// how each failed; null where it did not (<c>return_exceptions=True</c>).</summary>
    public static Future<Exception?[]> GatherOutcomes(params ReadOnlySpan<Coroutine> coroutines) =>
        new FailureGathering(StartAll(coroutines)).Start();

    /// <summary>As <see cref="GatherOutcomes(ReadOnlySpan{Coroutine})"/>, for tasks.</summary>
    [OverloadResolutionPriority(-1)]
    public static Future<Exception?[]> GatherOutcomes(params IEnumerable<Future> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new FailureGathering([.. futures]).Start();
    }

    private static Future[] StartAll(ReadOnlySpan<Coroutine> coroutines)
    {
        var tasks = new Future[coroutines.Length];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = CreateTask(coroutines[i]);
        return tasks;
    }

    private static Future[] StartAll<T>(ReadOnlySpan<Coroutine<T>> coroutines)
    {
        var loop = EventLoop.Current;
        var tasks = new Future[coroutines.Length];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = loop.CreateTask(coroutines[i]);
        return tasks;
    }

    private static Future[] AsFutures<T>(IEnumerable<IFuture<T>> futures) => [.. futures.Select(static future =>
        future is null ? throw new ArgumentNullException(nameof(futures)) : future.AsFuture())];

    /// <summary>Waits until all of them are done, whatever their outcomes.</summary>
    internal static async Coroutine WaitForAll(EventLoop loop, IReadOnlyList<LoopTask> tasks)
    {
        var left = tasks.Count;
        var wakeup = new Wakeup(loop);
        foreach (var task in tasks)
            task.AddDoneCallback(_ =>
            {
                if (--left == 0) wakeup.Set();
            });
        await wakeup;
    }
}

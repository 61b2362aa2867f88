using System.Runtime.CompilerServices;

namespace Quintet.Node;

public abstract partial class Promise
{
    /// <summary>A promise that is fulfilled.</summary>
    public static Promise Resolve() => VoidPromise.Settled;

    /// <summary>A promise that is fulfilled with <paramref name="value"/>.</summary>
    public static Promise<T> Resolve<T>(T value)
    {
        var promise = new Promise<T>();
        promise.Fulfil(value);
        return promise;
    }

    /// <summary>The promise itself: a promise of a promise does not exist.</summary>
    public static Promise<T> Resolve<T>(Promise<T> promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return promise;
    }

    /// <summary>The promise itself: a promise of a promise does not exist.</summary>
    public static Promise Resolve(Promise promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return promise;
    }

    /// <summary>A promise that follows a thenable, whose <c>Then</c> is called in a microtask.</summary>
    [OverloadResolutionPriority(1)] // what is a thenable is never the value, whatever class it is of
    public static Promise<T> Resolve<T>(IThenable<T> thenable) => new(resolver => resolver.Resolve(thenable));

    /// <summary>A promise that is rejected with <paramref name="reason"/>.</summary>
    public static Promise<T> Reject<T>(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var promise = new Promise<T>();
        promise.Reject(reason);
        return promise;
    }

    /// <summary>A promise, and what settles it.</summary>
    public static (Promise<T> Promise, PromiseResolver<T> Resolver) WithResolvers<T>()
    {
        var promise = new Promise<T>();
        return (promise, new PromiseResolver<T>(promise));
    }

    /// <summary>A promise that follows an ordinary task. The task holds the loop until it is done.</summary>
    public static async Promise<T> FromTask<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await task;
    }

    /// <summary>Fulfilled with all values, in the order of the arguments; rejected as the first that is.</summary>
    public static Promise<T[]> All<T>(params IEnumerable<Promise<T>> promises)
    {
        ArgumentNullException.ThrowIfNull(promises);
        return new AllPromise<T>([.. promises]);
    }

    /// <summary>Fulfilled when all are settled, with how each was.</summary>
    public static Promise<Settled<T>[]> AllSettled<T>(params IEnumerable<Promise<T>> promises)
    {
        var sources = promises.ToArray();
        var outcomes = new Settled<T>[sources.Length];
        var all = new Promise<Settled<T>[]>();
        var left = sources.Length;
        if (left == 0) all.Fulfil(outcomes);
        for (var i = 0; i < sources.Length; i++)
        {
            var index = i;
            var source = sources[i];
            source.React(() =>
            {
                outcomes[index] = new(source.State, source.Error is null ? source.Value : default, source.Error);
                if (--left == 0) all.Fulfil(outcomes);
            });
        }

        return all;
    }

    /// <summary>Settled as the first that is settled; without any, never.</summary>
    public static Promise<T> Race<T>(params IEnumerable<Promise<T>> promises)
    {
        ArgumentNullException.ThrowIfNull(promises);
        var race = new Promise<T>();
        foreach (var source in promises)
            source.React(() =>
            {
                if (source.Error is { } error) race.Reject(error);
                else race.Fulfil(source.Value);
            });
        return race;
    }

    /// <summary>Fulfilled as the first that is; rejected with an <see cref="AggregateException"/> when all are rejected.</summary>
    public static Promise<T> Any<T>(params IEnumerable<Promise<T>> promises)
    {
        var sources = promises.ToArray();
        var errors = new Exception[sources.Length];
        var any = new Promise<T>();
        var left = sources.Length;
        if (left == 0) any.Reject(new AggregateException("All promises were rejected"));
        for (var i = 0; i < sources.Length; i++)
        {
            var index = i;
            var source = sources[i];
            source.React(() =>
            {
                if (source.Error is not { } error)
                {
                    any.Fulfil(source.Value);
                    return;
                }

                errors[index] = error;
                if (--left == 0) any.Reject(new AggregateException("All promises were rejected", errors));
            });
        }

        return any;
    }
}

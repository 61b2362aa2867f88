using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>A promise of a value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[AsyncMethodBuilder(typeof(PromiseMethodBuilder<>))]
public class Promise<T> : Promise
{
    private T _value = default!;

    /// <summary>Runs <paramref name="executor"/> at once; what it throws rejects the promise.</summary>
    public Promise(Action<PromiseResolver<T>> executor)
    {
        ArgumentNullException.ThrowIfNull(executor);
        var resolver = new PromiseResolver<T>(this);
        try
        {
            executor(resolver);
        }
        catch (Exception error)
        {
            resolver.Reject(error);
        }
    }

    internal Promise() { }

    internal T Value
    {
        get
        {
            ThrowIfRejected();
            return _value;
        }
    }

    /// <summary>Makes it awaitable: the continuation is a microtask.</summary>
    public new PromiseAwaiter<T> GetAwaiter() => new(this);

    /// <summary>Calls one of the two in a microtask when it is settled.</summary>
    public Promise Then(Action<T> onFulfilled, Action<Exception>? onRejected = null)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        return Then(() => onFulfilled(_value), onRejected);
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask; its result fulfils the next promise.</summary>
    public Promise<TNext> Then<TNext>(Func<T, TNext> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        return Then(() => onFulfilled(_value));
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask; the next promise follows the promise that it returns.</summary>
    public Promise<TNext> Then<TNext>(Func<T, Promise<TNext>> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        return Then(() => onFulfilled(_value));
    }

    /// <summary>Calls one of the two in a microtask; its result fulfils the next promise.</summary>
    public Promise<TNext> Then<TNext>(Func<T, TNext> onFulfilled, Func<Exception, TNext> onRejected)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        return Then(() => onFulfilled(_value), onRejected);
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask; the next promise follows the promise that it returns.</summary>
    public Promise Then(Func<T, Promise> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        return Then(() => onFulfilled(_value));
    }

    /// <summary>Calls <paramref name="onRejected"/> in a microtask when it is rejected; its result fulfils the next promise.</summary>
    public Promise<T> Catch(Func<Exception, T> onRejected)
    {
        ArgumentNullException.ThrowIfNull(onRejected);
        var next = new Promise<T>();
        React(() => next.Try(() => next.Fulfil(Error is { } error ? onRejected(error) : _value)));
        return next;
    }

    /// <summary>Calls <paramref name="onRejected"/> in a microtask when it is rejected; the next promise follows the one that it
    /// returns.</summary>
    [OverloadResolutionPriority(-1)] // A lambda that only throws would fit both.
    public Promise<T> Catch(Func<Exception, Promise<T>> onRejected)
    {
        ArgumentNullException.ThrowIfNull(onRejected);
        var next = new Promise<T>();
        React(() => next.Try(() =>
        {
            if (Error is { } error) next.FollowPromise(onRejected(error));
            else next.Fulfil(_value);
        }));
        return next;
    }

    /// <summary>Calls <paramref name="onSettled"/> in a microtask when it is settled; the next promise is settled as this one.</summary>
    public new Promise<T> Finally(Action onSettled)
    {
        ArgumentNullException.ThrowIfNull(onSettled);
        return Finally(() =>
        {
            onSettled();
            return Resolve();
        });
    }

    /// <summary>Calls <paramref name="onSettled"/> in a microtask when it is settled; when the promise that it returns is fulfilled, the
    /// next promise is settled as this one, and when that is rejected, the next one is, too.</summary>
    public new Promise<T> Finally(Func<Promise> onSettled)
    {
        ArgumentNullException.ThrowIfNull(onSettled);
        var next = new Promise<T>();
        // The language resolves with a promise here, which takes two hops more.
        React(() => next.Try(() => next.FollowPromise(next.Returned(onSettled()).Then(() => Value))));
        return next;
    }

    /// <summary>An ordinary task that follows it, for code outside of the loop.</summary>
    public new Task<T> AsTask()
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        React(() =>
        {
            if (Error is { } error) completion.SetException(error);
            else completion.SetResult(_value);
        });
        return completion.Task;
    }

    internal void Fulfil(T value)
    {
        if (State != PromiseState.Pending) return;
        _value = value;
        Fulfil();
    }

    /// <exception cref="InvalidOperationException">There is none, or it is this one: who asked for it rejects with that.</exception>
    internal void FollowPromise(Promise<T>? promise)
    {
        var followed = Returned(promise);
        Loop.QueueMicrotask(() => followed.React(() =>
        {
            if (followed.Error is { } error) Reject(error);
            else Fulfil(followed._value);
        }));
    }

    internal void Run(Promise source, Func<T> body) => Try(() =>
    {
        source.ThrowIfRejected();
        Fulfil(body());
    });

    internal void Try(Action body)
    {
        try
        {
            body();
        }
        catch (Exception error)
        {
            Reject(error);
        }
    }
}

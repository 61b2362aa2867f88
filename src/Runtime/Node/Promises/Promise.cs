// How a promise works
// -------------------
// A state, and reactions that become microtasks when it is settled: nothing reacts inside of a settling, and an await always costs a
// microtask.
// The numbers of hops are JavaScript's: a reaction runs one microtask after the settling; a promise that is resolved with another promise
// follows it in two more (one to look at it, one for its reaction), and with a thenable in one more.
//
// Invariants:
//   I1  A state other than pending is final, and then there are no reactions.
//   I2  A promise that was rejected without a reaction is in the loop's RejectionTracker until the drain ends.
//
// Ownership: the loop's thread.
// Source: ECMAScript 2024, 27.2 (Promise Objects) and 27.7 (Async Functions); Node lib/internal/process/promises.js.

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>What an <c>async Promise</c> method gives: hot, and settled once. The common part of all promises.</summary>
[AsyncMethodBuilder(typeof(PromiseMethodBuilder))]
public abstract partial class Promise
{
    internal static readonly SendOrPostCallback RunFrame = static state =>
    {
        var frame = Unsafe.As<Promise>(state!);
        frame.Continue(frame.Loop);
    };

    private readonly NodeLoop? _loop;
    private object? _reactions;
    private bool _suspended;
    private ExceptionDispatchInfo? _reason;
    /// <summary>Of the frame of an async method: the context of its await; null is the empty one.</summary>
    private ExecutionContext? _frameContext;

    private protected Promise() => _loop = NodeLoop.Current;

    /// <summary>One that is settled from the start and that all loops share.</summary>
    private protected Promise(PromiseState state) => (State, IsHandled) = (state, true);

    /// <summary>Pending, fulfilled or rejected.</summary>
    public PromiseState State { get; private set; }

    /// <summary>Why it was rejected, or null.</summary>
    public Exception? Error => _reason?.SourceException;

    internal NodeLoop Loop => _loop ?? NodeLoop.Current;

    internal bool IsHandled { get; private set; }

    /// <summary>Whether it was reported as an unhandled rejection.</summary>
    internal bool IsReported { get; set; }

    /// <summary>Makes it awaitable: the continuation is a microtask.</summary>
    public PromiseAwaiter GetAwaiter() => new(this);

    /// <summary>Calls one of the two in a microtask when it is settled.</summary>
    public Promise Then(Action onFulfilled, Action<Exception>? onRejected = null)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        var next = new VoidPromise();
        React(() => next.Follow(this, onFulfilled, onRejected));
        return next;
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask when it is fulfilled; the result fulfils the next promise.</summary>
    public Promise<TNext> Then<TNext>(Func<TNext> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        var next = new Promise<TNext>();
        React(() => next.Run(this, onFulfilled));
        return next;
    }

    /// <summary>Calls one of the two in a microtask; its result fulfils the next promise.</summary>
    public Promise<TNext> Then<TNext>(Func<TNext> onFulfilled, Func<Exception, TNext> onRejected)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        ArgumentNullException.ThrowIfNull(onRejected);
        var next = new Promise<TNext>();
        React(() => next.Try(() => next.Fulfil(Error is { } error ? onRejected(error) : onFulfilled())));
        return next;
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask; the next promise follows the promise that it returns.</summary>
    public Promise Then(Func<Promise> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        var next = new VoidPromise();
        React(() => next.Settle(() =>
        {
            ThrowIfRejected();
            next.FollowPromise(onFulfilled());
        }));
        return next;
    }

    /// <summary>Calls <paramref name="onFulfilled"/> in a microtask; the next promise follows the promise that it returns.</summary>
    public Promise<TNext> Then<TNext>(Func<Promise<TNext>> onFulfilled)
    {
        ArgumentNullException.ThrowIfNull(onFulfilled);
        var next = new Promise<TNext>();
        React(() => next.Try(() =>
        {
            ThrowIfRejected();
            next.FollowPromise(onFulfilled());
        }));
        return next;
    }

    /// <summary>Calls <paramref name="onRejected"/> in a microtask when it is rejected; the next promise is then fulfilled.</summary>
    public Promise Catch(Action<Exception> onRejected) => Then(static () => { }, onRejected);

    /// <summary>Calls <paramref name="onRejected"/> in a microtask when it is rejected; the next promise follows the one that it
    /// returns.</summary>
    public Promise Catch(Func<Exception, Promise> onRejected)
    {
        ArgumentNullException.ThrowIfNull(onRejected);
        var next = new VoidPromise();
        React(() => next.Settle(() =>
        {
            if (Error is { } error) next.FollowPromise(onRejected(error));
            else next.Complete();
        }));
        return next;
    }

    /// <summary>Calls <paramref name="onSettled"/> in a microtask when it is settled; the next promise is settled as this one.</summary>
    public Promise Finally(Action onSettled)
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
    public Promise Finally(Func<Promise> onSettled)
    {
        ArgumentNullException.ThrowIfNull(onSettled);
        var next = new VoidPromise();
        // The language resolves with a promise here, which takes two hops more.
        React(() => next.Settle(() => next.FollowPromise(next.Returned(onSettled()).Then((Action)ThrowIfRejected))));
        return next;
    }

    /// <summary>An ordinary task that follows it, for code outside of the loop.</summary>
    public Task AsTask()
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        React(() =>
        {
            if (Error is { } error) completion.SetException(error);
            else completion.SetResult();
        });
        return completion.Task;
    }

    internal void ThrowIfRejected() => _reason?.Throw();

    /// <summary>What a function returned for this promise to follow: without the look it would never be settled, and nobody told.</summary>
    internal TPromise Returned<TPromise>(TPromise? promise)
        where TPromise : Promise
    {
        if (promise is null) throw new InvalidOperationException("The function was to return a promise, and returned null.");
        return promise != this ? promise : throw new InvalidOperationException("Chaining cycle detected for promise");
    }

    /// <summary>Runs <paramref name="reaction"/> as a microtask when it is settled.</summary>
    internal void React(Action reaction) => AddReaction(new PromiseReaction(reaction));

    /// <summary>Continues an ordinary async method as a microtask when it is settled.</summary>
    internal void ReactFromOutside(Action rest) => AddReaction(new ForeignRest(Loop, rest));

    /// <summary>Continues an async method's frame as a microtask when it is settled.</summary>
    internal void React(Promise frame)
    {
        frame.KeepContext();
        // After an await of ours the frame does nothing any more: who resumed it knows which context it leaves behind.
        frame._suspended = true;
        if (State == PromiseState.Pending) AddReaction(frame);
        else
        {
            MarkHandled();
            frame._loop!.GoOn(frame);
        }
    }

    /// <summary>Calls the watcher in a microtask, with this promise, when it is settled.</summary>
    internal void React(PromiseWatcher watcher) => AddReaction(watcher);

    internal void KeepContext()
    {
        var context = AmbientContext.Capture();
        if (context == AmbientContext.Empty) context = null;
        if (_frameContext != context) _frameContext = context;
    }

    internal void Reject(Exception error)
    {
        if (State != PromiseState.Pending) return;
        _reason = ExceptionDispatchInfo.Capture(error);
        if (!IsHandled) Loop.Rejections.Add(this);
        Complete(PromiseState.Rejected);
    }

    private protected void Fulfil() => Complete(PromiseState.Fulfilled);

    /// <summary>Runs the next part of an async method; only frames have one.</summary>
    private protected virtual void MoveNext() { }

    /// <summary>Runs the frame of an async method up to its next await; within a drain, which keeps track of the context.</summary>
    internal void Continue(NodeLoop loop)
    {
        AmbientContext.Enter(_frameContext ?? AmbientContext.Empty, ref loop.Ambient);
        _suspended = false;
        MoveNext();
        loop.Leave(_suspended ? _frameContext ?? AmbientContext.Empty : AmbientContext.Capture());
    }

    private void AddReaction(object reaction)
    {
        MarkHandled();
        if (State != PromiseState.Pending) Fire(reaction);
        else if (_reactions is null) _reactions = reaction;
        else if (_reactions is List<object> many) many.Add(reaction);
        else _reactions = new List<object> { _reactions, reaction };
    }

    private void MarkHandled()
    {
        if (IsHandled) return;
        IsHandled = true;
        if (IsReported) Loop.Rejections.HandledLate(this);
    }

    private void Complete(PromiseState state)
    {
        if (State != PromiseState.Pending) return;
        Loop.CheckThread();
        State = state;
        var reactions = _reactions;
        _reactions = null;
        if (reactions is null) return;
        if (reactions is List<object> many)
            foreach (var reaction in many) Fire(reaction);
        else Fire(reactions);
    }

    private void Fire(object reaction)
    {
        // The exact types first: they cost a comparison each.
        if (reaction.GetType() == typeof(PromiseReaction)) Loop.PushMicrotask(PromiseReaction.Run, reaction);
        else if (reaction.GetType() == typeof(ForeignRest)) Loop.PushMicrotask(ForeignRest.Run, reaction);
        else if (reaction.GetType() == typeof(PromiseWatcher)) Loop.PushMicrotask(Unsafe.As<PromiseWatcher>(reaction).Callback, this);
        else Loop.PushMicrotask(Unsafe.As<Promise>(reaction));
    }
}

// How a future works
// ------------------
// A state, an outcome, and who waits: nobody, one waiter, or a list. A waiter is a task (which is stepped), a callback, or the rest of
// an ordinary async method. Completion never runs a waiter: it puts it into the loop's ready ring, so that who completes a
// future runs on to its own next await, and waiters run in the order in which they came.
//
// Invariants:
//   I1  Done futures have no waiters.
//   I2  A state other than pending is final.
//
// Ownership: the loop's thread. Completing from another thread is an error that says so.
// Source: CPython Lib/asyncio/futures.py.

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>What will be known later: the common part of <see cref="Future{T}"/> and <see cref="LoopTask"/>.</summary>
public abstract class Future
{
    private object? _waiter;
    private object? _outcome;
    private UnretrievedError? _unretrieved;

    private protected Future(EventLoop loop) => Loop = loop;

    /// <summary>The loop that it belongs to.</summary>
    public EventLoop Loop { get; }

    /// <summary>Whether there is a result, an exception or a cancellation.</summary>
    public bool IsDone => State != FutureState.Pending;

    /// <summary>Whether it was cancelled.</summary>
    public bool IsCancelled => State == FutureState.Cancelled;

    /// <summary>The exception, or null when it has a result. Looking at it counts as having retrieved it.</summary>
    /// <exception cref="InvalidStateError">It is not done.</exception>
    /// <exception cref="CancelledError">It was cancelled.</exception>
    public Exception? Exception
    {
        get
        {
            if (State == FutureState.Pending) throw new InvalidStateError("Exception is not set.");
            if (State == FutureState.Cancelled) ThrowUnlessFinished();
            Retrieve();
            return Error;
        }
    }

    internal FutureState State { get; private set; }

    internal Exception? Error => State == FutureState.Failed ? ((ExceptionDispatchInfo)_outcome!).SourceException : null;

    internal bool IsFaultedOrCancelled => State > FutureState.Finished;

    /// <summary>Cancels it, and schedules who waits for it.</summary>
    /// <param name="message">Goes into the <see cref="CancelledError"/>.</param>
    /// <returns>False when it is done already, and nothing happened.</returns>
    public virtual bool Cancel(string? message = null)
    {
        if (State != FutureState.Pending) return false;
        Loop.CheckThread();
        _outcome = message;
        Complete(FutureState.Cancelled);
        return true;
    }

    /// <summary>Ends it with an exception, and schedules who waits for it.</summary>
    /// <exception cref="InvalidStateError">It is done already, or it is a task.</exception>
    public virtual void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Fail(exception);
    }

    /// <summary>Calls <paramref name="callback"/> on the loop when it is done, in a later turn even if it is done already.</summary>
    public void AddDoneCallback(Action<Future> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Loop.CheckThread();
        AddWaiter(new DoneCallback(this, callback, AmbientContext.Capture()));
    }

    /// <summary>Takes back all calls to <paramref name="callback"/> that have not been scheduled.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveDoneCallback(Action<Future> callback)
    {
        if (_waiter is DoneCallback one && one.Action == callback)
        {
            _waiter = null;
            return 1;
        }

        return _waiter is List<object> many ? many.RemoveAll(waiter => waiter is DoneCallback its && its.Action == callback) : 0;
    }

    /// <summary>Makes it awaitable.</summary>
    public FutureAwaiter GetAwaiter() => new(this);

    internal void AddWaiter(object waiter)
    {
        if (State != FutureState.Pending) Wake(waiter);
        else if (_waiter is null) _waiter = waiter;
        else if (_waiter is List<object> many) many.Add(waiter);
        else _waiter = new List<object> { _waiter, waiter };
    }

    /// <summary>Whether <paramref name="waiter"/> is the last of those that wait.</summary>
    internal bool IsLastWaiter(object waiter) =>
        _waiter == waiter || (_waiter is List<object> many && many[^1] == waiter);

    internal void Fail(Exception exception)
    {
        if (State != FutureState.Pending) throw new InvalidStateError("invalid state");
        Loop.CheckThread();
        _outcome = ExceptionDispatchInfo.Capture(exception);
        _unretrieved = new UnretrievedError(this, exception);
        Complete(FutureState.Failed);
    }

    private protected void CompleteWithResult()
    {
        if (State != FutureState.Pending) throw new InvalidStateError("invalid state");
        Loop.CheckThread();
        Complete(FutureState.Finished);
    }

    private protected void CompleteAsCancelled(string? message)
    {
        _outcome = message;
        Complete(FutureState.Cancelled);
    }

    /// <summary>As cancelled by what left its coroutine: who awaits it gets that object, with the stack of where it was
    /// interrupted.</summary>
    private protected void CompleteAsCancelled(CancelledError error)
    {
        _outcome = ExceptionDispatchInfo.Capture(error);
        Complete(FutureState.Cancelled);
    }

    /// <summary>Throws unless there is a result.</summary>
    internal void ThrowUnlessFinished()
    {
        switch (State)
        {
            case FutureState.Finished: return;
            case FutureState.Pending:
                Loop.CheckThread();
                // A task that awaited a future of another loop is resumed at once, with what it did wrong.
                EventLoop.CurrentOrNull?.RunningTask?.ThrowPending();
                throw new InvalidStateError("Result is not set.");
            case FutureState.Cancelled:
                var interrupted = _outcome as ExceptionDispatchInfo;
                if (interrupted is not null) _outcome = null;
                interrupted?.Throw();
                throw MakeCancelledError();
            default:
                Retrieve();
                ((ExceptionDispatchInfo)_outcome!).Throw();
                return;
        }
    }

    /// <summary>What left a task's coroutine is given away once, as in CPython; who asks later gets one without a message.</summary>
    internal CancelledError MakeCancelledError()
    {
        if (State != FutureState.Cancelled || _outcome is not ExceptionDispatchInfo interrupted)
            return new CancelledError(State == FutureState.Cancelled ? _outcome as string : RequestedMessage);
        _outcome = null;
        return (CancelledError)interrupted.SourceException;
    }

    /// <summary>For those who are told of the cancellation beside others: without the message that left a task's coroutine, which is for
    /// who awaits it.</summary>
    internal CancelledError DescribeCancellation() => new(_outcome as string);

    /// <summary>Ends it as cancelled, with the object that who awaits it gets.</summary>
    internal void CancelAs(CancelledError error) => CompleteAsCancelled(error);

    /// <summary>The message of a request to cancel that did not end it.</summary>
    private protected virtual string? RequestedMessage => null;

    internal void Retrieve()
    {
        _unretrieved?.Retrieved();
        _unretrieved = null;
    }

    private void Complete(FutureState state)
    {
        State = state;
        var waiter = _waiter;
        _waiter = null;
        if (waiter is null) return;
        if (waiter is List<object> many)
            foreach (var each in many) Wake(each);
        else Wake(waiter);
        Debug.Assert(_waiter is null, "I1: a done future has waiters.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Wake(object waiter)
    {
        // The exact types first: they cost a comparison each.
        if (waiter.GetType() == typeof(DoneCallback)) Loop.Schedule(DoneCallback.Run, waiter);
        else if (waiter.GetType() == typeof(ForeignContinuation)) Unsafe.As<ForeignContinuation>(waiter).Schedule();
        else if (waiter.GetType() == typeof(FutureWatcher)) Loop.Schedule(Unsafe.As<FutureWatcher>(waiter).Callback, this);
        else Loop.Schedule(Unsafe.As<LoopTask>(waiter));
    }
}

// How a task works
// ----------------
// A task drives one chain of coroutines. _leaf is the innermost one; a step resumes only that, then climbs through the parents whose child
// has ended, or descends into a coroutine that the leaf has begun to await, until somebody really waits. So a step costs the same at any
// depth of awaits, and deep awaits need no deep stack. What the leaf waits for is _waitingOn: the future whose waiter the task is.
//
// Invariants:
//   I1  A task that is not done and not running is either in the ready ring, or a waiter of _waitingOn, or awaited by foreign code.
//   I2  _pending is set only between the start of a step and the GetResult of the await that the step resumes.
//   I3  The loop's list holds every task that is not done.
//
// Cancellation: Cancel passes on to what the task waits for, whose completion brings the cancellation back; when there is nothing
// to pass it to, _mustCancel makes the next step throw at the await. A task that has not begun never begins.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/tasks.py (Task.__step, cancel, uncancel); 3.13 where it differs from 3.11.

using System.Runtime.CompilerServices;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A coroutine that runs on its own: what <see cref="Aio.CreateTask(Coroutine, string?, LoopContext?)"/> makes.</summary>
public abstract partial class LoopTask : Future
{
    internal static readonly SendOrPostCallback StepCallback = static state => Unsafe.As<LoopTask>(state!).Step();

    private readonly CoroutineBox _root;
    private readonly LoopContext? _shared;
    private readonly long _number;
    private CoroutineBox _leaf;
    private CoroutineBox? _child;
    private Future? _waitingOn;
    private Exception? _pending;
    private ExecutionContext _context;
    private Action? _resumeFromForeign;
    private string? _name;
    private string? _cancelMessage;
    private CancellationTokenSource? _tokenSource;
    private bool _started;
    private bool _mustCancel;
    private bool _interruptible = true;
    private bool _inForeign;
    private int _held;

    /// <summary>The async-local values in which its coroutine runs.</summary>
    internal ExecutionContext Values => _shared?.Values ?? _context;

    private protected LoopTask(EventLoop loop, CoroutineBox root, int version, string? name, LoopContext? context)
        : base(loop)
    {
        ArgumentNullException.ThrowIfNull(root, "coroutine");
        root.Claim(version);
        _root = _leaf = root;
        root.Task = this;
        _name = name;
        _number = loop.NextTaskNumber();
        _shared = context;
        _context = context?.Values ?? AmbientContext.Capture();
    }

    /// <summary>The name given to it, or <c>Task-n</c> for the n-th task of its loop.</summary>
    public string Name
    {
        get => _name ??= "Task-" + _number;
        set => _name = value;
    }

    /// <summary>How many requests to cancel it have not been taken back by <see cref="Uncancel"/>.</summary>
    public int Cancelling { get; private set; }

    /// <summary>
    /// Cancelled by <see cref="Cancel"/>: for calls of the base library that the task awaits, which cannot be interrupted.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get
        {
            _tokenSource ??= new CancellationTokenSource();
            if (Cancelling > 0) _tokenSource.Cancel();
            return _tokenSource.Token;
        }
    }

    private protected override string? RequestedMessage => _cancelMessage;

    internal LoopTask? Previous { get; set; }

    internal LoopTask? Next { get; set; }

    internal Action ResumeFromForeign => _resumeFromForeign ??= Resume;

    /// <summary>Asks the task to end: a <see cref="CancelledError"/> is thrown at the await where it is or comes to next.</summary>
    /// <returns>False when it is done already.</returns>
    public override bool Cancel(string? message = null)
    {
        if (IsDone) return false;
        Loop.CheckThread();
        Cancelling++;
        _tokenSource?.Cancel();
        if (_waitingOn is not null && _waitingOn.Cancel(message)) return true;
        _mustCancel = true;
        _cancelMessage = message;
        return true;
    }

    /// <summary>Takes back one request of <see cref="Cancel"/>, for code that has dealt with it.</summary>
    /// <returns>How many requests are left.</returns>
    public int Uncancel()
    {
        if (Cancelling == 0 || --Cancelling > 0) return Cancelling;
        _mustCancel = false;
        // What is awaited from now on is not to be broken off.
        _tokenSource = null;
        return 0;
    }

    /// <summary>Not for tasks: only its coroutine gives a task its outcome.</summary>
    /// <exception cref="EventLoopException">Always.</exception>
    public override void SetException(Exception exception) => throw new EventLoopException("Task does not support set_exception operation");

    /// <summary>The coroutines that it is in, innermost first: <c>Read ← Handle ← Main</c>.</summary>
    public string DescribeAwaits()
    {
        var names = new List<string>();
        for (var box = _leaf; box is not null && names.Count < 32; box = box.Parent) names.Add(box.MethodName);
        return $"{Name} ({string.Join(" ← ", names)})";
    }

    /// <summary>Puts it into the loop's list and its ready ring, or runs it at once up to its first wait.</summary>
    internal void Launch(bool eagerly)
    {
        Loop.Add(this);
        if (eagerly && Loop.IsRunning) RunEagerly();
        else Loop.Schedule(this);
    }

    internal void SetLeaf(CoroutineBox frame) => _leaf = frame;

    internal void MarkInterruptible()
    {
        _waitingOn = null;
        _interruptible = true;
    }

    /// <summary>The await of something foreign cannot be broken off; a future that it waits for in turn can be cancelled.</summary>
    internal void MarkForeign()
    {
        _interruptible = false;
        _inForeign = true;
        UpdateHold();
    }

    internal void WaitFor(Future future)
    {
        _interruptible = true;
        if (future == this || future.Loop != Loop)
        {
            _waitingOn = null;
            _pending = new EventLoopException(future == this
                ? $"Task cannot await on itself: {Name}"
                : $"Task {Name} got a future attached to a different loop");
            Loop.Schedule(this);
            return;
        }

        _waitingOn = future;
        future.AddWaiter(this);
        if (_mustCancel && future.Cancel(_cancelMessage)) _mustCancel = false;
    }

    internal void Descend(CoroutineBox? child, int version, CoroutineBox frame)
    {
        ArgumentNullException.ThrowIfNull(child);
        child.Claim(version);
        child.Task = this;
        child.Parent = frame;
        _child = child;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ThrowPending()
    {
        if (_pending is not null) ThrowPendingNow();
    }

    /// <summary>What the await that goes on now throws, if it does.</summary>
    internal Exception? TakePending()
    {
        var error = _pending;
        _pending = null;
        return error;
    }

    internal void Step()
    {
        if (IsDone) return;
        var loop = Loop;
        var outer = loop.RunningTask;
        loop.RunningTask = this;
        AmbientContext.Enter(_shared?.Values ?? _context, ref loop.Ambient);
        var waited = _waitingOn;
        _waitingOn = null;
        if (_mustCancel && _interruptible)
        {
            _mustCancel = false;
            // What was waited for brings a cancellation of its own: the first request's message is the one that is told.
            if (waited is not ({ IsCancelled: true } or { Error: CancelledError })) _pending = new CancelledError(_cancelMessage);
        }

        if (_pending is not null && !_started)
        {
            _leaf.Finish(_pending);
            _pending = null;
        }

        _started = true;
        RunChain();
        var context = AmbientContext.Capture();
        loop.Ambient = context;
        if (context != _context) _context = context;
        if (_shared is not null) _shared.Values = context;
        loop.RunningTask = outer;
        if (_root.State == CoroutineBox.Phase.Done) End();
    }

    /// <summary>Sets the result from the root's box, and gives the box back.</summary>
    private protected abstract void TakeResult();

    private protected virtual void End()
    {
        Loop.Remove(this);
        var error = _root.Error;
        if (error is null)
        {
            if (_mustCancel)
            {
                // Cancelled in its last step, and nothing was left to throw at.
                _root.Recycle();
                CompleteAsCancelled(_cancelMessage);
            }
            else TakeResult();
            return;
        }

        _root.Recycle();
        if (error is CancelledError cancelled) CompleteAsCancelled(cancelled);
        else if (error is OperationCanceledException && Cancelling > 0) CompleteAsCancelled(_cancelMessage);
        else Fail(error);
        if (error is KeyboardInterruptException) Loop.LeaveWith(error);
    }

    private void RunChain()
    {
        var leaf = _leaf;
        while (true)
        {
            if (leaf.State != CoroutineBox.Phase.Done) leaf.MoveNext();
            if (_child is { } child)
            {
                _child = null;
                leaf = _leaf = child;
            }
            else if (leaf.State != CoroutineBox.Phase.Done || leaf.Parent is not { } parent) return;
            else leaf = _leaf = parent;
        }
    }

    private void RunEagerly()
    {
        var context = AmbientContext.Capture();
        Loop.Ambient = context;
        Step();
        AmbientContext.Enter(context, ref Loop.Ambient);
    }

    private void Resume()
    {
        _inForeign = false;
        var held = Interlocked.Exchange(ref _held, 0) == 1;
        if (Loop.Core.IsOwnThread)
        {
            if (held) Loop.Core.Release();
            Loop.Schedule(this);
        }
        else if (held) Loop.Core.SendAndRelease(StepCallback, this);
        else Loop.Core.Send(StepCallback, this);
    }

    private void ThrowPendingNow()
    {
        var error = _pending!;
        _pending = null;
        throw error;
    }
}

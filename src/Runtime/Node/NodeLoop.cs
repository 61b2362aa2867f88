// How the loop works
// ------------------
// A turn goes through libuv's phases: poll (sockets, results from the pool, messages), check (immediates), closing callbacks, timers. After
// each callback of each phase the tick queue is drained, then the microtasks, until both are empty, and then rejections that
// nobody handles are looked at. The loop ends when nothing is left that holds it.
//
// Invariants:
//   I1  One thread runs the loop; other threads use Post and the thread-safe members only.
//   I2  No callback of a phase begins while a tick or a microtask waits (but see the exception below).
//   I3  Between callbacks of the phases the execution context is the empty one, and within a drain it is Ambient.
// When a tick throws and an uncaughtException listener takes it, the rest of the queue waits for the next drain, as in Node.
//
// Ownership: the thread that runs it.
// Source: libuv src/unix/core.c (uv_run, 1.45 and later: timers after the poll); Node lib/internal/process/task_queues.js,
// lib/internal/timers.js, src/api/callback.cc, src/api/embed_helpers.cc. Deviations are in docs/models/node.md.

using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Node's event loop: one thread, libuv's phases, run to completion.</summary>
public sealed partial class NodeLoop : ILoopHost
{
    [ThreadStatic]
    private static NodeLoop? _current;

    private readonly CallRing _ticks = new();
    private readonly CallRing _microtasks = new();
    private Stack<Action> _closing = new();
    private Stack<Action> _closingNow = new();
    private readonly Queue<Action> _pending = new();
    private readonly NodeLoopOptions _options;
    private ExceptionDispatchInfo? _fatal;
    private bool _stopped;
    /// <summary>The frame that runs has suspended, and goes on before whatever the queue holds.</summary>
    private bool _goesOn;
    private readonly RejectionTracker _rejections;
    private bool _used;
    private bool _isOver;
    private int _refs;

    /// <summary>A loop with Node's defaults. It runs once.</summary>
    public NodeLoop() : this(new NodeLoopOptions()) { }

    /// <summary>A loop that behaves as <paramref name="options"/> say. It runs once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pool's size is below 1.</exception>
    public NodeLoop(NodeLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PoolSize, 1, nameof(options));
        _options = options;
        Core = new LoopCore(this, LoopMeter.Node, options.PoolSize, options.VirtualTime, options.BlockingWaits);
        _timers = new TimerLists(this);
        _rejections = new RejectionTracker(options.Rejections);
        Process = new NodeProcess(this);
    }

    /// <summary>The loop that runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">None does.</exception>
    public static NodeLoop Current => _current ?? ThrowNotRunning();

    /// <summary>Whether a Node loop runs on this thread.</summary>
    public static bool IsRunningHere => _current is not null;

    /// <summary>The loop's process events: <c>beforeExit</c>, <c>exit</c>, <c>uncaughtException</c>, <c>unhandledRejection</c>.</summary>
    public NodeProcess Process { get; }

    /// <summary>What the loop has done so far.</summary>
    public LoopMetrics Metrics => Core.Metrics;

    LoopCore ILoopHost.Core => Core;

    internal LoopCore Core { get; }

    /// <summary>How often somebody has called <see cref="Exit"/>.</summary>
    internal int ExitCalls { get; private set; }

    /// <summary>The loop has ended: workers and channels leave.</summary>
    internal event Action? Leaving;

    /// <summary>The execution context that is in place between the ticks and microtasks of a drain.</summary>
    internal ExecutionContext Ambient = AmbientContext.Empty;

    /// <summary>Runs <paramref name="main"/> and then the loop, on this thread, until nothing holds it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">A loop runs on this thread, or this one has run.</exception>
    /// <remarks>An exception that no <c>uncaughtException</c> listener takes ends the loop with exit code 1 and is thrown from
    /// here.</remarks>
    public static int Run(Action main, NodeLoopOptions? options = null) => new NodeLoop(options ?? new NodeLoopOptions()).Start(main);

    /// <summary>As <see cref="Run(Action, NodeLoopOptions?)"/>, for an async main.</summary>
    public static int Run(Func<Promise> main, NodeLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run(() => { _ = main(); }, options);
    }

    /// <summary>As <see cref="Run(Action, NodeLoopOptions?)"/>, on this loop.</summary>
    public int Start(Action main)
    {
        ArgumentNullException.ThrowIfNull(main);
        if (_current is not null) throw new InvalidOperationException("A Node loop runs on this thread already.");
        if (_used) throw new InvalidOperationException("This loop has run; make another one.");
        _used = true;
        var outerContext = SynchronizationContext.Current;
        var outerValues = AmbientContext.Capture();
        _current = this;
        Core.OwnerThread = Environment.CurrentManagedThreadId;
        // The watchdog's lock is taken while the detector of blocking waits is not yet, or no more, in place.
        LoopWatchdog.Start(Core, _options.SlowCallback);
        SynchronizationContext.SetSynchronizationContext(Core.Context);
        Core.Metrics.Start();
        try
        {
            Invoke(NodeCall.Plain, main);
            Drain();
            RunUntilNothingHolds();
            if (_fatal is null) Process.EmitExit(this);
            // Ticks are not taken any more, but what the exit listeners resolved is still told, as in Node.
            Drain();
        }
        finally
        {
            Leaving?.Invoke();
            Core.Metrics.Stop();
            Core.OwnerThread = 0;
            Volatile.Write(ref _isOver, true);
            _current = null;
            SynchronizationContext.SetSynchronizationContext(outerContext);
            LoopWatchdog.Stop(Core);
            AmbientContext.Enter(outerValues);
            Core.Dispose();
        }

        _fatal?.Throw();
        return Process.ExitCode;
    }

    /// <summary>Calls <paramref name="callback"/> after the running callback, before everything else.</summary>
    public void NextTick(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckRuns();
        if (!Process.IsExiting) NodeCall.Push(_ticks, callback);
    }

    /// <summary>Calls <paramref name="callback"/> after the running callback and the ticks, among the reactions of promises.</summary>
    public void QueueMicrotask(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckRuns();
        NodeCall.Push(_microtasks, callback);
    }

    /// <summary>Runs work on the pool, and then <paramref name="done"/> in the poll phase. Holds the loop until then.</summary>
    /// <param name="work">Runs on a thread of the pool, in the order of the calls.</param>
    /// <param name="done">Gets the exception, or null and the result.</param>
    public void QueueWork<T>(Func<T> work, Action<Exception?, T?> done) => QueueWork(work, done, trips: null);

    /// <summary>As <see cref="QueueWork{T}(Func{T}, Action{Exception, T})"/>, as a promise.</summary>
    public Promise<T> QueueWork<T>(Func<T> work) => QueueWork(work, trips: null);

    internal Promise<T> QueueWork<T>(Func<T> work, Func<Exception?, T?, int>? trips) => new(resolver => QueueWork(
        work,
        (error, result) =>
        {
            if (error is null) resolver.Resolve(result!);
            else resolver.Reject(error);
        },
        trips));

    /// <param name="work">Runs on a thread of the pool.</param>
    /// <param name="done">Gets the exception, or null and the result.</param>
    /// <param name="trips">How often Node goes to the pool and back for it; null is once.</param>
    internal void QueueWork<T>(Func<T> work, Action<Exception?, T?> done, Func<Exception?, T?, int>? trips)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(done);
        CheckRuns();
        Core.Hold();
        Core.Pool.Queue(PoolCall<T>.Work, new PoolCall<T>(this, work, done, trips));
    }

    /// <summary>Calls <paramref name="callback"/> on the loop, in a poll phase, from any thread. Does not hold the loop.</summary>
    /// <exception cref="InvalidOperationException">The loop has ended.</exception>
    public void Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (!Core.IsOwnThread && Core.OwnerThread == 0) CheckRuns();
        Send(callback);
    }

    /// <summary>As <see cref="Post"/>, for what does not matter any more when the loop has ended.</summary>
    internal void Send(Action callback) => Core.Send(NodeCall.Plain, callback);

    /// <summary>Ends the loop: the <c>exit</c> listeners run, and nothing else (<c>process.exit</c>).</summary>
    public void Exit(int code)
    {
        ExitCalls++;
        Process.ExitCode = code;
        if (_stopped) return;
        _stopped = true;
        Process.EmitExit(this);
    }

    /// <summary>Ends the loop as a thread is ended: the <c>exit</c> listeners do not run.</summary>
    internal void Abandon()
    {
        if (_stopped) return;
        _stopped = true;
        Process.ExitCode = 1;
        Process.IsExiting = true;
    }

    void ILoopHost.Post(SendOrPostCallback callback, object? state)
    {
        if (!Core.IsOwnThread) Core.Send(callback, state);
        // What an async method of the loop's awaits is done, an async iterator's step above all. That method goes on in the next
        // microtask, as after a promise, and not in the one after that.
        else if (state is Action { Target: ForeignAwait awaiting }) awaiting.Complete();
        else _microtasks.Push(callback, state);
    }

    bool ILoopHost.IsInCoroutine => Core.Running is Promise;

    string ILoopHost.DescribeRunning() => Core.Running switch
    {
        NodeCall call => CallbackName.Of(call.Target),
        NodeTimeout timeout => CallbackName.Of(timeout.Target),
        NodeImmediate immediate => CallbackName.Of(immediate.Callback),
        Delegate callback => CallbackName.Of(callback),
        null => "nothing",
        var other => other.GetType().Name,
    };

    Action ILoopHost.Later(TimeSpan delay, Action callback) => SetTimeout(callback, delay.TotalMilliseconds).Unref().Close;

    void ILoopHost.OnReady(PollTarget target, PollEvents events)
    {
        try
        {
            target.OnReady(events);
        }
        catch (Exception error)
        {
            OnUncaught(error);
        }
    }

    internal void PushMicrotask(SendOrPostCallback callback, object? state) => _microtasks.Push(callback, state);

    /// <summary>Continues an async method's frame in a microtask.</summary>
    internal void PushMicrotask(Promise frame) => _microtasks.Push(frame);

    /// <summary>As <see cref="PushMicrotask(Promise)"/>, for a frame that has just suspended. The one that runs, when nothing else waits,
    /// is next anyway: it saves its way through the queue.</summary>
    internal void GoOn(Promise frame)
    {
        if (_microtasks.Count == 0 && Core.Running == frame) _goesOn = true;
        else _microtasks.Push(frame);
    }

    /// <summary>Continues it before everything that waits: its turn was the microtask that runs now.</summary>
    internal void PushFirstMicrotask(Promise frame) => _microtasks.PushFirst(frame);

    internal void PushTick(SendOrPostCallback callback, object? state) => _ticks.Push(callback, state);

    internal void PushClosing(Action callback) => _closing.Push(callback);

    /// <summary>What has been done at once, but is told at the end of the poll phase that goes on, or before the next one.</summary>
    internal void PushPending(Action callback) => _pending.Enqueue(callback);

    /// <summary>Something open (a socket, a worker, a port) that holds the loop; on the loop's thread.</summary>
    internal void Ref() => _refs++;

    internal void Unref() => _refs--;

    /// <summary>On whose behalf an ordinary async method goes on now.</summary>
    internal ForeignAwait? ForeignOwner { get; set; }

    /// <summary>The last ordinary async method that began to await a promise and whom nobody awaits yet.</summary>
    internal ForeignRest? LastForeignRest { get; set; }

    internal RejectionTracker Rejections => _rejections;

    internal PortTurn Ports { get; } = new();

    private static NodeLoop ThrowNotRunning() => throw new InvalidOperationException("No Node loop runs on this thread.");

    internal void CheckThread()
    {
        if (Core.OwnerThread != 0 && !Core.IsOwnThread) ThrowWrongThread();
    }

    /// <summary>As <see cref="CheckThread"/>, where something is to run: after the loop's end it would be lost.</summary>
    private void CheckRuns()
    {
        if (Core.IsOwnThread) return;
        if (Core.OwnerThread != 0) ThrowWrongThread();
        if (Volatile.Read(ref _isOver)) throw new InvalidOperationException("This loop has ended; nothing runs on it any more.");
    }

    private static void ThrowWrongThread()
    {
        const string message = "This belongs to a Node loop on another thread. Use Post.";
        LoopDetectors.Raise(new("QNT5003", message, "", TimeSpan.Zero, Environment.StackTrace));
        throw new InvalidOperationException(message);
    }
}

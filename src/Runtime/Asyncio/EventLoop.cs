// How the loop works
// ------------------
// A ring of calls that are ready and a heap of calls that are due later. A turn takes what came from other threads, looks at the sockets
// (waiting only if nothing is ready), moves the due timers into the ring, and then runs exactly the calls that were in the ring: what
// they add runs in the next turn. Each callback runs to its end; a switch is an await, and only that.
//
// Invariants:
//   I1  One thread runs the loop; every member that is not marked as thread-safe checks that.
//   I2  Calls run in the order in which they became ready (but for ShuffleSeed).
//   I3  Between callbacks, Ambient is the execution context that is in place; each callback is begun with its own.
//
// Ownership: the thread that runs it; before it runs, whoever made it.
// Source: CPython Lib/asyncio/base_events.py (_run_once, run_forever, run_until_complete). Deviations are in docs/models/asyncio.md.

using System.Runtime.CompilerServices;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>asyncio's event loop: one thread, run to completion, switching only at <c>await</c>.</summary>
public sealed partial class EventLoop : ILoopHost, IDisposable
{
    private static readonly SendOrPostCallback InvokeAction = static state => Unsafe.As<Action>(state!)();

    private static readonly SendOrPostCallback RunTarget = static state =>
    {
        // Whoever took it out meanwhile does not want to be told.
        var target = Unsafe.As<PollTarget>(state!);
        if (target.Interest != PollEvents.None) target.OnReady(target.Found);
    };

    [ThreadStatic]
    private static EventLoop? _current;

    private readonly EventLoopOptions _options;
    private readonly CallRing _ready = new();
    private readonly TimerHeap _timers = new();
    private readonly Random? _random;
    private LoopTask? _firstTask;
    private bool _stopping;
    private long _tasksMade;
    private TimeProvider? _timeProvider;

    /// <summary>A loop with asyncio's defaults.</summary>
    public EventLoop() : this(new EventLoopOptions()) { }

    /// <summary>A loop that behaves as <paramref name="options"/> say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is below 1, or a time-out is not above zero.</exception>
    public EventLoop(EventLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PoolSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TurnsPerPoll, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.TlsHandshakeTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.TlsShutdownTimeout, TimeSpan.Zero, nameof(options));
        _options = options;
        _random = options.ShuffleSeed is { } seed ? new Random(seed) : null;
        Core = new LoopCore(this, LoopMeter.Asyncio, options.PoolSize, options.VirtualTime, options.BlockingWaits)
        {
            TlsHandshake = options.TlsHandshakeTimeout,
            TlsShutdown = options.TlsShutdownTimeout,
            TellsLateShutdown = true,
        };
        Turns = new TurnStore(this);
        SlowCallbackDuration = options.SlowCallback;
        Debug = options.Debug;
    }

    /// <summary>The loop that runs on this thread.</summary>
    /// <exception cref="EventLoopException">None does.</exception>
    public static EventLoop Current => _current ?? ThrowNotRunning();

    /// <summary>The loop that runs on this thread, if one does.</summary>
    public static EventLoop? CurrentOrNull => _current;

    /// <summary>Whether it runs now.</summary>
    public bool IsRunning => Core.OwnerThread != 0;

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop's clock: monotonic, from a point that means nothing.</summary>
    public TimeSpan Time => new(Core.Clock.Now / 100);

    /// <summary>The loop's clock for code that takes a <see cref="System.TimeProvider"/>, for example
    /// <c>Task.Delay(delay, loop.TimeProvider)</c>: with virtual time its delays take none. Timers call back on the loop.
    /// Thread-safe.</summary>
    public TimeProvider TimeProvider => _timeProvider ??= new LoopTimeProvider(this);

    /// <summary>Whether new tasks run at once up to their first wait (Python: <c>eager_task_factory</c>).</summary>
    public bool EagerTasks { get; set; }

    /// <summary>The task whose step runs now.</summary>
    public LoopTask? CurrentTask => RunningTask;

    /// <summary>What the loop has done so far.</summary>
    public LoopMetrics Metrics => Core.Metrics;

    LoopCore ILoopHost.Core => Core;

    internal LoopCore Core { get; }

    /// <summary>Whether this thread may use it: it runs here, or nowhere.</summary>
    internal bool IsUsableHere => Core.OwnerThread == 0 || Core.IsOwnThread;

    internal LoopTask? RunningTask { get; set; }

    internal TurnStore Turns { get; }

    /// <summary>The execution context that is in place between callbacks; whoever runs a callback keeps it true.</summary>
    internal ExecutionContext Ambient = AmbientContext.Empty;

    /// <summary>Calls <paramref name="callback"/> in the next turn, after what is ready already.</summary>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    public CallHandle CallSoon(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        CheckThread();
        TakeLetters();
        var context = AmbientContext.Capture();
        if (context == AmbientContext.Empty && _random is null) return new CallHandle(_ready, _ready.Push(InvokeAction, callback));
        var call = new ContextCall(callback, context);
        _ready.Push(ContextCall.Run, call);
        return new CallHandle(call);
    }

    /// <summary>
    /// As <see cref="CallSoon(Action)"/> with an argument, which saves a closure. The caller's async-local values are not kept.
    /// </summary>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    public void CallSoon(SendOrPostCallback callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        CheckThread();
        Schedule(callback, state);
    }

    /// <summary>Calls <paramref name="callback"/> when <paramref name="delay"/> has passed; a delay that is not positive means the next
    /// turn.</summary>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    public TimerHandle CallLater(TimeSpan delay, Action callback) => CallAt(Time + LoopClock.Limit(delay), callback);

    /// <summary>Calls <paramref name="callback"/> when <see cref="Time"/> has come to <paramref name="when"/>. Equal times run in the order
    /// of the calls.</summary>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    public TimerHandle CallAt(TimeSpan when, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        CheckThread();
        var context = AmbientContext.Capture();
        return context == AmbientContext.Empty
            ? _timers.Add(LoopClock.Nanoseconds(when), InvokeAction, callback)
            : _timers.Add(LoopClock.Nanoseconds(when), ContextCall.Run, new ContextCall(callback, context));
    }

    /// <summary>A future of this loop.</summary>
    public Future<T> CreateFuture<T>() => new(this);

    /// <summary>Starts a task on this loop; its first step runs in the next turn.</summary>
    public LoopTask CreateTask(Coroutine coroutine, string? name = null, LoopContext? context = null)
    {
        CheckOpen();
        CheckThread();
        return Launch(new VoidTask(this, coroutine, null, context), name);
    }

    /// <summary>Starts a task on this loop; its first step runs in the next turn.</summary>
    public LoopTask<T> CreateTask<T>(Coroutine<T> coroutine, string? name = null, LoopContext? context = null)
    {
        CheckOpen();
        CheckThread();
        return Launch(new LoopTask<T>(this, coroutine, null, context), name);
    }

    /// <summary>The tasks that are not done.</summary>
    public IReadOnlyList<LoopTask> AllTasks()
    {
        var tasks = new List<LoopTask>();
        for (var task = _firstTask; task is not null; task = task.Next) tasks.Add(task);
        tasks.Reverse();
        return tasks;
    }

    void ILoopHost.Post(SendOrPostCallback callback, object? state)
    {
        if (Core.IsOwnThread) _ready.Push(callback, state);
        else Core.Send(callback, state);
    }

    Action ILoopHost.Later(TimeSpan delay, Action callback)
    {
        var timer = _timers.Add(Core.Clock.Now + delay.Ticks * 100, InvokeAction, callback);
        return timer.Cancel;
    }

    /// <summary>A call like any other, behind those that are ready, as in asyncio.</summary>
    void ILoopHost.OnReady(PollTarget target, PollEvents events)
    {
        target.Found = events;
        _ready.Push(RunTarget, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Schedule(SendOrPostCallback callback, object? state)
    {
        TakeLetters();
        _ready.Push(callback, state);
    }

    /// <summary>Puts a task into the ready ring: its next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Schedule(LoopTask task)
    {
        TakeLetters();
        _ready.Push(task);
    }

    /// <summary>What another thread has called before this call is in front of it: in asyncio there is one queue for both.</summary>
    private void TakeLetters()
    {
        if (!Core.Inbox.IsEmpty) DrainInbox();
    }

    internal TimerHandle ScheduleAt(long when, SendOrPostCallback callback, object? state) => _timers.Add(when, callback, state);

    internal void Add(LoopTask task)
    {
        task.Next = _firstTask;
        if (_firstTask is not null) _firstTask.Previous = task;
        _firstTask = task;
    }

    internal void Remove(LoopTask task)
    {
        if (task.Previous is null) _firstTask = task.Next;
        else task.Previous.Next = task.Next;
        if (task.Next is not null) task.Next.Previous = task.Previous;
        task.Previous = null;
        task.Next = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CheckThread()
    {
        var owner = Core.OwnerThread;
        if (owner != 0 && owner != Environment.CurrentManagedThreadId) ThrowWrongThread();
    }

    internal long NextTaskNumber() => ++_tasksMade;

    /// <summary>As in CPython 3.13, an eager task gets its name after its first step.</summary>
    private TTask Launch<TTask>(TTask task, string? name)
        where TTask : LoopTask
    {
        if (name is not null && !EagerTasks) task.Name = name;
        task.Launch(EagerTasks);
        if (name is not null && EagerTasks) task.Name = name;
        return task;
    }

    private void CheckOpen()
    {
        if (IsClosed) throw new EventLoopException("Event loop is closed");
    }

    private static EventLoop ThrowNotRunning() => throw new EventLoopException("no running event loop");

    private static void ThrowWrongThread()
    {
        const string message = "Non-thread-safe operation invoked on an event loop other than the current one";
        LoopDetectors.Raise(new("QNT5003", message + ". Use CallSoonThreadSafe.", "", TimeSpan.Zero, Environment.StackTrace));
        throw new EventLoopException(message);
    }
}

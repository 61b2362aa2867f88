// How the lock works
// ------------------
// One word (GilState) says whether the lock is held, whether somebody asks for it, and how often it changed hands. Taking and releasing
// a free lock is one compare-and-swap each. A thread that finds it held waits on a gate for one switch interval at a time; when a whole
// interval passes without a switch, it sets the drop request. The holder looks at the request at its checkpoints only: it lets go,
// wakes a waiter, and stays away until some other thread has really taken the lock (forced switching), because otherwise it would
// win the race for the lock it has just released, and the request would have been for nothing.
//
// Invariants (GlobalInterpreterLock.Taking.cs asserts them in debug builds):
//   I1  _holder is a thread's id only while the word says held, and only that thread writes _holder, _lastHolder and _depth.
//   I2  The switch number moves exactly when a thread takes the lock that was not the last to hold it.
//   I3  Taking the lock ends the drop request and the forced wait.
//   I4  A thread in a forced wait does not count as a waiter, so that a wait for nobody ends.
//
// Locking: none but the word. A gate's ticket is read before the word is looked at, so that no wake is lost between the two.
//
// Cancellation: a waiter that leaves takes itself out of the count, ends a forced wait that only it justified, and passes on a wake
// that it may have consumed.
//
// Source: CPython Python/ceval_gil.c (take_gil, drop_gil, SET_GIL_DROP_REQUEST, FORCE_SWITCHING), sys.setswitchinterval, PEP 684.
// Deviations, with reasons, are in docs/models/gil-threads.md.

using System.Runtime.CompilerServices;
using Quintet.Core;

namespace Quintet.GilThreads;

/// <summary>
/// CPython's global interpreter lock: any number of real threads, of which one runs at a time and hands over at checkpoints, at
/// awaits and around blocking work.
/// </summary>
/// <remarks>
/// <para>All members may be called from any thread. Two instances are as independent as two sub-interpreters (PEP 684): their threads run
/// in parallel.</para>
/// <para>It serialises a library that is not thread-safe while its blocking calls overlap; it makes nothing faster. Between two checkpoints
/// nobody
/// else runs, so code that was written for Python's threads keeps its atomicity.</para>
/// </remarks>
public sealed partial class GlobalInterpreterLock : IDisposable
{
    private readonly GilOptions _options;
    private readonly Lazy<GilTaskScheduler> _scheduler;
    private long _switchIntervalTicks;
    private volatile bool _disposed;

    /// <summary>A lock with CPython's defaults: 5 ms, no priorities.</summary>
    public GlobalInterpreterLock() : this(new GilOptions()) { }

    /// <summary>A lock that behaves as <paramref name="options"/> say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An interval or the number of threads is not above zero.</exception>
    public GlobalInterpreterLock(GilOptions options) : this(options, ThreadGate.Create, GilProbe.None) { }

    internal GlobalInterpreterLock(GilOptions options, Func<ThreadGate> gates, GilProbe probe)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSchedulerThreads, 1, nameof(options));
        if (options.WatchdogThreshold != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.WatchdogThreshold, TimeSpan.Zero, nameof(options));
        _options = options;
        _gate = gates();
        _ioGate = gates();
        _switched = gates();
        _probe = probe;
        _clock = options.TimeProvider;
        SwitchInterval = options.SwitchInterval;
        _scheduler = new(() => new GilTaskScheduler(this, options.MaxSchedulerThreads));
        GilMetrics.Add(this);
    }

    /// <summary>Raised on a waiting thread when the holder keeps the lock longer than the watchdog's threshold without a checkpoint; once
    /// for each holding.</summary>
    public event Action<GilHolding>? HeldWithoutCheckpoint;

    /// <summary>
    /// Raised on a thread of <see cref="StartThread"/> that ended with an exception (CPython: <c>threading.excepthook</c>). Without a
    /// handler the
    /// exception is written to the error stream, and so is what a handler throws; the process goes on.
    /// </summary>
    public event Action<GilThread, Exception>? ThreadFailed;

    /// <summary>The name given in the options.</summary>
    public string Name => _options.Name;

    /// <summary>How long a waiter waits before it asks for the lock (CPython: <c>sys.setswitchinterval</c>). Parts of a millisecond
    /// count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero.</exception>
    public TimeSpan SwitchInterval
    {
        get => new(Volatile.Read(ref _switchIntervalTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            Volatile.Write(ref _switchIntervalTicks, value.Ticks);
        }
    }

    /// <summary>Whether the calling thread holds the lock.</summary>
    public bool IsHeldByCurrentThread => Volatile.Read(ref _holder) == Environment.CurrentManagedThreadId;

    /// <summary>How often the lock went to another thread than had held it before, modulo 2^32.</summary>
    public long SwitchCount => (uint)State.SwitchNumber;

    /// <summary>Runs tasks on threads that hold the lock, and lets it go at every await.</summary>
    public TaskScheduler Scheduler => _scheduler.Value;

    /// <summary>Brings callbacks to threads that hold the lock. Current inside <see cref="Run(Action, CancellationToken)"/>.</summary>
    public SynchronizationContext SynchronizationContext => _scheduler.Value.Context;

    /// <summary>Takes the lock, or enters once more if this thread holds it. Waits as long as it takes.</summary>
    /// <returns>What leaves the lock when disposed of, on the same thread.</returns>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of, before or while waiting.</exception>
    public GilScope Enter()
    {
        Take(priority: false, Timeout.InfiniteTimeSpan, default);
        return new GilScope(this);
    }

    /// <summary>As <see cref="Enter()"/>; gives up when <paramref name="cancellation"/> is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the lock is not held.</exception>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of, before or while waiting.</exception>
    public GilScope Enter(CancellationToken cancellation)
    {
        Take(priority: false, Timeout.InfiniteTimeSpan, cancellation);
        return new GilScope(this);
    }

    /// <summary>As <see cref="Enter()"/>, for at most <paramref name="timeout"/>.</summary>
    /// <returns>False if the time was over; then <paramref name="scope"/> leaves nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of, before or while waiting.</exception>
    public bool TryEnter(TimeSpan timeout, out GilScope scope)
    {
        if (timeout != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var taken = Take(priority: false, timeout, default);
        scope = taken ? new GilScope(this) : default;
        return taken;
    }

    /// <summary>
    /// Hands the lock over if somebody has asked for it, and returns when this thread has it again. One volatile read otherwise: put it
    /// into
    /// the loops that matter, as CPython's interpreter does between instructions.
    /// </summary>
    /// <exception cref="GilNotHeldException">The lock is wanted, and the calling thread does not hold it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Checkpoint()
    {
        if (State.DropRequested) HandOver();
    }

    /// <summary>As <see cref="Checkpoint()"/>, and the point where a cancellation arrives (CPython delivers its asynchronous exceptions
    /// there).</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the lock is still held.</exception>
    /// <exception cref="GilNotHeldException">The lock is wanted, and the calling thread does not hold it.</exception>
    public void Checkpoint(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Checkpoint();
    }

    /// <summary>Runs blocking work without the lock (C: <c>Py_BEGIN_ALLOW_THREADS</c>) and takes it back, however deeply it was
    /// entered.</summary>
    /// <exception cref="GilNotHeldException">The calling thread does not hold the lock.</exception>
    /// <exception cref="ObjectDisposedException">The lock was disposed of meanwhile; this thread no longer holds it.</exception>
    public void AllowThreads(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        AllowThreads(static action => { action(); return 0; }, work);
    }

    /// <inheritdoc cref="AllowThreads(Action)"/>
    public T AllowThreads<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AllowThreads(static function => function(), work);
    }

    /// <summary>
    /// Starts asynchronous work on the thread pool, without the lock. Await it at once: the await lets the lock go, and the code after it
    /// has it again.
    /// </summary>
    /// <exception cref="GilHeldAcrossAwaitException">The calling thread holds the lock by <see cref="Enter()"/>, not by
    /// <see cref="Scheduler"/>.</exception>
    /// <exception cref="GilNotHeldException">The calling thread does not hold the lock.</exception>
    public Task AllowThreadsAsync(Func<Task> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        RequireScheduler();
        return Task.Run(work, cancellation);
    }

    /// <inheritdoc cref="AllowThreadsAsync(Func{Task}, CancellationToken)"/>
    public Task<T> AllowThreadsAsync<T>(Func<Task<T>> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        RequireScheduler();
        return Task.Run(work, cancellation);
    }

    /// <summary>Runs <paramref name="work"/> on a thread of <see cref="Scheduler"/>.</summary>
    /// <returns>Its end; a <see cref="GilMisuseException"/> if it entered the lock more often than it left it.</returns>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of.</exception>
    public Task Run(Action work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Start(() => { Balanced(static work => { work(); return 0; }, work); }, cancellation);
    }

    /// <inheritdoc cref="Run(Action, CancellationToken)"/>
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Start(() => Balanced(static work => work(), work), cancellation);
    }

    /// <summary>Runs an asynchronous method under the lock; it is free while the method awaits.</summary>
    /// <returns>Its end; a <see cref="GilHeldAcrossAwaitException"/> if it entered the lock and had not left it at its first
    /// await.</returns>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of.</exception>
    public Task Run(Func<Task> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Start(() => Balanced(static work => work(), work), cancellation).Unwrap();
    }

    /// <inheritdoc cref="Run(Func{Task}, CancellationToken)"/>
    public Task<T> Run<T>(Func<Task<T>> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Start(() => Balanced(static work => work(), work), cancellation).Unwrap();
    }

    /// <summary>Starts an operating-system thread that holds the lock while it runs (Python:
    /// <c>threading.Thread(target=…).start()</c>).</summary>
    /// <param name="body">What it does. It begins when it has the lock.</param>
    /// <param name="name">The thread's name; "Thread-N" if none is given.</param>
    /// <param name="background">True for Python's daemon threads: the process does not wait for it.</param>
    /// <exception cref="ObjectDisposedException">The lock has been disposed of.</exception>
    public GilThread StartThread(Action body, string? name = null, bool background = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new GilThread(this, body, name, background);
    }

    /// <summary>
    /// Ends the lock. Threads that wait for it get an <see cref="ObjectDisposedException"/>; the one that holds it goes on to its end, and
    /// so does work that
    /// <see cref="Scheduler"/> has accepted. (A CPython thread that takes the lock of a finalised interpreter hangs for ever, bpo-36475.)
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        GilMetrics.Remove(this);
        WakeEverybody();
    }

    internal void OnThreadFailed(GilThread thread, Exception exception)
    {
        if (GilEventSource.Log.IsEnabled()) GilEventSource.Log.ThreadFailed(Name, thread.Name, exception.ToString());
        var text = $"Exception in thread {thread.Name}:{Environment.NewLine}{exception}";
        try
        {
            if (ThreadFailed is { } handler) handler(thread, exception);
            else Console.Error.WriteLine(text);
        }
        catch (Exception failure)
        {
            TellOfFailure(text, failure);
        }
    }

    /// <summary>Whoever is told of a failure and fails, too, ends nothing but himself.</summary>
    private static void TellOfFailure(string text, Exception failure)
    {
        try
        {
            Console.Error.WriteLine($"{text}{Environment.NewLine}{nameof(ThreadFailed)} failed:{Environment.NewLine}{failure}");
        }
        catch (Exception)
        {
            // The error stream is what failed: nobody is left to tell.
        }
    }

    private Task Start(Action work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, Scheduler);
    }

    private Task<T> Start<T>(Func<T> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, Scheduler);
    }

    private void RequireScheduler()
    {
        RequireHeld("AllowThreadsAsync");
        if (GilTaskScheduler.RunningFor == this && _depth == 1) return;
        throw new GilHeldAcrossAwaitException(
            $"'{Name}' is held by Enter(), and the code after an await may run on another thread. Use AllowThreads, or begin with Run.");
    }

    private void RequireHeld(string member)
    {
        if (IsHeldByCurrentThread) return;
        var thread = Environment.CurrentManagedThreadId;
        throw new GilNotHeldException($"{member}: thread {thread} does not hold '{Name}'. Enter() it first.");
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>
/// Runs goroutines on a few threads: Go's G-P-M model. There is a default one behind <see cref="Go"/>; more can be made beside it, each
/// with its own limit, clock and failure handling.
/// </summary>
/// <remarks>
/// Safe for any number of threads. Its threads are background threads, start on demand and end when idle for seconds, so that a
/// scheduler without work costs nothing and need not be disposed.
/// Semantics: the Go runtime's scheduler (runtime/proc.go); docs/models/goroutines.md lists the deviations.
/// </remarks>
public sealed partial class GoScheduler : IDisposable
{
    private static readonly Lazy<GoScheduler> TheDefault = new(() => new GoScheduler(new GoSchedulerOptions { DetectDeadlock = false }));

    private readonly Lock _gate = new();
    private readonly GoSchedulerOptions _options;
    private readonly SchedulerMonitor _monitor;
    private readonly Stack<Processor> _idle = new();
    private readonly Stack<Processor> _spares = new();
    private readonly List<Machine> _parked = [];
    private readonly HashSet<Machine> _away = []; // blocked inside of a goroutine, or locked to one that is parked
    private volatile Processor[] _all = [];
    private GlobalQueue _global;
    private volatile bool _stopped;
    private volatile int _maxProcs;
    private int _idleCount;
    private int _spinning;
    private int _detached;
    private int _machines;
    private int _machineNumber;
    private int _mains;
    private int _external;
    private long _retakes;
    private long _steals;
    private long _foreignSpawns;

    /// <summary>Makes a scheduler.</summary>
    /// <param name="options">How it is to behave; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public GoScheduler(GoSchedulerOptions? options = null)
    {
        _options = options ?? new GoSchedulerOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxProcs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxThreads);
        if (_options.TimeSlice != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TimeSlice, TimeSpan.Zero);
        Home = new GoroutineRecord(this);
        _monitor = new SchedulerMonitor(this);
        lock (_gate)
        {
            for (var n = 0; n < _options.MaxProcs; n++) PutIdle(TakeSpare());
            _maxProcs = _options.MaxProcs;
        }

        GoMetrics.Add(this);
    }

    /// <summary>A scheduler without threads, whose one processor belongs to a driver.</summary>
    internal GoScheduler(GoSchedulerOptions options, ScheduleDriver driver)
    {
        _options = options;
        _maxProcs = 1;
        Driver = driver;
        Home = new GoroutineRecord(this);
        _monitor = new SchedulerMonitor(this);
        _all = [new Processor(this, 0) { Driver = driver, RunNext = Processor.Taken }];
    }

    /// <summary>The scheduler that <see cref="Go"/> uses outside of any goroutine.</summary>
    public static GoScheduler Default => TheDefault.Value;

    /// <summary>The scheduler that runs the calling code; the default one when the caller is no goroutine.</summary>
    public static GoScheduler Current => Processor.Current?.Scheduler ?? Default;

    /// <summary>How many goroutines may run at the same moment. Can be changed at any time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    /// <remarks>
    /// A goroutine whose processor was retaken, because it ran for 10 ms or blocks its thread, runs on beside this many others: one
    /// processor is not mutual exclusion.
    /// </remarks>
    public int MaxProcs
    {
        get => _maxProcs;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Resize(value);
        }
    }

    /// <summary>The clock of this scheduler's timers.</summary>
    public TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>
    /// How many goroutines exist: running, runnable and parked. Exact when nothing runs. A leaked one that was collected counts on, unless
    /// <see cref="GoSchedulerOptions.LeakedGoroutine"/> asks for it.
    /// </summary>
    public long GoroutineCount
    {
        get
        {
            var count = Interlocked.Read(ref _foreignSpawns);
            foreach (var processor in _all) count += Volatile.Read(ref processor.Spawned) - Volatile.Read(ref processor.Finished);
            return count;
        }
    }

    /// <summary>How many threads the scheduler has now, parked and blocked ones included.</summary>
    public int ThreadCount => Volatile.Read(ref _machines);

    /// <summary>How often a processor was taken from a goroutine that ran for too long or blocked its thread.</summary>
    public long RetakeCount => Interlocked.Read(ref _retakes);

    /// <summary>How often a thread found work in another processor's queue.</summary>
    public long StealCount => Interlocked.Read(ref _steals);

    internal GoroutineRecord Home { get; }

    /// <summary>Takes the choices of a deterministic run; null for a scheduler with threads.</summary>
    internal ScheduleDriver? Driver { get; }

    /// <summary>
    /// Until then (a timestamp) goroutines are taken to go on for long after making others ready. Written by any machine.
    /// </summary>
    internal long LongSlicesUntil;

    internal GoSchedulerOptions Options => _options;

    /// <summary>
    /// Makes a scheduler, runs <paramref name="main"/> on it while the calling thread waits, and ends it with <paramref name="main"/>.
    /// </summary>
    /// <param name="main">The main goroutine. As in Go, the others end with it, wherever they are.</param>
    /// <param name="options">How the scheduler is to behave; null for the defaults.</param>
    /// <exception cref="GoDeadlockException">All goroutines are asleep, and the options ask to detect that.</exception>
    /// <remarks>What <paramref name="main"/> throws is thrown here.</remarks>
    public static void Run(Func<GoTask> main, GoSchedulerOptions? options)
    {
        using var scheduler = new GoScheduler(options);
        scheduler.Run(main, endsScheduler: true);
    }

    /// <summary>Runs <paramref name="main"/> on this scheduler while the calling thread waits.</summary>
    /// <param name="main">The main goroutine.</param>
    /// <exception cref="GoDeadlockException">All goroutines are asleep, and the options ask to detect that.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler was disposed before or while <paramref name="main"/> ran.</exception>
    /// <remarks>What <paramref name="main"/> throws is thrown here.</remarks>
    public void Run(Func<GoTask> main) => Run(main, endsScheduler: false);

    private void Run(Func<GoTask> main, bool endsScheduler)
    {
        ArgumentNullException.ThrowIfNull(main);
        if (Processor.Current is not null) throw new InvalidOperationException("Run waits on its thread: from a goroutine, use Go.Run.");
        var run = new MainRun(this, endsScheduler);
        try
        {
            BeginExternal(); // until main is queued, that nobody has anything to do is no deadlock
            try
            {
                Begin(run);
                Spawn(Main(main, run), "", 0);
            }
            finally
            {
                EndExternal();
            }

            run.Wait();
        }
        finally
        {
            End(run);
        }

        run.Error?.Throw();
    }

    /// <summary>Starts a goroutine on this scheduler.</summary>
    /// <param name="body">What it does: a call of a method that returns <see cref="GoTask"/>, which has not begun yet.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The body has been started already.</exception>
    public void Run(GoTask body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Spawn(body, file, line);

    /// <summary>
    /// Ends the scheduler's threads at their next scheduling point. Goroutines are not unwound: they just do not go on. Only where a
    /// goroutine blocks its thread inside this library, the thread leaves it by a <see cref="GoExitException"/>.
    /// </summary>
    public void Dispose()
    {
        Machine[] parked;
        MainRun[] runs;
        lock (_gate)
        {
            if (_stopped) return;
            _stopped = true;
            parked = [.. _parked, .. _away];
            _parked.Clear();
            _away.Clear();
            runs = [.. _runs];
        }

        foreach (var machine in parked) machine.Signal();
        foreach (var run in runs) run.Complete(ExceptionDispatchInfo.Capture(new ObjectDisposedException(nameof(GoScheduler))));
        _monitor.Wake();
    }

    private static async GoTask Main(Func<GoTask> main, MainRun run)
    {
        try
        {
            await main();
            run.Complete(null);
        }
        catch (GoExitException)
        {
            run.Exited();
            throw;
        }
        catch (Exception error)
        {
            run.Complete(ExceptionDispatchInfo.Capture(error));
        }
    }
}

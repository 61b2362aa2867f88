using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

public sealed partial class GoScheduler
{
    private readonly List<MainRun> _runs = [];
    private GoTrace? _trace;

    internal GoTrace? Trace => Volatile.Read(ref _trace);

    internal long RunnableCount => _global.Count + _all.Sum(processor => processor.Ring.Count + (processor.RunNext is null ? 0 : 1));

    internal bool TrySetTrace(GoTrace trace) => Interlocked.CompareExchange(ref _trace, trace, null) is null;

    internal void EndTrace() => Volatile.Write(ref _trace, null);

    /// <summary>
    /// Something outside will make a goroutine runnable: a timer, a task, a token. Until it has, nothing counts as a deadlock.
    /// </summary>
    internal void BeginExternal() => Interlocked.Increment(ref _external);

    /// <summary>Called after what it stood for has been queued.</summary>
    internal void EndExternal()
    {
        if (Interlocked.Decrement(ref _external) != 0 || Volatile.Read(ref _mains) == 0) return;
        bool asleep;
        lock (_gate) asleep = AllAsleep();
        if (asleep) ReportDeadlock();
    }

    /// <summary>Starts a cold frame as a goroutine.</summary>
    internal void Spawn(GoTask body, string file, int line)
    {
        ThrowIfClosed();
        var frame = body.TakeForStart();
        if (frame is null)
        {
            frame = GoTask.Nothing();
            frame.Bits |= NodeBits.Started;
        }

        frame.Bits |= NodeBits.Root | NodeBits.Strand;
        frame.Resume = frame;
        SpawnRoot(frame, file, line);
    }

    /// <summary>Starts a goroutine that makes the call itself.</summary>
    internal void Spawn(Func<GoTask> body, string file, int line) => Spawn(static call => call(), body, file, line);

    /// <summary>The same for a clock or a context, whose time may come while the scheduler ends: then nothing starts.</summary>
    internal void SpawnIfOpen(Func<GoTask> body, string file = "", int line = 0)
    {
        if (!_stopped) SpawnRoot(CallBody<Func<GoTask>>.Rent(static call => call(), body), file, line);
    }

    /// <summary>Starts a goroutine that makes the call itself, with an argument.</summary>
    internal void Spawn<TState>(Func<TState, GoTask> body, TState state, string file, int line)
    {
        ThrowIfClosed();
        SpawnRoot(CallBody<TState>.Rent(body, state), file, line);
    }

    /// <summary>
    /// Queues a new goroutine where Go does: it runs next on this processor, and what was to run next goes behind the others.
    /// </summary>
    internal void SpawnRoot(Goroutine root, string file, int line)
    {
        root.Record = _options.LeakedGoroutine is null ? Home : new TrackedRecord(this, root.Describe(), file, line);
        if (Processor.Current is { } processor && processor.Scheduler == this)
        {
            processor.Spawned++;
            if (GoTrace.IsActive) Trace?.Woke(processor, root);
            ReadySlowly(processor, root);
            return;
        }

        Interlocked.Increment(ref _foreignSpawns);
        PushGlobal(root);
    }

    // A goroutine that still runs while its scheduler ends may start others, as one does while its Go program exits: they are queued for
    // nobody, and it is not a panic of the program.
    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_stopped && Processor.Current?.Scheduler != this, this);

    /// <summary>Starts a goroutine that is no call of ours.</summary>
    internal void Start(Goroutine root, string file, int line)
    {
        ThrowIfClosed();
        SpawnRoot(root, file, line);
    }

    /// <summary>Starts a call for code outside of the model that awaits it.</summary>
    internal void SpawnGuest(GuestFrame guest) => SpawnRoot(guest, "", 0);

    /// <summary>A goroutine was collected while it waited.</summary>
    internal void Collected() => Interlocked.Decrement(ref _foreignSpawns);

    /// <summary>A goroutine's body returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Finish(Goroutine root)
    {
        var processor = Processor.Current!;
        processor.Finished++;
        if (!ReferenceEquals(root.Record, processor.Home)) root.Record.Finished();
    }

    /// <summary>A goroutine's body threw. It counts until that has been told: who waits for the others to end hears of all.</summary>
    internal static void Fail(Goroutine root, Exception error)
    {
        try
        {
            if (!IsExit(error)) Processor.Current!.Scheduler.Panic(error, root.Describe());
        }
        finally
        {
            Finish(root);
        }
    }

    /// <summary>Hands an error that nobody catches to the handler, or ends the process with it.</summary>
    private void Panic(Exception error, string goroutine)
    {
        GoEventSource.Log.Panicked(goroutine, error.GetType().Name);
        if (_options.UnhandledException is { } handler)
        {
            handler(new GoPanic(error, goroutine));
            return;
        }

        Console.Error.WriteLine(
            $"panic: {error.GetType().Name}: {error.Message}{Environment.NewLine}{Environment.NewLine}goroutine [running] {goroutine}");
        var captured = ExceptionDispatchInfo.Capture(error);
        var dying = new Thread(captured.Throw) { IsBackground = false, Name = "panic" };
        dying.UnsafeStart();
        Thread.Sleep(Timeout.Infinite); // the process ends under this thread
    }

    // Where a goroutine leaves from inside of a type's initialiser or a call by reflection, the base library wraps what it leaves by.
    private static bool IsExit(Exception error) =>
        error is GoExitException or TypeInitializationException { InnerException: GoExitException }
            or System.Reflection.TargetInvocationException { InnerException: GoExitException };

    /// <summary>Starts the main goroutine of a deterministic run.</summary>
    internal MainRun BeginDriven(Func<GoTask> main)
    {
        var run = new MainRun(this);
        Spawn(Main(main, run), "", 0);
        return run;
    }

    /// <summary>What other threads made runnable in a deterministic run.</summary>
    internal Goroutine? TakeInjected()
    {
        if (!HasGlobalWork) return null;
        lock (_gate) return _global.Take();
    }

    private void Begin(MainRun run)
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        lock (_gate) _runs.Add(run);
        run.IsCounted = _options.DetectDeadlock;
        if (run.IsCounted) Interlocked.Increment(ref _mains);
    }

    internal void MainEnded() => Interlocked.Decrement(ref _mains);

    private void End(MainRun run)
    {
        lock (_gate) _runs.Remove(run);
        if (!run.IsDone) run.Complete(null); // its main could not be started
    }

    private void ReportDeadlock()
    {
        MainRun[] runs;
        lock (_gate)
        {
            if (!AllAsleep()) return;
            runs = [.. _runs.Where(run => !run.IsDone)];
        }

        if (runs.Length == 0) return;
        var parked = ParkingPlaces.ParkedOf(this).Parked;
        GoEventSource.Log.Deadlock(parked.Count);
        foreach (var run in runs)
        {
            var message = run.DeadlockText;
            GoDetectors.AllAsleep(message, parked);
            run.Complete(ExceptionDispatchInfo.Capture(new GoDeadlockException(message, parked)));
        }
    }
}

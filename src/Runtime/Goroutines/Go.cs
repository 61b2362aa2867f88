using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>What a goroutine can say: start another, give way, end, block.</summary>
/// <remarks>All of it works on the scheduler that runs the caller, and on <see cref="GoScheduler.Default"/> outside of
/// goroutines.</remarks>
public static partial class Go
{
    /// <summary>How many goroutines may run at the same moment on the current scheduler.</summary>
    public static int MaxProcs
    {
        get => GoScheduler.Current.MaxProcs;
        set => GoScheduler.Current.MaxProcs = value;
    }

    /// <summary>How many goroutines the current scheduler has.</summary>
    public static long GoroutineCount => GoScheduler.Current.GoroutineCount;

    /// <summary>Starts a call as a goroutine: <c>Go.Run(Work(7))</c> is Go's <c>go work(7)</c>.</summary>
    /// <param name="call">The call. Its arguments have been evaluated, its body begins in the goroutine.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <exception cref="InvalidOperationException">The call has been started or awaited already.</exception>
    public static void Run(GoTask call, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        GoScheduler.Current.Spawn(call, file, line);

    /// <summary>Starts a goroutine, in which the body is called: <c>go func() { … }()</c>.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    [OverloadResolutionPriority(2)]
    public static void Run(Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        GoScheduler.Current.Spawn(body, file, line);
    }

    /// <summary>Starts a goroutine with an argument, so that the body can be a static lambda and capture nothing.</summary>
    /// <typeparam name="TState">The type of the argument.</typeparam>
    /// <param name="body">What it does.</param>
    /// <param name="state">The argument.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    public static void Run<TState>(
        Func<TState, GoTask> body, TState state, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        GoScheduler.Current.Spawn(body, state, file, line);
    }

    /// <summary>Starts a goroutine whose body is a plain async method; what follows its awaits stays on the scheduler.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <remarks>Costs more than a <see cref="GoTask"/> body: a task, and a delegate for each wait.</remarks>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    [OverloadResolutionPriority(1)]
    public static void Run(Func<Task> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        var scheduler = GoScheduler.Current;
        scheduler.Start(new TaskBody(scheduler, body), file, line);
    }

    /// <summary>
    /// Starts a goroutine whose body is synchronous. Where it waits inside this library, its thread hands the processor over.
    /// </summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    public static void Run(Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        GoScheduler.Current.Start(new ActionBody(body), file, line);
    }

    /// <summary>Gives way: the goroutine goes on when everything that is runnable now had its turn (Go's <c>runtime.Gosched</c>).</summary>
    /// <returns>What to await.</returns>
    public static YieldOperation Yield() => default;

    /// <summary>Ends the goroutine after its <c>finally</c> blocks have run (Go's <c>runtime.Goexit</c>).</summary>
    /// <exception cref="GoExitException">Always: it unwinds the goroutine. Handlers for all exceptions must throw it on.</exception>
    [DoesNotReturn]
    public static void Exit() => throw new GoExitException();

    /// <summary>
    /// Runs code that blocks its thread, and hands the processor over for as long as it takes, so that other goroutines run at once and not
    /// only after the monitor has noticed.
    /// </summary>
    /// <param name="blocking">The code.</param>
    public static void Blocking(Action blocking)
    {
        ArgumentNullException.ThrowIfNull(blocking);
        Blocking(() =>
        {
            blocking();
            return default(Unit);
        });
    }

    /// <summary>As <see cref="Blocking(Action)"/>, with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="blocking">The code.</param>
    /// <returns>What it returned.</returns>
    public static T Blocking<T>(Func<T> blocking)
    {
        ArgumentNullException.ThrowIfNull(blocking);
        if (Processor.Current is not { Driver: null } processor) return blocking();
        var scheduler = processor.Scheduler;
        var waiter = ThreadWaiter.ForThisThread();
        scheduler.BeginExternal(); // the thread comes back by itself
        return waiter.While(blocking, scheduler);
    }

    private static void ThrowIfNil(object? body)
    {
        if (body is null) throw new ArgumentNullException(nameof(body), "go of nil func value");
    }
}

// How a single worker process works
// ---------------------------------
// It is a worker as a pool has them (WorkerEntry says how it comes to life), which is told to run one function and to end with it. A thread
// of ours reads its connection until that ends, and then waits for the process, so that it is known how it ended.
//
// Invariants:
//   I1  Start has returned <=> the worker has read the function and its argument: what the argument refers to is open there.
//   I2  ExitCode is null <=> the process has not been seen to end. It never changes afterwards.
//   I3  Nothing outlives this process: the worker's standard input is ours, and its end is the worker's (WorkerControl).
//
// Source: CPython multiprocessing.Process. Deviations: docs/models/multiprocessing.md.

using System.Collections.Concurrent;
using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Multiprocessing;

/// <summary>
/// A static function that runs in a process of its own (Python: <c>multiprocessing.Process</c>), started without running <c>Main</c>. It
/// never outlives this process (Python: <c>daemon=True</c>).
/// </summary>
/// <remarks>All members may be called from any thread. To talk with it, give it a <see cref="ProcessPipe"/>'s end, a
/// <see cref="ProcessQueue{T}"/> or shared memory.</remarks>
public sealed partial class WorkerProcess : IAsyncDisposable, IDisposable
{
    private static readonly ConcurrentDictionary<WorkerProcess, bool> Living = new();

    private readonly WorkerConnection _connection;
    private readonly FunctionReference _function;
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(WorkerConnection connection, FunctionReference function, string name)
    {
        (_connection, _function, Name) = (connection, function, name);
        ProcessId = connection.ProcessId;
        Living[this] = true;
        new Thread(Watch) { IsBackground = true, Name = "quintet worker process" }.Start();
    }

    /// <summary>Those that run now (Python: <c>active_children</c>, without workers of pools).</summary>
    public static IReadOnlyList<WorkerProcess> Active => [.. Living.Keys];

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The process id.</summary>
    public int ProcessId { get; }

    /// <summary>Whether it has not been seen to end.</summary>
    public bool IsAlive => !_ended.Task.IsCompleted;

    /// <summary>
    /// What it ended with, or null while it runs: the function's result if it is a number, else 0; 1 if the function threw; 128 + n if
    /// signal n ended it.
    /// </summary>
    public int? ExitCode => _ended.Task.IsCompleted ? _ended.Task.Result : null;

    /// <summary>The number of the signal that ended it, if it was one (Python: the exit code below zero).</summary>
    public int? Signal => ExitCode is { } code ? WorkerCrashedException.SignalOf(code) : null;

    /// <summary>What the function threw, if it did; also written to the process's standard error.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts <paramref name="function"/> in a process of its own. Returns when the process has begun to run it: it takes what
    /// starting a program takes.</summary>
    /// <param name="function">A static method or static lambda.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ProcessFunctionException">The function cannot cross.</exception>
    /// <exception cref="PayloadSerializationException">The argument cannot cross.</exception>
    /// <exception cref="WorkerStartException">The process could not be started, or this process is a worker and
    /// <see cref="WorkerProcessOptions.AllowInWorker"/> is not set.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of range.</exception>
    public static WorkerProcess Start(Action function, WorkerProcessOptions? options = null) => Start(function, default(Nothing), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T>(Action<T> function, T argument, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, argument, options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2>(
        Action<T1, T2> function, T1 argument1, T2 argument2, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2, T3>(
        Action<T1, T2, T3> function, T1 argument1, T2 argument2, T3 argument3, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2, argument3), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start(Func<int> function, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, default(Nothing), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T>(Func<T, int> function, T argument, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, argument, options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2>(
        Func<T1, T2, int> function, T1 argument1, T2 argument2, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2), options);

    /// <summary>Completes with the exit code when the process has ended.</summary>
    /// <param name="cancellation">Ends the wait, not the process.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<int> WaitAsync(CancellationToken cancellation = default) => _ended.Task.WaitAsync(cancellation);

    /// <summary>Waits until the process has ended, for <paramref name="timeout"/> at most (Python: <c>join</c>).</summary>
    /// <returns>Whether it has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    public bool Wait(TimeSpan timeout) => _ended.Task.Wait(timeout);

    /// <summary>Cancels <see cref="ProcessWorker.Cancellation"/> in the process. The function decides what to do.</summary>
    public void Cancel()
    {
        if (IsAlive) _connection.Cancel(WorkerConnection.OnlyTask);
    }

    /// <summary>
    /// Asks the process to end: SIGTERM, which ends it without its exit handlers (as in Python) unless the function handles it
    /// (<see cref="System.Runtime.InteropServices.PosixSignalRegistration"/>). On Windows it is killed. Nothing happens to one that has
    /// ended.
    /// </summary>
    public void Terminate()
    {
        if (IsAlive) _connection.Terminate();
    }

    /// <summary>Ends the process at once. Nothing happens to one that has ended.</summary>
    public void Kill()
    {
        if (IsAlive) _connection.Kill();
    }

    /// <summary>Kills the process, if it runs, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>.</summary>
    public void Dispose()
    {
        Kill();
        _ended.Task.Wait();
    }

    /// <summary>Name, process id and how it is.</summary>
    public override string ToString() =>
        $"{Name} (process {ProcessId}, {(ExitCode is { } code ? WorkerCrashedException.Describe(code) : "running")})";

    private static WorkerProcess Start<T>(Delegate function, T argument, WorkerProcessOptions? options)
    {
        options ??= new WorkerProcessOptions();
        var checkedOptions = options.Checked();
        WorkerEntry.RequireMayStart(options.AllowInWorker, "process");
        var reference = FunctionReference.To(function);
        var name = options.Name ?? function.Method.Name;

        // Before anything is started: an argument that cannot cross costs no process.
        using var frames = OnlyTaskFrames.Of(reference, argument);
        var connection = WorkerConnection.Start(checkedOptions, CancellationToken.None);
        try
        {
            frames.Send(connection, options.StartTimeout, reference.Home);
            return new WorkerProcess(connection, reference, name);
        }
        catch
        {
            connection.Kill();
            connection.End(TimeSpan.FromSeconds(5));
            connection.Dispose();
            throw;
        }
    }

    private void Watch()
    {
        try
        {
            while (_connection.Frames.Fill())
            {
                while (_connection.Frames.TryNext(out var header, out var body))
                {
                    if (header.Kind != Wire.FrameKind.Error) continue;
                    var reader = new PayloadReader(body.Span);
                    Failure = RemoteFailure.Read(ref reader, _function.Home, ProcessId);
                }
            }
        }
        catch (ProcessProtocolException)
        {
            // What a dying process wrote may be anything. How it ended is known all the same.
        }

        // Its connection ends with the process; a function that closed it in some other way may take its time.
        var code = _connection.End(Timeout.InfiniteTimeSpan);
        Living.TryRemove(this, out _);
        _ended.SetResult(code);
        _connection.Dispose();
    }
}

// How a pool works
// ----------------
// Work waits in one queue; each worker takes from it what it has room for, so no work is bound to a worker before it is sent there. A map
// is one
// entry of the queue that makes its chunks as they are taken. Units of a worker that died before it began them stand before the queue.
// Workers are started when there is more work than workers without any, up to the number allowed.
//
// Invariants, true whenever _gate is free:
//   I1  A unit is in one place: in a source of _queue, in _returned, or with a worker; _withWorkers counts the last.
//   I2  No source in _queue is exhausted, but for maps that have failed, which leave when they are next asked.
//   I3  A pool that is broken or terminated has nothing queued.
//
// Locking: _gate guards all fields. It is taken last: under a worker's lock, and before none but a map's.
//
// Cancellation: queued work never begins; begun work is told, and its worker ended after the grace.
//
// Source: CPython concurrent.futures.ProcessPoolExecutor and multiprocessing.pool.Pool. Deviations: docs/models/multiprocessing.md.

using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Pooling;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Multiprocessing;

/// <summary>
/// Runs static functions in worker processes of this program: own memory, own collector, real parallelism, and a crash that stays where it
/// happens.
/// </summary>
/// <remarks>
/// <para>All members may be called from any thread. Workers are started when needed, without running <c>Main</c>, and none outlives this
/// process.</para>
/// <para>Each task is begun at most once. If its worker crashes, that task fails with <see cref="WorkerCrashedException"/> and no other
/// does.</para>
/// </remarks>
public sealed partial class ProcessPool : IAsyncDisposable
{
    private readonly ProcessPoolOptions _options;

    /// <summary>A pool with as many workers as there are processors.</summary>
    /// <exception cref="WorkerStartException">This process is a worker.</exception>
    public ProcessPool() : this(new ProcessPoolOptions()) { }

    /// <summary>A pool that behaves as <paramref name="options"/> say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ProcessFunctionException">The initializer cannot cross.</exception>
    /// <exception cref="WorkerStartException">This process is a worker, and <see cref="ProcessPoolOptions.AllowInWorker"/> is not
    /// set.</exception>
    public ProcessPool(ProcessPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.Initializer is { } initializer) FunctionReference.To(initializer);
        WorkerEntry.RequireMayStart(options.AllowInWorker, "process pool");
        _options = options;
        Number = PoolMetrics.Add(this);
        if (options.TaskTimeout != Timeout.InfiniteTimeSpan)
        {
            var period = TimeSpan.FromMilliseconds(Math.Clamp(options.TaskTimeout.TotalMilliseconds / 5, 5, 250));
            _clock = new Timer(static pool => ((ProcessPool)pool!).CheckTimes(), this, period, period);
        }
    }

    /// <summary>By which metrics and events tell of it.</summary>
    internal int Number { get; }

    internal PoolTally Tally { get; } = new();

    /// <summary>The process ids of the workers that are there now.</summary>
    public IReadOnlyList<int> WorkerProcessIds
    {
        get
        {
            lock (_gate) return [.. _workers.Where(static worker => worker.IsReady).Select(static worker => worker.ProcessId!.Value)];
        }
    }

    /// <summary>Starts all workers and waits until they are ready; without it they are started when there is work.</summary>
    /// <exception cref="BrokenProcessPoolException">They cannot be started, or their initializer failed.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public Task StartAsync()
    {
        Task[] starts;
        lock (_gate)
        {
            ThrowIfUnusable();
            EnsureWorkers(_options.WorkerCount);
            starts = [.. _workers.Select(static worker => worker.Started)];
        }
        return AllStartedAsync(starts);
    }

    /// <summary>Runs <paramref name="function"/> in a worker.</summary>
    /// <returns>Its result.</returns>
    /// <exception cref="ProcessFunctionException">The function cannot cross.</exception>
    /// <exception cref="PayloadSerializationException">An argument cannot cross, or no result of this type. (A single result that cannot is
    /// the task's failure.)</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="BrokenProcessPoolException">Workers cannot be started.</exception>
    public Task<TOut> RunAsync<TOut>(Func<TOut> function, CancellationToken cancellation = default) =>
        Submit<Nothing, TOut>(function, default, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task<TOut> RunAsync<T, TOut>(Func<T, TOut> function, T argument, CancellationToken cancellation = default) =>
        Submit<T, TOut>(function, argument, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task<TOut> RunAsync<T1, T2, TOut>(
        Func<T1, T2, TOut> function, T1 argument1, T2 argument2, CancellationToken cancellation = default) =>
        Submit<(T1, T2), TOut>(function, (argument1, argument2), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task<TOut> RunAsync<T1, T2, T3, TOut>(
        Func<T1, T2, T3, TOut> function, T1 argument1, T2 argument2, T3 argument3, CancellationToken cancellation = default) =>
        Submit<(T1, T2, T3), TOut>(function, (argument1, argument2, argument3), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task RunAsync(Action function, CancellationToken cancellation = default) =>
        Submit<Nothing, Nothing>(function, default, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task RunAsync<T>(Action<T> function, T argument, CancellationToken cancellation = default) =>
        Submit<T, Nothing>(function, argument, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task RunAsync<T1, T2>(Action<T1, T2> function, T1 argument1, T2 argument2, CancellationToken cancellation = default) =>
        Submit<(T1, T2), Nothing>(function, (argument1, argument2), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{TOut}, CancellationToken)"/>
    public Task RunAsync<T1, T2, T3>(
        Action<T1, T2, T3> function, T1 argument1, T2 argument2, T3 argument3, CancellationToken cancellation = default) =>
        Submit<(T1, T2, T3), Nothing>(function, (argument1, argument2, argument3), cancellation);

    /// <summary>
    /// Runs <paramref name="function"/> for each input, <paramref name="chunkSize"/> inputs to a message, and gives the results in the
    /// order of the
    /// inputs. The first failure ends the map: chunks that were begun are waited for, others never begin.
    /// </summary>
    /// <param name="function">A static method or static lambda.</param>
    /// <param name="inputs">Must not change until the map has ended. A sequence that is no list is read to its end first.</param>
    /// <param name="chunkSize">0 for automatic: four chunks per worker, as Python's <c>Pool.map</c> does.</param>
    /// <param name="progress">Told the number of finished inputs after each chunk, on a thread of the pool.</param>
    /// <param name="cancellation">Ends the map.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size is negative.</exception>
    /// <exception cref="ProcessFunctionException">The function cannot cross.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="BrokenProcessPoolException">Workers cannot be started.</exception>
    public Task<TOut[]> MapAsync<TIn, TOut>(
        Func<TIn, TOut> function,
        IEnumerable<TIn> inputs,
        int chunkSize = 0,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default) => Map<TIn, TOut>(function, inputs, chunkSize, progress, cancellation);

    private Task<TOut[]> Map<TIn, TOut>(
        Delegate function, IEnumerable<TIn> inputs, int chunkSize, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(chunkSize);
        var reference = FunctionReference.To(function);
        RequireResult<TOut>();
        var list = inputs as IReadOnlyList<TIn> ?? [.. inputs];
        if (chunkSize == 0) chunkSize = Math.Max(1, (list.Count + _options.WorkerCount * 4 - 1) / (_options.WorkerCount * 4));
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<TOut[]>(cancellation);
        lock (_gate) ThrowIfUnusable();
        if (list.Count == 0) return Task.FromResult(Array.Empty<TOut>());

        var job = new MapJob<TIn, TOut>(reference, list, chunkSize, progress, cancellation);
        Enqueue(job);
        if (cancellation.CanBeCanceled)
        {
            var registration = cancellation.UnsafeRegister(
                _ =>
                {
                    job.Cancel();
                    CancelUnits(job);
                },
                null);
            _ = job.Task.ContinueWith(_ => registration.Dispose(), TaskScheduler.Default);
        }
        return job.Task;
    }

    /// <summary>
    /// Runs <paramref name="function"/> for each input and gives each result as soon as it is there (Python: <c>imap_unordered</c>). Inputs
    /// are read only
    /// as results are taken, so both may be endless.
    /// </summary>
    /// <param name="function">A static method or static lambda.</param>
    /// <param name="inputs">Read one at a time.</param>
    /// <param name="maxPending">The most inputs that are read ahead of the results taken; 0 for 32 per worker.</param>
    /// <param name="cancellation">Ends the enumeration.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public IAsyncEnumerable<TOut> MapUnorderedAsync<TIn, TOut>(
        Func<TIn, TOut> function, IAsyncEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        var pending = PendingOf<TIn, TOut>(function, inputs, maxPending);
        return new UnorderedMap<TIn, TOut>(Run, inputs, pending, cancellation);

        Task<TOut> Run(TIn input, CancellationToken stop) => RunAsync(function, input, stop);
    }

    /// <inheritdoc cref="MapUnorderedAsync{TIn, TOut}(Func{TIn, TOut}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    public IAsyncEnumerable<TOut> MapUnorderedAsync<TIn, TOut>(
        Func<TIn, TOut> function, IEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return MapUnorderedAsync(function, inputs.ToAsyncEnumerable(), maxPending, cancellation);
    }

    /// <summary>
    /// Runs <paramref name="function"/> for each input and gives the results in the order of the inputs while it goes on (Python:
    /// <c>imap</c>). Inputs are read only as results are taken, so both may be endless. The first failure in that order ends the
    /// enumeration, behind the results before it.
    /// </summary>
    /// <param name="function">A static method or static lambda.</param>
    /// <param name="inputs">Read one at a time.</param>
    /// <param name="maxPending">The most inputs that are read ahead of the results taken; 0 for 32 per worker.</param>
    /// <param name="cancellation">Ends the enumeration.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public IAsyncEnumerable<TOut> MapOrderedAsync<TIn, TOut>(
        Func<TIn, TOut> function, IAsyncEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        var pending = PendingOf<TIn, TOut>(function, inputs, maxPending);
        return new OrderedMap<TIn, TOut>(Run, inputs, pending, cancellation);

        Task<TOut> Run(TIn input, CancellationToken stop) => RunAsync(function, input, stop);
    }

    /// <inheritdoc cref="MapOrderedAsync{TIn, TOut}(Func{TIn, TOut}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    public IAsyncEnumerable<TOut> MapOrderedAsync<TIn, TOut>(
        Func<TIn, TOut> function, IEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return MapOrderedAsync(function, inputs.ToAsyncEnumerable(), maxPending, cancellation);
    }

    /// <summary>How many inputs a stream reads ahead; what is wrong with what it was given is said before it is enumerated.</summary>
    private int PendingOf<TIn, TOut>(Delegate function, IAsyncEnumerable<TIn> inputs, int maxPending)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(maxPending);
        FunctionReference.To(function);
        RequireResult<TOut>();
        return maxPending == 0 ? _options.WorkerCount * 32 : maxPending;
    }

    /// <summary>Takes no more work, waits for what was accepted, and ends the workers (Python: <c>shutdown(wait=True)</c>).</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            CheckDrained();
        }
        await _drained.Task.ConfigureAwait(false);
        PoolWorker[] workers;
        lock (_gate) workers = [.. _workers];
        foreach (var worker in workers) worker.ShutDown();
        await Task.WhenAll(workers.Select(static worker => worker.Ended)).ConfigureAwait(false);
        if (_clock is not null) await _clock.DisposeAsync().ConfigureAwait(false);
        PoolMetrics.Remove(this);
    }

    /// <summary>
    /// Kills the workers now (Python 3.14: <c>kill_workers</c>). Queued and running tasks fail with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async Task TerminateAsync()
    {
        PoolWorker[] workers;
        lock (_gate)
        {
            _closing = true;
            _terminated = true;
            workers = [.. _workers];
        }
        FailQueued(static () => new ObjectDisposedException(nameof(ProcessPool), "The pool was terminated before the task began."));
        foreach (var worker in workers) worker.Kill(EndReason.Terminated);
        await DisposeAsync().ConfigureAwait(false);
    }

    private Task<TOut> Submit<TIn, TOut>(Delegate function, TIn argument, CancellationToken cancellation)
    {
        var reference = FunctionReference.To(function);
        RequireResult<TOut>();
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<TOut>(cancellation);
        var unit = SingleTask<TOut>.Of(reference, argument, cancellation);
        Enqueue(new SingleSource(unit));
        if (!cancellation.CanBeCanceled) return unit.Task;
        var registration = cancellation.UnsafeRegister(_ => Cancel(unit), null);
        _ = unit.Task.ContinueWith(_ => registration.Dispose(), TaskScheduler.Default);
        return unit.Task;
    }

    /// <summary>A function whose result can never cross is not run in vain.</summary>
    private static void RequireResult<TOut>()
    {
        if (PayloadCodec<TOut>.Default is RefusedCodec<TOut> refused) throw refused.Refused();
    }

    private static void Cancel(WorkUnit unit)
    {
        if (unit.Worker is { } worker) _ = worker.CancelAsync(unit);
        else unit.Cancel();
    }

    private static async Task AllStartedAsync(Task[] starts)
    {
        try
        {
            await Task.WhenAll(starts).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not BrokenProcessPoolException)
        {
            throw new BrokenProcessPoolException(exception);
        }
    }
}

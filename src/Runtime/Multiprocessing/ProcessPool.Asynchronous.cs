using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Pooling;

namespace Quintet.Multiprocessing;

public sealed partial class ProcessPool
{
    /// <summary>
    /// Runs an asynchronous function in a worker, which waits for its task and gives back what it comes to. One task at a time: while the
    /// function waits, its worker does nothing else.
    /// </summary>
    /// <returns>What the function's task came to.</returns>
    /// <remarks>What follows an await in the function runs on the worker's thread pool. <see cref="ProcessWorker.Cancellation"/> is its
    /// token.</remarks>
    /// <exception cref="ProcessFunctionException">The function cannot cross.</exception>
    /// <exception cref="PayloadSerializationException">An argument cannot cross, or no result of this type.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="BrokenProcessPoolException">Workers cannot be started.</exception>
    public Task<TOut> RunAsync<TOut>(Func<Task<TOut>> function, CancellationToken cancellation = default) =>
        Submit<Nothing, TOut>(function, default, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task<TOut> RunAsync<T, TOut>(Func<T, Task<TOut>> function, T argument, CancellationToken cancellation = default) =>
        Submit<T, TOut>(function, argument, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task<TOut> RunAsync<T1, T2, TOut>(
        Func<T1, T2, Task<TOut>> function, T1 argument1, T2 argument2, CancellationToken cancellation = default) =>
        Submit<(T1, T2), TOut>(function, (argument1, argument2), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task<TOut> RunAsync<T1, T2, T3, TOut>(
        Func<T1, T2, T3, Task<TOut>> function, T1 argument1, T2 argument2, T3 argument3, CancellationToken cancellation = default) =>
        Submit<(T1, T2, T3), TOut>(function, (argument1, argument2, argument3), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task RunAsync(Func<Task> function, CancellationToken cancellation = default) =>
        Submit<Nothing, Nothing>(function, default, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task RunAsync<T>(Func<T, Task> function, T argument, CancellationToken cancellation = default) =>
        Submit<T, Nothing>(function, argument, cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task RunAsync<T1, T2>(Func<T1, T2, Task> function, T1 argument1, T2 argument2, CancellationToken cancellation = default) =>
        Submit<(T1, T2), Nothing>(function, (argument1, argument2), cancellation);

    /// <inheritdoc cref="RunAsync{TOut}(Func{Task{TOut}}, CancellationToken)"/>
    public Task RunAsync<T1, T2, T3>(
        Func<T1, T2, T3, Task> function, T1 argument1, T2 argument2, T3 argument3, CancellationToken cancellation = default) =>
        Submit<(T1, T2, T3), Nothing>(function, (argument1, argument2, argument3), cancellation);

    /// <inheritdoc cref="MapAsync{TIn, TOut}(Func{TIn, TOut}, IEnumerable{TIn}, int, IProgress{int}, CancellationToken)"/>
    /// <remarks>The function is asynchronous; a worker waits for its task before it goes on with the chunk.</remarks>
    public Task<TOut[]> MapAsync<TIn, TOut>(
        Func<TIn, Task<TOut>> function,
        IEnumerable<TIn> inputs,
        int chunkSize = 0,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default) => Map<TIn, TOut>(function, inputs, chunkSize, progress, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TIn, TOut}(Func{TIn, TOut}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    /// <remarks>The function is asynchronous; a worker waits for its task before it takes the next input.</remarks>
    public IAsyncEnumerable<TOut> MapUnorderedAsync<TIn, TOut>(
        Func<TIn, Task<TOut>> function, IAsyncEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        var pending = PendingOf<TIn, TOut>(function, inputs, maxPending);
        return new UnorderedMap<TIn, TOut>(Run, inputs, pending, cancellation);

        Task<TOut> Run(TIn input, CancellationToken stop) => RunAsync(function, input, stop);
    }

    /// <inheritdoc cref="MapUnorderedAsync{TIn, TOut}(Func{TIn, Task{TOut}}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    public IAsyncEnumerable<TOut> MapUnorderedAsync<TIn, TOut>(
        Func<TIn, Task<TOut>> function, IEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return MapUnorderedAsync(function, inputs.ToAsyncEnumerable(), maxPending, cancellation);
    }

    /// <inheritdoc cref="MapOrderedAsync{TIn, TOut}(Func{TIn, TOut}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    /// <remarks>The function is asynchronous; a worker waits for its task before it takes the next input.</remarks>
    public IAsyncEnumerable<TOut> MapOrderedAsync<TIn, TOut>(
        Func<TIn, Task<TOut>> function, IAsyncEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        var pending = PendingOf<TIn, TOut>(function, inputs, maxPending);
        return new OrderedMap<TIn, TOut>(Run, inputs, pending, cancellation);

        Task<TOut> Run(TIn input, CancellationToken stop) => RunAsync(function, input, stop);
    }

    /// <inheritdoc cref="MapOrderedAsync{TIn, TOut}(Func{TIn, Task{TOut}}, IAsyncEnumerable{TIn}, int, CancellationToken)"/>
    public IAsyncEnumerable<TOut> MapOrderedAsync<TIn, TOut>(
        Func<TIn, Task<TOut>> function, IEnumerable<TIn> inputs, int maxPending = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return MapOrderedAsync(function, inputs.ToAsyncEnumerable(), maxPending, cancellation);
    }
}

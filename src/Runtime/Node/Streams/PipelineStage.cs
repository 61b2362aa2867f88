namespace Quintet.Node;

/// <summary>A pipeline up to one of its streams, before it has a destination.</summary>
/// <typeparam name="T">The type of what comes out of it.</typeparam>
public sealed class PipelineStage<T>
{
    private readonly Pipeline _pipeline;
    private readonly Func<AbortSignal, IAsyncEnumerable<T>>? _items;

    internal PipelineStage(Pipeline pipeline, IReadable<T>? stream, Func<AbortSignal, IAsyncEnumerable<T>>? items)
    {
        _pipeline = pipeline;
        Stream = stream;
        _items = items;
    }

    internal IReadable<T>? Stream { get; }

    /// <summary>Goes on through a stream with two sides.</summary>
    public PipelineStage<TNext> Through<TNext>(Duplex<T, TNext> middle)
    {
        ArgumentNullException.ThrowIfNull(middle);
        _pipeline.Add(this, middle);
        return new PipelineStage<TNext>(_pipeline, middle, null);
    }

    /// <summary>Goes on through an asynchronous iterator, which gets the items and a signal that is aborted when the pipeline is
    /// over.</summary>
    public PipelineStage<TNext> Through<TNext>(Func<IAsyncEnumerable<T>, AbortSignal, IAsyncEnumerable<TNext>> middle)
    {
        ArgumentNullException.ThrowIfNull(middle);
        return new PipelineStage<TNext>(_pipeline, null, over => middle(AsItems(over), over));
    }

    /// <summary>Lets it flow.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="done">Is called once, when all have ended: with the first error, or null.</param>
    /// <param name="signal">Destroys all streams with an <see cref="AbortError"/> when it is aborted.</param>
    /// <param name="end">Whether the destination ends with the source.</param>
    /// <exception cref="InvalidOperationException">The pipeline has a destination already.</exception>
    public void To(IWritable<T> destination, Action<Exception?> done, AbortSignal? signal = null, bool end = true) =>
        _pipeline.Start(this, destination, done, signal, end);

    /// <summary>As <see cref="To(IWritable{T}, Action{Exception}, AbortSignal, bool)"/>, as a promise.</summary>
    public Promise<bool> To(IWritable<T> destination, AbortSignal? signal = null, bool end = true) => new(resolver => To(
        destination,
        error =>
        {
            if (error is null) resolver.Resolve(true);
            else resolver.Reject(error);
        },
        signal,
        end));

    internal IAsyncEnumerable<T> AsItems(AbortSignal over) => Stream?.Iterate() ?? GeneratorSequence<T>.Of(_items!(over));
}

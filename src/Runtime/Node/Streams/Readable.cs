namespace Quintet.Node;

/// <summary>A stream to read from. Source: Node's <c>stream.Readable</c>.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
/// <remarks>Give a source, or derive and override <see cref="OnRead"/>. A read takes one chunk.</remarks>
public class Readable<T> : NodeStream, IReadable<T>, IPipeable<T>
{
    private readonly ReadableSide<T> _side;
    private readonly Action<Readable<T>>? _source;

    /// <summary>A stream whose source is <paramref name="source"/>: called when more is wanted, it pushes, now or later.</summary>
    public Readable(Action<Readable<T>>? source = null, StreamOptions? options = null)
    {
        _source = source;
        _side = new ReadableSide<T>(this, options ?? new StreamOptions(), OnRead);
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool IsEnded => _side.EndEmitted;

    /// <summary>How much is buffered.</summary>
    public int ReadableLength => _side.Length;

    /// <summary>Whether the flow was stopped.</summary>
    public bool IsPaused => _side.IsPaused;

    internal override bool EndsWithEnd => true;

    internal override bool HasEmittedEnd => _side.EndEmitted;

    /// <summary>A stream of the items of a sequence, which are taken as they are wanted.</summary>
    public static Readable<T> From(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new SequenceReadable<T>(items.GetEnumerator());
    }

    /// <summary>Adds a chunk.</summary>
    /// <returns>False when it is enough until <see cref="OnRead"/> is called again.</returns>
    public bool Push(T chunk) => _side.Push(chunk);

    /// <summary>Says that nothing more will come (JavaScript: <c>push(null)</c>).</summary>
    public void PushEnd() => _side.PushEnd();

    /// <summary>Takes the next chunk.</summary>
    /// <returns>False when there is none now.</returns>
    public bool Read([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T chunk) => _side.Read(out chunk);

    /// <inheritdoc/>
    public void Resume() => _side.Resume();

    /// <inheritdoc/>
    public void Pause() => _side.Pause();

    /// <inheritdoc/>
    public void OnData(Action<T> listener) => On("data", listener);

    /// <inheritdoc/>
    public IAsyncEnumerable<T> Iterate() => StreamIterator.Iterate(this, _side);

    /// <summary>Writes every chunk to <paramref name="destination"/>, no faster than it takes them, and ends it at the end.</summary>
    public TDestination Pipe<TDestination>(TDestination destination, bool end = true)
        where TDestination : IWritable<T>
    {
        StreamPipe.Connect(this, _side, destination, end);
        return destination;
    }

    void IPipeable<T>.PipeTo(IWritable<T> destination) => Pipe(destination);

    /// <summary>Is called when more is wanted; pushes, now or later.</summary>
    protected virtual void OnRead() => _source?.Invoke(this);

    private protected override void OnListenerAdded(string name) => _side.OnListenerAdded(name);

    private protected override void OnListenerRemoved(string name)
    {
        if (name == "readable") _side.OnReadableListenersChanged();
    }
}

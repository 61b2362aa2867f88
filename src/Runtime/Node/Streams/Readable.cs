using System.Diagnostics.CodeAnalysis;

namespace Quintet.Node;

/// <summary>A stream to read from. Source: Node's <c>stream.Readable</c>.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
/// <remarks>Give a source, or derive and override <see cref="OnRead"/>. Belongs to its loop's thread.</remarks>
public class Readable<T> : NodeStream, IReadable<T>, IPipeable<T>
{
    private readonly ReadableSide<T> _side;
    private readonly Action<Readable<T>>? _source;

    /// <summary>A stream whose source is <paramref name="source"/>: called when more is wanted, it pushes, now or later.</summary>
    /// <param name="source">The source; null where a derived class overrides <see cref="OnRead"/> or somebody pushes unasked.</param>
    /// <param name="options">How it buffers, begins and ends.</param>
    public Readable(Action<Readable<T>>? source = null, StreamOptions? options = null)
        : base(options)
    {
        _source = source;
        ReadState = _side = new ReadableSide<T>(this, options ?? StreamOptions.Default, OnRead);
        Begin();
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool IsEnded => _side.EndEmitted;

    /// <summary>How much is buffered.</summary>
    public int ReadableLength => _side.Length;

    /// <summary>The high-water mark; a <see cref="Read(int, out T)"/> of more raises it.</summary>
    public int ReadableHighWaterMark => _side.Limit;

    /// <summary>Whether chunks flow; null while nobody has asked for any.</summary>
    public bool? IsFlowing => _side.Flowing;

    /// <summary>Whether anything was read from it.</summary>
    public bool WasRead => _side.DidRead;

    /// <summary>Whether the flow was stopped.</summary>
    public bool IsPaused => _side.IsPaused;

    /// <summary>A stream of the items of a sequence, which are taken as they are wanted.</summary>
    public static Readable<T> From(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new SequenceReadable<T>(items.GetEnumerator());
    }

    /// <summary>A stream of the items of a sequence, which are awaited as they are wanted.</summary>
    public static Readable<T> From(IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var source = items is GeneratorSequence<T> generator ? generator.Items : items;
        return new AsyncSequenceReadable<T>(source.GetAsyncEnumerator());
    }

    /// <summary>Adds a chunk. Null says that nothing more will come, as <see cref="PushEnd"/> does.</summary>
    /// <returns>False when it is enough until <see cref="OnRead"/> is called again.</returns>
    public bool Push(T chunk) => _side.Push(chunk);

    /// <summary>Says that nothing more will come (JavaScript: <c>push(null)</c>).</summary>
    public void PushEnd() => _side.PushEnd();

    /// <summary>Puts back, before everything else, what was taken and is not wanted yet.</summary>
    /// <returns>As <see cref="Push"/>.</returns>
    public bool Unshift(T chunk) => _side.Unshift(chunk);

    /// <summary>Takes the next chunk; of bytes and text, when nothing flows, all that is buffered.</summary>
    /// <returns>False when there is none now.</returns>
    public bool Read([MaybeNullWhen(false)] out T chunk) => _side.Read(out chunk);

    /// <summary>Takes so many bytes or characters, or what is left at the end. 0 takes nothing, but lets the source be asked.</summary>
    /// <returns>False when there are not so many now.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public bool Read(int size, [MaybeNullWhen(false)] out T chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return _side.Read(size, out chunk);
    }

    /// <inheritdoc/>
    public void Resume() => _side.Resume();

    /// <inheritdoc/>
    public void Pause() => _side.Pause();

    /// <inheritdoc/>
    public void OnData(Action<T> listener) => On("data", listener);

    /// <inheritdoc/>
    public IAsyncEnumerable<T> Iterate(bool destroyOnReturn = true) => new StreamIterator<T>(this, _side, destroyOnReturn);

    /// <summary>Writes every chunk to <paramref name="destination"/>, no faster than it takes them, and ends it at the end.</summary>
    /// <param name="destination">Where the chunks go.</param>
    /// <param name="end">Whether the end is passed on.</param>
    public TDestination Pipe<TDestination>(TDestination destination, bool end = true)
        where TDestination : IWritable<T>
    {
        StreamPipe<T>.Connect(this, _side, destination, end);
        return destination;
    }

    /// <inheritdoc/>
    public void Unpipe(NodeStream? destination = null) => _side.Unpipe(destination);

    void IPipeable<T>.PipeTo(IWritable<T> destination, bool end) => Pipe(destination, end);

    /// <summary>Is called when more is wanted; pushes, now or later.</summary>
    protected virtual void OnRead() => _source?.Invoke(this);
}

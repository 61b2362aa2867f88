using System.Diagnostics.CodeAnalysis;

namespace Quintet.Node;

/// <summary>A stream with two sides, each with a buffer of its own. Source: Node's <c>stream.Duplex</c>.</summary>
/// <typeparam name="TIn">The type of what is written.</typeparam>
/// <typeparam name="TOut">The type of what is read.</typeparam>
/// <remarks>Give a source and a write function, or derive and override. Belongs to its loop's thread.</remarks>
public class Duplex<TIn, TOut> : NodeStream, IReadable<TOut>, IWritable<TIn>, IWritableSink<TIn>, IPipeable<TOut>
{
    private readonly ReadableSide<TOut> _readable;
    private readonly WritableSide<TIn> _writable;
    private readonly Action<Duplex<TIn, TOut>>? _source;
    private readonly Action<TIn, Action<Exception?>>? _write;
    private readonly Action<Action<Exception?>>? _final;

    /// <summary>A stream whose sides know nothing of each other.</summary>
    /// <param name="source">Is called when more is wanted; pushes, now or later.</param>
    /// <param name="write">Takes a chunk, and says when it is done.</param>
    /// <param name="final">Is called before <c>finish</c>, to write what is left.</param>
    /// <param name="options">How both sides buffer.</param>
    public Duplex(Action<Duplex<TIn, TOut>>? source = null, Action<TIn, Action<Exception?>>? write = null,
        Action<Action<Exception?>>? final = null, StreamOptions? options = null)
        : this(options, startsSync: true)
    {
        _source = source;
        _write = write;
        _final = final;
        Begin();
    }

    /// <summary>For streams whose constructor calls Begin itself.</summary>
    private protected Duplex(StreamOptions? options, bool startsSync)
        : base(options)
    {
        ReadState = _readable = new ReadableSide<TOut>(this, options ?? StreamOptions.Default, OnRead, startsSync);
        WriteState = _writable = new WritableSide<TIn>(this, options ?? StreamOptions.Default, this);
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool IsEnded => _readable.EndEmitted;

    /// <summary>How much is buffered for reading.</summary>
    public int ReadableLength => _readable.Length;

    /// <summary>Whether chunks flow; null while nobody has asked for any.</summary>
    public bool? IsFlowing => _readable.Flowing;

    /// <summary>Whether the flow was stopped.</summary>
    public bool IsPaused => _readable.IsPaused;

    /// <inheritdoc/>
    public bool NeedsDrain => _writable.TellsDrain;

    /// <summary>How much is buffered for writing.</summary>
    public int WritableLength => _writable.Length;

    /// <summary>Whether <see cref="End(Action{Exception})"/> was called.</summary>
    public bool IsEnding => _writable.IsEnding;

    /// <summary>Whether <c>finish</c> was emitted.</summary>
    public bool IsFinished => _writable.IsFinished;

    private protected ReadableSide<TOut> Reading => _readable;

    /// <summary>Adds a chunk to what can be read. Null says that nothing more will come, as <see cref="PushEnd"/> does.</summary>
    /// <returns>False when it is enough until <see cref="OnRead"/> is called again.</returns>
    public bool Push(TOut chunk) => _readable.Push(chunk);

    /// <summary>Says that nothing more will come (JavaScript: <c>push(null)</c>).</summary>
    public void PushEnd() => _readable.PushEnd();

    /// <summary>Puts back what was taken and is not wanted yet.</summary>
    public bool Unshift(TOut chunk) => _readable.Unshift(chunk);

    /// <summary>Takes the next chunk; of bytes and text, when nothing flows, all that is buffered.</summary>
    /// <returns>False when there is none now.</returns>
    public bool Read([MaybeNullWhen(false)] out TOut chunk) => _readable.Read(out chunk);

    /// <summary>Takes so many bytes or characters, or what is left at the end.</summary>
    /// <returns>False when there are not so many now.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public bool Read(int size, [MaybeNullWhen(false)] out TOut chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return _readable.Read(size, out chunk);
    }

    /// <inheritdoc/>
    public bool Write(TIn chunk, Action<Exception?>? done = null) => _writable.Write(chunk, done);

    /// <inheritdoc/>
    public void End(Action<Exception?>? done = null) => _writable.End(done);

    /// <summary>Writes a last chunk, unless it is null, and says that nothing more will be written.</summary>
    public void End(TIn chunk, Action<Exception?>? done = null) => _writable.End(chunk, done);

    /// <summary>Keeps what is written in the buffer until <see cref="Uncork"/>.</summary>
    public void Cork() => _writable.Cork();

    /// <summary>Takes back one <see cref="Cork"/>.</summary>
    public void Uncork() => _writable.Uncork();

    /// <inheritdoc/>
    public void Resume() => _readable.Resume();

    /// <inheritdoc/>
    public void Pause() => _readable.Pause();

    /// <inheritdoc/>
    public void OnData(Action<TOut> listener) => On("data", listener);

    /// <inheritdoc/>
    public IAsyncEnumerable<TOut> Iterate(bool destroyOnReturn = true) => new StreamIterator<TOut>(this, _readable, destroyOnReturn);

    /// <summary>Writes every chunk to <paramref name="destination"/>, no faster than it takes them, and ends it at the end.</summary>
    /// <param name="destination">Where the chunks go.</param>
    /// <param name="end">Whether the end is passed on.</param>
    public TDestination Pipe<TDestination>(TDestination destination, bool end = true)
        where TDestination : IWritable<TOut>
    {
        StreamPipe<TOut>.Connect(this, _readable, destination, end);
        return destination;
    }

    /// <inheritdoc/>
    public void Unpipe(NodeStream? destination = null) => _readable.Unpipe(destination);

    void IPipeable<TOut>.PipeTo(IWritable<TOut> destination, bool end) => Pipe(destination, end);

    bool IWritableSink<TIn>.HasFinal => HasFinal;

    bool IWritableSink<TIn>.CallsOnce => CallsOnce;

    bool IWritableSink<TIn>.TakesMany => false;

    void IWritableSink<TIn>.Write(TIn chunk, Action<Exception?> done) => OnWrite(chunk, done);

    void IWritableSink<TIn>.WriteMany(IReadOnlyList<TIn> chunks, Action<Exception?> done) => throw new NotSupportedException();

    void IWritableSink<TIn>.Final(Action<Exception?> done) => OnFinal(done);

    /// <summary>Whether <see cref="OnWrite"/> is known to call back once for each chunk.</summary>
    private protected virtual bool CallsOnce => false;

    /// <summary>Whether <see cref="OnFinal"/> has something to do.</summary>
    private protected virtual bool HasFinal => _final is not null || GetType() != typeof(Duplex<TIn, TOut>);

    /// <summary>Is called when more is wanted; pushes, now or later.</summary>
    protected virtual void OnRead() => _source?.Invoke(this);

    /// <summary>Takes a chunk, and says when it is done.</summary>
    /// <exception cref="NotSupportedException">Nobody said how.</exception>
    protected virtual void OnWrite(TIn chunk, Action<Exception?> done)
    {
        if (_write is null) throw new NotSupportedException("Give a write function, or override OnWrite.");
        _write(chunk, done);
    }

    /// <summary>Writes what is left.</summary>
    protected virtual void OnFinal(Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        if (_final is null) done(null);
        else _final(done);
    }
}

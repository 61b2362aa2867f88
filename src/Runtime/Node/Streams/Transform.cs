// Source: Node lib/internal/streams/transform.js. A chunk is not answered for while the readable side has enough: so backpressure goes
// through.

namespace Quintet.Node;

/// <summary>A stream that is written to and read from, what comes out being made of what goes in. Source: Node's
/// <c>stream.Transform</c>.</summary>
/// <typeparam name="TIn">The type of what goes in.</typeparam>
/// <typeparam name="TOut">The type of what comes out.</typeparam>
public class Transform<TIn, TOut> : NodeStream, IReadable<TOut>, IWritable<TIn>, IWritableSink<TIn>, IPipeable<TOut>
{
    private readonly ReadableSide<TOut> _readable;
    private readonly WritableSide<TIn> _writable;
    private readonly Action<TIn, TransformCallback<TOut>> _transform;
    private readonly Action<TransformCallback<TOut>>? _flush;
    private Action<Exception?>? _heldBack;

    /// <summary>A stream that gives each chunk to <paramref name="transform"/>.</summary>
    /// <param name="transform">Answers for one chunk, now or later.</param>
    /// <param name="flush">Is called after the last chunk, to put out what is left.</param>
    /// <param name="options">How both sides buffer.</param>
    public Transform(Action<TIn, TransformCallback<TOut>> transform, Action<TransformCallback<TOut>>? flush = null,
        StreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transform);
        _transform = transform;
        _flush = flush;
        _readable = new ReadableSide<TOut>(this, options ?? new StreamOptions(), OnRead, startsSync: false);
        _writable = new WritableSide<TIn>(this, options ?? new StreamOptions(), this);
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool IsEnded => _readable.EndEmitted;

    /// <summary>Whether <c>finish</c> was emitted.</summary>
    public bool IsFinished => _writable.IsFinished;

    /// <inheritdoc/>
    public bool NeedsDrain => _writable.NeedsDrain;

    internal override bool EndsWithEnd => true;

    internal override bool EndsWithFinish => true;

    internal override bool HasEmittedEnd => _readable.EndEmitted;

    internal override bool HasFinished => _writable.IsFinished;

    /// <inheritdoc/>
    public bool Write(TIn chunk, Action<Exception?>? done = null) => _writable.Write(chunk, done);

    /// <inheritdoc/>
    public void End(Action<Exception?>? done = null) => _writable.End(done);

    /// <inheritdoc/>
    public void Resume() => _readable.Resume();

    /// <inheritdoc/>
    public void Pause() => _readable.Pause();

    /// <inheritdoc/>
    public void OnData(Action<TOut> listener) => On("data", listener);

    /// <inheritdoc/>
    public IAsyncEnumerable<TOut> Iterate() => StreamIterator.Iterate(this, _readable);

    /// <summary>Writes every chunk to <paramref name="destination"/>, no faster than it takes them, and ends it at the end.</summary>
    public TDestination Pipe<TDestination>(TDestination destination, bool end = true)
        where TDestination : IWritable<TOut>
    {
        StreamPipe.Connect(this, _readable, destination, end);
        return destination;
    }

    void IPipeable<TOut>.PipeTo(IWritable<TOut> destination) => Pipe(destination);

    bool IWritableSink<TIn>.HasFinal => true;

    void IWritableSink<TIn>.Write(TIn chunk, Action<Exception?> done)
    {
        var before = _readable.Length;
        _transform(chunk, new TransformCallback<TOut>(value => _readable.Push(value), error =>
        {
            if (error is not null) done(error);
            else if (_readable.SourceEnded) Loop.NextTick(() => done(null));
            else if (before == _readable.Length || _readable.Length < _readable.Limit) done(null);
            else _heldBack = done;
        }));
    }

    void IWritableSink<TIn>.Final(Action<Exception?> done)
    {
        if (_flush is null || IsDestroyed)
        {
            _readable.PushEnd();
            done(null);
            return;
        }

        _flush(new TransformCallback<TOut>(value => _readable.Push(value), error =>
        {
            if (error is null) _readable.PushEnd();
            done(error);
        }));
    }

    private protected override void OnListenerAdded(string name) => _readable.OnListenerAdded(name);

    private protected override void OnListenerRemoved(string name)
    {
        if (name == "readable") _readable.OnReadableListenersChanged();
    }

    private protected override void OnDestroying() => _writable.OnDestroying();

    private void OnRead()
    {
        var done = _heldBack;
        _heldBack = null;
        done?.Invoke(null);
    }
}

// Source: Node lib/internal/streams/transform.js. A chunk is not answered for while the readable side has enough: so backpressure goes
// through.

namespace Quintet.Node;

/// <summary>A stream that is written to and read from, what comes out being made of what goes in. Source: Node's
/// <c>stream.Transform</c>.</summary>
/// <typeparam name="TIn">The type of what goes in.</typeparam>
/// <typeparam name="TOut">The type of what comes out.</typeparam>
public class Transform<TIn, TOut> : Duplex<TIn, TOut>
{
    private readonly Action<TIn, TransformCallback<TOut>> _transform;
    private readonly Action<TransformCallback<TOut>>? _flush;
    private Action<Exception?>? _heldBack;

    /// <summary>A stream that gives each chunk to <paramref name="transform"/>.</summary>
    /// <param name="transform">Answers for one chunk, now or later.</param>
    /// <param name="flush">Is called after the last chunk, to put out what is left.</param>
    /// <param name="options">How both sides buffer.</param>
    public Transform(Action<TIn, TransformCallback<TOut>> transform, Action<TransformCallback<TOut>>? flush = null,
        StreamOptions? options = null)
        : base(OneBuffer(options), startsSync: false)
    {
        ArgumentNullException.ThrowIfNull(transform);
        _transform = transform;
        _flush = flush;
        Begin();
    }

    private protected override bool HasFinal => true;

    /// <inheritdoc/>
    protected override void OnWrite(TIn chunk, Action<Exception?> done)
    {
        var before = Reading.Length;
        _transform(chunk, new TransformCallback<TOut>(value => Push(value), error =>
        {
            if (error is not null) done(error);
            else if (Reading.SourceEnded) Loop.NextTick(() => done(null));
            else if (IsEnding || before == Reading.Length || Reading.Length < Reading.Limit) done(null);
            else _heldBack = done;
        }));
    }

    /// <inheritdoc/>
    protected override void OnFinal(Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        if (_flush is null || IsDestroyed)
        {
            PushEnd();
            done(null);
            return;
        }

        _flush(new TransformCallback<TOut>(value => Push(value), error =>
        {
            if (error is null) PushEnd();
            done(error);
        }));
    }

    /// <inheritdoc/>
    protected override void OnRead()
    {
        var done = _heldBack;
        _heldBack = null;
        done?.Invoke(null);
    }

    /// <summary>Who wants nothing buffered for reading does not want it buffered for writing either.</summary>
    private static StreamOptions? OneBuffer(StreamOptions? options) =>
        options is { } given && (given.ReadableHighWaterMark ?? given.HighWaterMark) == 0
            ? given with { HighWaterMark = null, ReadableHighWaterMark = 0, WritableHighWaterMark = given.WritableHighWaterMark ?? 0 }
            : options;
}

// How a pipeline works
// --------------------
// Streams are piped into each other, and the end of each is watched on both sides of each joint. The first error destroys all of them;
// the callback
// comes once, when all have ended.
//
// Source: Node lib/internal/streams/pipeline.js.

namespace Quintet.Node;

/// <summary>Streams in a row, that end and fail together. Source: Node's <c>stream.pipeline</c>.</summary>
public sealed class Pipeline
{
    private readonly List<NodeStream> _streams = [];
    private readonly Action<Exception?> _done;
    private readonly NodeLoop _loop = NodeLoop.Current;
    private Exception? _error;
    private int _left;

    private Pipeline(Action<Exception?> done) => _done = done;

    /// <summary>Carries everything from <paramref name="source"/> to <paramref name="destination"/>.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="done">Is called once, when both have ended: with the first error, or null.</param>
    public static void Run<T>(IReadable<T> source, IWritable<T> destination, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        new Pipeline(done).Join(source, destination);
    }

    /// <summary>As <see cref="Run{T}(IReadable{T}, IWritable{T}, Action{Exception})"/>, with a transform between.</summary>
    public static void Run<T, TMiddle>(
        IReadable<T> source, Transform<T, TMiddle> transform, IWritable<TMiddle> destination, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        var pipeline = new Pipeline(done);
        pipeline._left = 2;
        pipeline.Join(source, transform);
        pipeline._left -= 2;
        pipeline.Join(transform, destination);
    }

    /// <summary>As <see cref="Run{T}(IReadable{T}, IWritable{T}, Action{Exception})"/>, as a promise.</summary>
    public static Promise<bool> Run<T>(IReadable<T> source, IWritable<T> destination) => new(resolver => Run(source, destination, error =>
    {
        if (error is null) resolver.Resolve(true);
        else resolver.Reject(error);
    }));

    private void Join<T>(IReadable<T> source, IWritable<T> destination)
    {
        _left += 2;
        foreach (var stream in new[] { source.Stream, destination.Stream })
            if (!_streams.Contains(stream)) _streams.Add(stream);
        if (source is not IPipeable<T> pipeable) throw new ArgumentException("This stream cannot be piped.", nameof(source));
        pipeable.PipeTo(destination);

        StreamEnd.Watch(source.Stream, readable: true, writable: false, OnEnd);
        StreamEnd.Watch(destination.Stream, readable: false, writable: true, OnEnd);
    }

    private void OnEnd(Exception? error)
    {
        // A stream that was closed because another one failed says so; the first reason is the one that counts.
        if (error is not null && _error is null or StreamError { Code: "ERR_STREAM_PREMATURE_CLOSE" }) _error = error ?? _error;
        var last = --_left == 0;
        if (_error is null && !last) return;
        foreach (var stream in _streams)
            if (_error is not null) stream.Destroy(_error);
        if (last) _loop.NextTick(() => _done(_error));
    }
}

// How a pipeline works
// --------------------
// Streams are piped into each other, and the end of each is watched on both sides of each joint. The first error destroys all of them;
// the callback comes once, when all joints have told their end.
//
// Invariants:
//   I1  _left is the number of ends that have not been told; the callback is called when it comes to 0.
//   I2  A premature close gives way to a later error with a reason.
//
// Source: Node 20 lib/internal/streams/pipeline.js.

namespace Quintet.Node;

/// <summary>Streams in a row, that end and fail together. Source: Node's <c>stream.pipeline</c>.</summary>
public sealed partial class Pipeline
{
    private const string PrematureClose = "ERR_STREAM_PREMATURE_CLOSE";

    private readonly Queue<Action<Exception?>> _destroys = new();
    private readonly List<Action> _atEnd = [];
    private readonly List<Action> _stages = [];
    private readonly AbortController _over = new();
    private readonly NodeLoop _loop = NodeLoop.Current;
    private Action<Exception?>? _done;
    private Exception? _error;
    private Action? _forgetSignal;
    private int _left;

    private Pipeline() { }

    /// <summary>Carries everything from <paramref name="source"/> to <paramref name="destination"/>.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="done">Is called once, when both have ended: with the first error, or null.</param>
    public static void Run<T>(IReadable<T> source, IWritable<T> destination, Action<Exception?> done) => From(source).To(destination, done);

    /// <summary>As <see cref="Run{T}(IReadable{T}, IWritable{T}, Action{Exception})"/>, with a transform between.</summary>
    public static void Run<T, TMiddle>(
        IReadable<T> source, Duplex<T, TMiddle> transform, IWritable<TMiddle> destination, Action<Exception?> done) =>
        From(source).Through(transform).To(destination, done);

    /// <summary>As <see cref="Run{T}(IReadable{T}, IWritable{T}, Action{Exception})"/>, as a promise.</summary>
    public static Promise<bool> Run<T>(IReadable<T> source, IWritable<T> destination) => From(source).To(destination);

    /// <summary>A pipeline that begins with a stream; nothing flows before its destination is given.</summary>
    public static PipelineStage<T> From<T>(IReadable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var pipeline = new Pipeline();
        pipeline._stages.Add(() => pipeline.Watch(source.Stream, reading: true, writing: false, end: true));
        return new PipelineStage<T>(pipeline, source, null);
    }

    /// <summary>A pipeline that begins with a sequence.</summary>
    public static PipelineStage<T> From<T>(IAsyncEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PipelineStage<T>(new Pipeline(), null, _ => source);
    }

    internal void Add<TIn, TOut>(PipelineStage<TIn> before, Duplex<TIn, TOut> stream) => _stages.Add(() =>
    {
        Watch(stream, reading: true, writing: true, end: true);
        Join(before, stream, end: true, isLast: false);
    });

    internal void Start<T>(PipelineStage<T> before, IWritable<T> destination, Action<Exception?> done, AbortSignal? signal, bool end)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(done);
        if (_done is not null) throw new InvalidOperationException("This pipeline has a destination already.");
        _done = done;
        void Abort() => Finish(new AbortError(signal.Reason), last: false);
        signal?.AddListener(Abort);
        _forgetSignal = () => signal?.RemoveListener(Abort);
        foreach (var stage in _stages) stage();
        Watch(destination.Stream, reading: false, writing: true, end);
        Join(before, destination, end, isLast: true);
        if (signal is { IsAborted: true }) _loop.NextTick(Abort);
    }

    private void Watch(NodeStream stream, bool reading, bool writing, bool end)
    {
        var keepsReading = !reading && stream.IsReadable;
        if (end)
        {
            var finished = false;
            stream.On("close", () => finished = true);
            var sides = reading && writing ? StreamSides.Whole : reading ? StreamSides.Readable : StreamSides.Writable;
            var clean = StreamEnd.Watch(stream, sides, error => finished = error is null);
            _destroys.Enqueue(error =>
            {
                if (finished) return;
                finished = true;
                stream.Destroy(error ?? new StreamError("ERR_STREAM_DESTROYED", "Cannot call pipe after a stream was destroyed"));
            });
            if (keepsReading) _atEnd.Add(clean);
        }

        // Errors that come when the joints have ended.
        Action<Exception> onError = error =>
        {
            if (error is not AbortError and not StreamError { Code: PrematureClose }) FinishOne(error);
        };
        stream.On("error", onError);
        if (keepsReading) _atEnd.Add(() => stream.Off("error", onError));
    }

    private void Join<T>(PipelineStage<T> before, IWritable<T> destination, bool end, bool isLast)
    {
        if (before.Stream is not { } source)
        {
            _left++;
            _ = Pump(before.AsItems(_over.Signal), destination, end);
            return;
        }

        if (source is not IPipeable<T> pipeable) throw new ArgumentException("This stream cannot be piped.", nameof(before));
        _left += 2;
        var ended = false;
        destination.Stream.On("close", () =>
        {
            if (!ended) FinishOne(new StreamError(PrematureClose, "Premature close"));
        });
        pipeable.PipeTo(destination, end: false);
        void PassEnd()
        {
            ended = true;
            destination.End();
        }

        if (!end) FinishOne(null);
        else if (source.Stream.ReadState is { EndEmitted: true }) _loop.NextTick(PassEnd);
        else source.Stream.Once("end", PassEnd);
        StreamEnd.Watch(source.Stream, StreamSides.Readable, error => OnSourceEnd(source.Stream, error));
        var clean = StreamEnd.Watch(destination.Stream, StreamSides.Writable, FinishOne);
        if (isLast && destination.Stream.IsReadable) _atEnd.Add(clean);
    }

    /// <summary>A source that has closed before it told its end will still tell it, if it had everything.</summary>
    private void OnSourceEnd(NodeStream source, Exception? error)
    {
        if (error is not StreamError { Code: PrematureClose } || source.ReadState is not { SourceEnded: true } || source.Errored is not null
            || source.IsErrorEmitted)
        {
            FinishOne(error);
            return;
        }

        source.Once("end", () => FinishOne(null));
        source.Once<Exception>("error", FinishOne);
    }

    private void FinishOne(Exception? error) => Finish(error, --_left == 0);

    private void Finish(Exception? error, bool last)
    {
        if (error is not null && _error is null or StreamError { Code: PrematureClose }) _error = error ?? _error;
        if (_error is null && !last) return;
        while (_destroys.TryDequeue(out var destroy)) destroy(_error);
        _forgetSignal?.Invoke();
        _over.Abort();
        if (!last) return;
        if (_error is null)
            foreach (var clean in _atEnd) clean();
        // An error that comes between now and then comes too late.
        var outcome = _error;
        _loop.NextTick(() =>
        {
            var done = _done;
            _done = static _ => { };
            done?.Invoke(outcome);
        });
    }
}

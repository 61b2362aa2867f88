using Quintet.Multiprocessing.Functions;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// A map: its chunks are made one by one as workers have room, each knows its place, and the results keep the order. After the first
/// failure no
/// more chunks are made; the map ends when those under way have been answered, so that nothing of it runs any more when its caller goes on.
/// </summary>
internal sealed class MapJob<TIn, TOut> : WorkSource
{
    private readonly FunctionReference _function;
    private readonly IReadOnlyList<TIn> _inputs;
    private readonly TOut[] _results;
    private readonly int _chunkSize;
    private readonly int _chunks;
    private readonly IProgress<int>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly TaskCompletionSource<TOut[]> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _underWay;
    private Exception? _failure;
    private int _next;
    private int _finishedItems;

    internal MapJob(
        FunctionReference function, IReadOnlyList<TIn> inputs, int chunkSize, IProgress<int>? progress, CancellationToken cancellation)
    {
        (_function, _inputs, _chunkSize, _progress, _cancellation) = (function, inputs, chunkSize, progress, cancellation);
        _results = new TOut[inputs.Count];
        _chunks = (inputs.Count + chunkSize - 1) / chunkSize;
    }

    internal Task<TOut[]> Task => _result.Task;

    internal override int Remaining
    {
        get
        {
            lock (_gate) return _failure is null ? _chunks - _next : 0;
        }
    }

    internal override WorkUnit? Take()
    {
        lock (_gate)
        {
            if (_failure is not null || _next == _chunks) return null;
            var from = _next++ * _chunkSize;
            _underWay++;
            return new Chunk(this, from, Math.Min(_chunkSize, _inputs.Count - from));
        }
    }

    internal override void FailRest(Func<Exception> reason) => Stop(reason(), chunks: 0);

    /// <summary>Makes no more chunks; those under way are for the pool to cancel.</summary>
    internal void Cancel() => Stop(new OperationCanceledException(_cancellation), chunks: 0);

    private void Stop(Exception failure, int chunks)
    {
        bool ended;
        lock (_gate)
        {
            _failure ??= failure;
            _underWay -= chunks;
            ended = _underWay == 0;
        }
        if (ended) End();
    }

    private void Finish(Chunk chunk)
    {
        int items;
        lock (_gate) items = _finishedItems += chunk.Count;

        // Before the chunk counts as answered: what this throws is the chunk's failure, and a failure ends a chunk that is under way.
        _progress?.Report(items);
        bool ended;
        lock (_gate)
        {
            _underWay--;
            ended = _underWay == 0 && (_next == _chunks || _failure is not null);
        }
        if (ended) End();
    }

    private void End()
    {
        if (_failure is null) _result.TrySetResult(_results);
        else if (_failure is OperationCanceledException && _cancellation.IsCancellationRequested) _result.TrySetCanceled(_cancellation);
        else _result.TrySetException(_failure);
    }

    private sealed class Chunk(MapJob<TIn, TOut> job, int from, int count) : WorkUnit(job._function, count)
    {
        internal override WorkSource Source => job;

        internal override bool IsCancelled => job._cancellation.IsCancellationRequested;

        internal override void WriteArguments(PayloadWriter writer)
        {
            if (job._inputs is TIn[] array)
            {
                ArrayCodec<TIn>.Elements.Write(writer, array.AsSpan(from, Count));
                return;
            }
            var codec = PayloadCodec<TIn>.Default;
            for (var i = from; i < from + Count; i++) codec.Write(writer, job._inputs[i]);
        }

        internal override void Complete(ref PayloadReader results)
        {
            ArrayCodec<TOut>.Elements.Read(ref results, job._results.AsSpan(from, Count));
            job.Finish(this);
        }

        internal override void Fail(Exception exception) => job.Stop(exception, chunks: 1);

        internal override void Cancel() => job.Stop(new OperationCanceledException(job._cancellation), chunks: 1);
    }
}

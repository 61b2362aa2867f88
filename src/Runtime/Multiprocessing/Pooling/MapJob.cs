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
    private readonly HashSet<Chunk> _underWay = [];
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
            var chunk = new Chunk(this, from, Math.Min(_chunkSize, _inputs.Count - from));
            _underWay.Add(chunk);
            return chunk;
        }
    }

    internal override void FailRest(Func<Exception> reason) => Stop(reason(), null);

    /// <summary>Makes no more chunks and gives the ones under way, which are to be cancelled.</summary>
    internal WorkUnit[] StopAndList()
    {
        WorkUnit[] underWay;
        lock (_gate) underWay = [.. _underWay];
        Stop(new OperationCanceledException(_cancellation), null);
        return underWay;
    }

    private void Stop(Exception failure, Chunk? chunk)
    {
        bool ended;
        lock (_gate)
        {
            _failure ??= failure;
            if (chunk is not null) _underWay.Remove(chunk);
            ended = _underWay.Count == 0;
        }
        if (ended) End();
    }

    private void Finish(Chunk chunk)
    {
        bool ended;
        int items;
        lock (_gate)
        {
            _underWay.Remove(chunk);
            items = _finishedItems += chunk.Count;
            ended = _underWay.Count == 0 && (_next == _chunks || _failure is not null);
        }
        _progress?.Report(items);
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
        internal override bool IsCancelled => job._cancellation.IsCancellationRequested;

        internal override void WriteArguments(PayloadWriter writer)
        {
            var codec = PayloadCodec<TIn>.Default;
            for (var i = from; i < from + Count; i++) codec.Write(writer, job._inputs[i]);
        }

        internal override void Complete(ref PayloadReader results)
        {
            var codec = PayloadCodec<TOut>.Default;
            for (var i = from; i < from + Count; i++) job._results[i] = codec.Read(ref results);
            job.Finish(this);
        }

        internal override void Fail(Exception exception) => job.Stop(exception, this);

        internal override void Cancel() => job.Stop(new OperationCanceledException(job._cancellation), this);
    }
}

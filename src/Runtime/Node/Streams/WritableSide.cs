// How writing works
// -----------------
// One chunk is with the sink at a time, the others wait in a queue. Length counts all of them; once it has reached the high-water mark,
// write
// answers false, and when everything is gone, drain is emitted. A sink that is done at once is not believed before the next tick, so
// that callers always see their callbacks later.
//
// Invariants:
//   I1  Length is the measure of the queued chunks and of the one with the sink.
//   I2  finish is emitted once, after every callback, and never after an error.
//
// Source: Node lib/internal/streams/writable.js (version 20).

namespace Quintet.Node;

/// <summary>The half of a stream into which somebody writes.</summary>
internal sealed class WritableSide<T>(NodeStream stream, StreamOptions options, IWritableSink<T> sink) : IWriteState
{
    private readonly Queue<WriteRequest<T>> _queue = new();
    private readonly int _limit = options.WriteLimit<T>();
    private readonly bool _objectMode = options.IsObjectMode<T>();
    private List<Action<Exception?>>? _onFinished;
    private Action<Exception?>? _writing;
    private Action<Exception?>? _onWritten;
    private int _writingLength;
    private TickedCallback? _ticked;
    private int _corked;
    private bool _isWriting;
    private bool _isSync;
    private bool _processing;
    private bool _afterWritePending;
    private bool _prefinished;
    private bool _finalCalled;
    private bool _finalSync;

    public int Length { get; private set; }

    internal int Limit => _limit;

    public bool NeedsDrain { get; private set; }

    /// <summary>What users see: who has ended or is destroyed waits for nothing.</summary>
    internal bool TellsDrain => NeedsDrain && !IsEnding && !stream.IsDestroyed;

    public bool IsEnding { get; private set; }

    public bool IsFinished { get; private set; }

    public int Pending { get; private set; }

    internal int Corked => _corked;

    internal bool Write(T chunk, Action<Exception?>? done)
    {
        // Null is how a source says that it has ended; it is no chunk.
        if (chunk is null) throw new StreamError("ERR_STREAM_NULL_VALUES", "May not write null values to stream");
        if (IsEnding || stream.IsDestroyed)
        {
            var error = Refusal();
            if (done is not null) stream.Loop.NextTick(() => done(error));
            stream.Fail(error, sync: true);
            return false;
        }

        Pending++;
        var length = options.Measure(chunk);
        Length += length;
        if (_isWriting || _corked > 0 || stream.Errored is not null || !stream.IsConstructed) _queue.Enqueue(new(chunk, done));
        else Begin(chunk, length, done);
        var more = Length < _limit || Length == 0;
        if (!more) NeedsDrain = true;
        return more && !stream.IsDestroyed && stream.Errored is null;
    }

    internal void End(T chunk, Action<Exception?>? done)
    {
        if (chunk is null)
        {
            End(done);
            return;
        }

        // A chunk that comes too late is an error for the callback of the end, too.
        var late = IsEnding || stream.IsDestroyed ? Refusal() : null;
        Write(chunk, null);
        EndNow(late, done);
    }

    public void End(Action<Exception?>? done) => EndNow(null, done);

    private void EndNow(Exception? error, Action<Exception?>? done)
    {
        if (_corked > 0)
        {
            _corked = 1;
            Uncork();
        }

        if (error is not null)
        {
            // The error is told below.
        }
        else if (!IsEnding && stream.Errored is null)
        {
            IsEnding = true;
            FinishMaybe(sync: true);
        }
        else if (IsFinished) error = new StreamError("ERR_STREAM_ALREADY_FINISHED", "Cannot call end after a stream was finished");
        else if (stream.IsDestroyed) error = new StreamError("ERR_STREAM_DESTROYED", "Cannot call end after a stream was destroyed");
        if (done is null) return;
        if ((error ?? stream.Errored) is { } reason) stream.Loop.NextTick(() => done(reason));
        else if (IsFinished) stream.Loop.NextTick(() => done(null));
        else (_onFinished ??= []).Add(done);
    }

    private StreamError Refusal() => IsEnding
        ? new StreamError("ERR_STREAM_WRITE_AFTER_END", "write after end")
        : new StreamError("ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed");

    internal void Cork() => _corked++;

    internal void Uncork()
    {
        if (_corked == 0) return;
        _corked--;
        if (!_isWriting) WriteQueued();
    }

    public void OnDestroying()
    {
        if (_queue.Count > 0 || _onFinished is { Count: > 0 }) stream.Loop.NextTick(FailQueued);
    }

    public void OnConstructed()
    {
        if (!_isWriting) WriteQueued();
        if (IsEnding) FinishMaybe(sync: false);
    }

    private void Begin(T chunk, int length, Action<Exception?>? done)
    {
        var written = Start(length, done);
        if (stream.IsDestroyed) written(new StreamError("ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed"));
        else sink.Write(chunk, written);
        _isSync = false;
    }

    /// <returns>What the sink calls when it is done.</returns>
    private Action<Exception?> Start(int length, Action<Exception?>? done)
    {
        _writingLength = length;
        _writing = done;
        _isWriting = true;
        _isSync = true;
        return sink.CallsOnce ? _onWritten ??= OnWritten : Watched();
    }

    private Action<Exception?> Watched()
    {
        var called = false;
        return error =>
        {
            if (called)
            {
                stream.Fail(new StreamError("ERR_MULTIPLE_CALLBACK", "Callback called multiple times"));
                return;
            }

            called = true;
            OnWritten(error);
        };
    }

    private void OnWritten(Exception? error)
    {
        var sync = _isSync;
        var done = _writing;
        _writing = null;
        _isWriting = false;
        Length -= _writingLength;
        _writingLength = 0;
        if (error is not null)
        {
            stream.Errored ??= error;
            if (sync) stream.Loop.NextTick(() => OnFailed(error, done));
            else OnFailed(error, done);
            return;
        }

        WriteQueued();
        if (sync) AfterSyncWrite(done);
        else AfterWrite(1, done);
    }

    /// <summary>The sink was done at once, which callers see in a tick; equal callbacks in a row share one.</summary>
    private void AfterSyncWrite(Action<Exception?>? done)
    {
        // In object mode there is a tick in any case: a flag of Node's is read for another, and the order depends on it.
        var needsTick = (NeedsDrain && Length == 0) || _objectMode || done is not null;
        if (done is null && !_afterWritePending && needsTick)
        {
            _afterWritePending = true;
            stream.Loop.NextTick(() => AfterWrite(1, null));
        }
        else if (done is not null && _ticked is { } ticked && ticked.Done == done) ticked.Count++;
        else if (done is not null)
        {
            var next = new TickedCallback(done);
            _ticked = next;
            _afterWritePending = true;
            stream.Loop.NextTick(() =>
            {
                _ticked = null;
                AfterWrite(next.Count, next.Done);
            });
        }
        else
        {
            Pending--;
            if (IsEnding) FinishMaybe(sync: true);
        }
    }

    private void OnFailed(Exception error, Action<Exception?>? done)
    {
        Pending--;
        done?.Invoke(error);
        FailQueued();
        stream.Fail(error);
    }

    private void AfterWrite(int count, Action<Exception?>? done)
    {
        _afterWritePending = false;
        if (NeedsDrain && !IsEnding && !stream.IsDestroyed && Length == 0)
        {
            NeedsDrain = false;
            stream.Emit("drain");
        }

        for (; count > 0; count--)
        {
            Pending--;
            done?.Invoke(null);
        }

        if (stream.IsDestroyed) FailQueued();
        if (IsEnding) FinishMaybe(sync: true);
    }

    private void WriteQueued()
    {
        if (stream.IsDestroyed || _processing || _corked > 0 || !stream.IsConstructed || _queue.Count == 0) return;
        _processing = true;
        if (_queue.Count > 1 && sink.TakesMany) WriteAllQueued();
        else
        {
            while (!_isWriting && _queue.TryDequeue(out var request))
                Begin(request.Chunk, options.Measure(request.Chunk), request.Done);
        }

        _processing = false;
    }

    private void WriteAllQueued()
    {
        var requests = _queue.ToArray();
        _queue.Clear();
        Pending -= requests.Length - 1;
        Action<Exception?>? done = Array.TrueForAll(requests, request => request.Done is null) ? null : error =>
        {
            foreach (var request in requests) request.Done?.Invoke(error);
        };
        var written = Start(Length, done);
        sink.WriteMany(Array.ConvertAll(requests, request => request.Chunk), written);
        _isSync = false;
    }

    private void FailQueued()
    {
        if (_isWriting) return;
        while (_queue.TryDequeue(out var request))
        {
            Length -= options.Measure(request.Chunk);
            request.Done?.Invoke(stream.Errored ?? new StreamError("ERR_STREAM_DESTROYED",
                "Cannot call write after a stream was destroyed"));
        }

        CallFinished(stream.Errored ?? new StreamError("ERR_STREAM_DESTROYED", "Cannot call end after a stream was destroyed"));
    }

    private bool NeedsFinish() => IsEnding && !stream.IsDestroyed && Length == 0 && stream.Errored is null && _queue.Count == 0
        && !IsFinished
        && !_isWriting && !stream.IsErrorEmitted && !stream.IsCloseEmitted && stream.IsConstructed;

    private void FinishMaybe(bool sync)
    {
        if (!NeedsFinish()) return;
        Prefinish();
        if (Pending != 0) return;
        if (sync)
        {
            Pending++;
            stream.Loop.NextTick(() =>
            {
                if (NeedsFinish()) Finish();
                else Pending--;
            });
        }
        else if (NeedsFinish())
        {
            Pending++;
            Finish();
        }
    }

    private void Prefinish()
    {
        if (_prefinished || _finalCalled) return;
        _finalCalled = true;
        if (!sink.HasFinal || stream.IsDestroyed)
        {
            _prefinished = true;
            stream.Emit("prefinish");
            return;
        }

        Pending++;
        _finalSync = true;
        try
        {
            sink.Final(OnFinal);
        }
        catch (Exception error)
        {
            OnFinal(error);
        }

        _finalSync = false;
    }

    private void OnFinal(Exception? error)
    {
        if (_prefinished)
        {
            stream.Fail(error ?? new StreamError("ERR_MULTIPLE_CALLBACK", "Callback called multiple times"));
            return;
        }

        Pending--;
        if (error is not null)
        {
            CallFinished(error);
            stream.Fail(error, _finalSync);
        }
        else if (NeedsFinish())
        {
            _prefinished = true;
            stream.Emit("prefinish");
            Pending++;
            stream.Loop.NextTick(Finish);
        }
    }

    private void Finish()
    {
        Pending--;
        IsFinished = true;
        CallFinished(null);
        stream.Emit("finish");
        if (stream.AutoDestroy && stream.ReadState is null or { EndEmitted: true }) stream.Destroy();
    }

    private void CallFinished(Exception? error)
    {
        var waiting = _onFinished;
        _onFinished = null;
        if (waiting is null) return;
        foreach (var done in waiting) done(error);
    }
}

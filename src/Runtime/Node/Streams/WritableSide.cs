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
internal sealed class WritableSide<T>(NodeStream stream, StreamOptions options, IWritableSink<T> sink)
{
    private readonly Queue<WriteRequest<T>> _queue = new();
    private readonly int _limit = options.Limit<T>();
    private List<Action<Exception?>>? _onFinished;
    private Action<Exception?>? _writing;
    private int _writingLength;
    private int _pending;
    private int _corked;
    private bool _isWriting;
    private bool _isSync;
    private bool _processing;
    private bool _afterWritePending;
    private bool _prefinished;
    private bool _finalCalled;

    internal int Length { get; private set; }

    internal int Limit => _limit;

    internal bool NeedsDrain { get; private set; }

    internal bool IsEnding { get; private set; }

    internal bool IsFinished { get; private set; }

    internal bool Write(T chunk, Action<Exception?>? done)
    {
        Exception? error = null;
        if (IsEnding) error = new StreamError("ERR_STREAM_WRITE_AFTER_END", "write after end");
        else if (stream.IsDestroyed) error = new StreamError("ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed");
        if (error is not null)
        {
            if (done is not null) stream.Loop.NextTick(() => done(error));
            stream.Destroy(error);
            return false;
        }

        _pending++;
        var length = options.Measure(chunk);
        Length += length;
        if (_isWriting || _corked > 0 || stream.Errored is not null) _queue.Enqueue(new(chunk, done));
        else Begin(chunk, length, done);
        var more = Length < _limit || Length == 0;
        if (!more) NeedsDrain = true;
        return more && !stream.IsDestroyed && stream.Errored is null;
    }

    internal void End(Action<Exception?>? done)
    {
        if (_corked > 0)
        {
            _corked = 1;
            Uncork();
        }

        Exception? error = null;
        if (!IsEnding && stream.Errored is null)
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

    internal void Cork() => _corked++;

    internal void Uncork()
    {
        if (_corked == 0) return;
        _corked--;
        if (!_isWriting) WriteQueued();
    }

    internal void OnDestroying()
    {
        if (_queue.Count > 0 || _onFinished is { Count: > 0 }) stream.Loop.NextTick(FailQueued);
    }

    private void Begin(T chunk, int length, Action<Exception?>? done)
    {
        _writingLength = length;
        _writing = done;
        _isWriting = true;
        _isSync = true;
        var called = false;
        Action<Exception?> written = error =>
        {
            if (called)
            {
                stream.Destroy(new StreamError("ERR_MULTIPLE_CALLBACK", "Callback called multiple times"));
                return;
            }

            called = true;
            OnWritten(error);
        };
        if (stream.IsDestroyed) written(new StreamError("ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed"));
        else sink.Write(chunk, written);
        _isSync = false;
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
        if (!sync) AfterWrite(done);
        else if (done is not null) stream.Loop.NextTick(() => AfterWrite(done));
        else if (!_afterWritePending && ((NeedsDrain && Length == 0) || stream.IsDestroyed))
        {
            _afterWritePending = true;
            stream.Loop.NextTick(() => AfterWrite(null));
        }
        else
        {
            _pending--;
            if (IsEnding) FinishMaybe(sync: true);
        }
    }

    private void OnFailed(Exception error, Action<Exception?>? done)
    {
        _pending--;
        done?.Invoke(error);
        FailQueued();
        stream.Destroy(error);
    }

    private void AfterWrite(Action<Exception?>? done)
    {
        _afterWritePending = false;
        if (NeedsDrain && !IsEnding && !stream.IsDestroyed && Length == 0)
        {
            NeedsDrain = false;
            stream.Emit("drain");
        }

        _pending--;
        done?.Invoke(null);
        if (stream.IsDestroyed) FailQueued();
        if (IsEnding) FinishMaybe(sync: true);
    }

    private void WriteQueued()
    {
        if (stream.IsDestroyed || _processing || _corked > 0) return;
        _processing = true;
        while (!_isWriting && _queue.TryDequeue(out var request)) Begin(request.Chunk, options.Measure(request.Chunk), request.Done);
        _processing = false;
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
        && !_isWriting && !stream.IsErrorEmitted && !stream.IsClosed;

    private void FinishMaybe(bool sync)
    {
        if (!NeedsFinish()) return;
        Prefinish();
        if (_pending != 0) return;
        if (sync)
        {
            _pending++;
            stream.Loop.NextTick(() =>
            {
                if (NeedsFinish()) Finish();
                else _pending--;
            });
        }
        else if (NeedsFinish())
        {
            _pending++;
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

        _pending++;
        try
        {
            sink.Final(OnFinal);
        }
        catch (Exception error)
        {
            OnFinal(error);
        }
    }

    private void OnFinal(Exception? error)
    {
        if (_prefinished)
        {
            stream.Destroy(error ?? new StreamError("ERR_MULTIPLE_CALLBACK", "Callback called multiple times"));
            return;
        }

        _pending--;
        if (error is not null)
        {
            CallFinished(error);
            stream.Destroy(error);
        }
        else if (NeedsFinish())
        {
            _prefinished = true;
            stream.Emit("prefinish");
            _pending++;
            stream.Loop.NextTick(Finish);
        }
    }

    private void Finish()
    {
        _pending--;
        IsFinished = true;
        CallFinished(null);
        stream.Emit("finish");
        if (!stream.EndsWithEnd || stream.HasEmittedEnd) stream.Destroy();
    }

    private void CallFinished(Exception? error)
    {
        var waiting = _onFinished;
        _onFinished = null;
        if (waiting is null) return;
        foreach (var done in waiting) done(error);
    }
}

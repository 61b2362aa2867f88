// How reading works
// -----------------
// A source is asked (Read) for more while less than the high-water mark is buffered, and pushes chunks, at once or later. A reader takes
// chunks with read when readable is emitted, or lets them flow to data listeners. Nothing flows within the call that asks for it: flowing
// begins in a tick.
//
// Invariants:
//   I1  Length is the measure of the buffered chunks.
//   I2  The source is not asked again before it has pushed.
//   I3  end is emitted once, in a tick, when the source has ended and everything was taken.
//
// Source: Node lib/internal/streams/readable.js (version 20).

using System.Diagnostics.CodeAnalysis;

namespace Quintet.Node;

/// <summary>The half of a stream from which somebody reads.</summary>
internal sealed class ReadableSide<T>(NodeStream stream, StreamOptions options, Action source, bool startsSync = true)
{
    private readonly Queue<T> _buffer = new();
    private readonly int _limit = options.Limit<T>();
    private readonly HashSet<NodeStream> _awaitsDrain = [];
    private int _length;
    private bool? _flowing;
    private bool _reading;
    private bool _sync = startsSync;
    private bool _needReadable;
    private bool _emittedReadable;
    private bool _readableListening;
    private bool _resumeScheduled;
    private bool _readingMore;
    private bool _paused;

    internal int Length => _length;

    internal int Limit => _limit;

    /// <summary>Whether the source has ended; there may be something left to take.</summary>
    internal bool SourceEnded { get; private set; }

    internal bool EndEmitted { get; private set; }

    internal bool IsPaused => _paused || _flowing == false;

    internal bool IsDataListening => stream.ListenerCount("data") > 0;

    internal bool CanPushMore => !SourceEnded && (_length < _limit || _length == 0);

    internal bool Push(T chunk)
    {
        if (SourceEnded)
        {
            stream.Destroy(new StreamError("ERR_STREAM_PUSH_AFTER_EOF", "stream.push() after EOF"));
            return false;
        }

        if (stream.IsDestroyed || stream.Errored is not null) return false;
        _reading = false;
        if (_flowing == true && !_sync && IsDataListening && _length == 0)
        {
            _awaitsDrain.Clear();
            stream.Emit("data", chunk);
        }
        else
        {
            _buffer.Enqueue(chunk);
            _length += options.Measure(chunk);
            if (_needReadable) EmitReadable();
        }

        MaybeReadMore();
        return CanPushMore;
    }

    internal void PushEnd()
    {
        _reading = false;
        if (SourceEnded) return;
        SourceEnded = true;
        if (_sync) EmitReadable();
        else
        {
            _needReadable = false;
            _emittedReadable = true;
            EmitReadableNow();
        }
    }

    /// <summary>Takes the next chunk, and asks the source for more where that is due.</summary>
    internal bool Read([MaybeNullWhen(false)] out T chunk)
    {
        chunk = default;
        _emittedReadable = false;
        if (_length == 0 && SourceEnded)
        {
            EndReadable();
            return false;
        }

        var next = _buffer.TryPeek(out var first) ? options.Measure(first) : 0;
        Ask(_needReadable || _length == 0 || _length - next < _limit);
        if (!_buffer.TryDequeue(out chunk))
        {
            if (_length <= _limit) _needReadable = true;
            if (SourceEnded) EndReadable();
            else _needReadable = true;
            return false;
        }

        _length -= options.Measure(chunk);
        _awaitsDrain.Clear();
        if (_length == 0)
        {
            if (!SourceEnded) _needReadable = true;
            else EndReadable();
        }

        if (!stream.IsErrorEmitted && !stream.IsClosed) stream.Emit("data", chunk);
        return true;
    }

    internal void OnListenerAdded(string name)
    {
        if (name == "data")
        {
            _readableListening = stream.ListenerCount("readable") > 0;
            if (_flowing != false) Resume();
        }
        else if (name == "readable" && !EndEmitted && !_readableListening)
        {
            _readableListening = _needReadable = true;
            _flowing = false;
            _emittedReadable = false;
            if (_length > 0) EmitReadable();
            else if (!_reading) stream.Loop.NextTick(ReadZero);
        }
    }

    internal void OnReadableListenersChanged() => stream.Loop.NextTick(() =>
    {
        _readableListening = stream.ListenerCount("readable") > 0;
        if (_resumeScheduled && !_paused) _flowing = true;
        else if (IsDataListening) Resume();
        else if (!_readableListening) _flowing = null;
    });

    internal void Resume()
    {
        if (_flowing != true)
        {
            _flowing = !_readableListening;
            if (!_resumeScheduled)
            {
                _resumeScheduled = true;
                stream.Loop.NextTick(ResumeNow);
            }
        }

        _paused = false;
    }

    internal void Pause()
    {
        if (_flowing != false)
        {
            _flowing = false;
            stream.Emit("pause");
        }

        _paused = true;
    }

    /// <summary>A destination has had enough.</summary>
    internal void AwaitDrain(NodeStream destination)
    {
        _awaitsDrain.Add(destination);
        Pause();
    }

    internal void OnDrain(NodeStream destination)
    {
        _awaitsDrain.Remove(destination);
        if (_awaitsDrain.Count == 0 && IsDataListening) Resume();
    }

    /// <summary>Fills the buffer without taking anything.</summary>
    private void ReadZero()
    {
        if (_needReadable && ((_limit != 0 ? _length >= _limit : _length > 0) || SourceEnded))
        {
            if (_length == 0 && SourceEnded) EndReadable();
            else EmitReadable();
            return;
        }

        if (SourceEnded)
        {
            if (_length == 0) EndReadable();
            return;
        }

        Ask(_needReadable || _length == 0 || _length < _limit);
        if (_length <= _limit) _needReadable = true;
    }

    private void Ask(bool wanted)
    {
        if (!wanted || SourceEnded || _reading || stream.IsDestroyed || stream.Errored is not null) return;
        _reading = true;
        _sync = true;
        if (_length == 0) _needReadable = true;
        try
        {
            source();
        }
        catch (Exception error)
        {
            stream.Destroy(error);
        }

        _sync = false;
    }

    private void EmitReadable()
    {
        _needReadable = false;
        if (_emittedReadable) return;
        _emittedReadable = true;
        stream.Loop.NextTick(EmitReadableNow);
    }

    private void EmitReadableNow()
    {
        if (!stream.IsDestroyed && stream.Errored is null && (_length > 0 || SourceEnded))
        {
            stream.Emit("readable");
            _emittedReadable = false;
        }

        if (_flowing != true && !SourceEnded && _length <= _limit) _needReadable = true;
        Flow();
    }

    private void MaybeReadMore()
    {
        if (_readingMore) return;
        _readingMore = true;
        stream.Loop.NextTick(() =>
        {
            while (!_reading && !SourceEnded && (_length < _limit || (_flowing == true && _length == 0)))
            {
                var before = _length;
                ReadZero();
                if (before == _length) break;
            }

            _readingMore = false;
        });
    }

    private void ResumeNow()
    {
        if (!_reading) ReadZero();
        _resumeScheduled = false;
        stream.Emit("resume");
        Flow();
        if (_flowing == true && !_reading) ReadZero();
    }

    private void Flow()
    {
        while (_flowing == true && Read(out _)) { }
    }

    private void EndReadable()
    {
        if (EndEmitted) return;
        SourceEnded = true;
        stream.Loop.NextTick(() =>
        {
            if (stream.Errored is not null || stream.IsClosed || EndEmitted || _length > 0) return;
            EndEmitted = true;
            stream.Emit("end");
            if (!stream.EndsWithFinish || stream.HasFinished) stream.Destroy();
        });
    }
}

// How reading works
// -----------------
// A source is asked (Read) for more while less than the high-water mark is buffered, and pushes chunks, at once or later. A reader takes
// chunks with read when readable is emitted, or lets them flow to data listeners. Nothing flows within the call that asks for it: flowing
// begins in a tick.
//
// Invariants:
//   I1  Length is the measure of the buffered chunks.
//   I2  The source is not asked again before it has pushed, nor before the stream is made ready, nor after its end.
//   I3  end is emitted once, in a tick, when the source has ended and everything was taken.
//
// Source: Node lib/internal/streams/readable.js (version 20).

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Quintet.Node;

/// <summary>The half of a stream from which somebody reads.</summary>
internal sealed partial class ReadableSide<T>(NodeStream stream, StreamOptions options, Action source, bool startsSync = true) : IReadState
{
    private readonly bool _objectMode = options.IsObjectMode<T>();
    private Queue<T> _buffer = new();
    private int _limit = options.ReadLimit<T>();
    private int _length;
    private bool? _flowing;
    private bool _reading;
    private bool _sync = startsSync;
    private bool _needReadable;
    private bool _emittedReadable;
    private bool _readableListening;
    private bool _resumeScheduled;
    private bool _readingMore;
    private bool? _paused;
    private Action? _readMore;

    public int Length => _length;

    public bool SourceEnded { get; private set; }

    public bool EndEmitted { get; private set; }

    internal int Limit => _limit;

    internal bool? Flowing => _flowing;

    /// <summary>Whether anything was handed out.</summary>
    internal bool DidRead { get; private set; }

    internal bool IsPaused => _paused == true || _flowing == false;

    internal bool IsDataListening => stream.ListenerCount("data") > 0;

    private bool CanPushMore => !SourceEnded && (_length < _limit || _length == 0);

    internal bool Push(T chunk)
    {
        if (chunk is null)
        {
            PushEnd();
            return false;
        }

        if (!_objectMode && Chunks.Length(chunk) == 0)
        {
            // Nothing, but an answer: the source may be asked again.
            _reading = false;
            MaybeReadMore();
            return CanPushMore;
        }

        if (SourceEnded)
        {
            stream.Fail(new StreamError("ERR_STREAM_PUSH_AFTER_EOF", "stream.push() after EOF"));
            return false;
        }

        if (stream.IsDestroyed || stream.Errored is not null) return false;
        _reading = false;
        Add(chunk, first: false);
        return CanPushMore;
    }

    /// <summary>Puts back what was taken and is not wanted yet.</summary>
    internal bool Unshift(T chunk)
    {
        if (!_objectMode && Chunks.Length(chunk) == 0) return CanPushMore;
        if (EndEmitted) stream.Fail(new StreamError("ERR_STREAM_UNSHIFT_AFTER_END_EVENT", "stream.unshift() after end event"));
        else if (stream.IsDestroyed || stream.Errored is not null) return false;
        else Add(chunk, first: true);
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

    /// <summary>Takes the next chunk, and asks the source for more where that is due. Where chunks can be joined and nothing flows, all
    /// that is buffered is one chunk.</summary>
    internal bool Read([MaybeNullWhen(false)] out T chunk) => Take(wanted: null, out chunk);

    /// <summary>Takes exactly so much, or what is left when the source has ended.</summary>
    internal bool Read(int size, [MaybeNullWhen(false)] out T chunk)
    {
        if (size > _limit) _limit = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size);
        if (size > 0) return Take(size, out chunk);
        ReadZero();
        chunk = default;
        return false;
    }

    public void OnConstructed()
    {
        if (_needReadable) MaybeReadMore();
    }

    private bool Take(int? wanted, [MaybeNullWhen(false)] out T chunk)
    {
        AssertInvariants();
        chunk = default;
        _emittedReadable = false;
        var size = HowMuch(wanted);
        if (size == 0 && SourceEnded)
        {
            if (_length == 0) EndReadable();
            return false;
        }

        if (Ask(_needReadable || _length == 0 || _length - size < _limit) && !_reading) size = HowMuch(wanted);
        var taken = size > 0 && _buffer.Count > 0;
        if (!taken)
        {
            if (_length <= _limit) _needReadable = true;
        }
        else
        {
            chunk = Remove(size);
            _length -= size;
            ForgetDrains();
        }

        if (_length == 0)
        {
            if (!SourceEnded) _needReadable = true;
            else if (wanted is null || !taken || wanted != size) EndReadable();
        }

        if (taken && !stream.IsErrorEmitted && !stream.IsCloseEmitted)
        {
            DidRead = true;
            stream.Emit("data", chunk!);
        }

        return taken;
    }

    private int HowMuch(int? wanted)
    {
        if (_length == 0 && SourceEnded) return 0;
        if (_objectMode) return 1;
        if (wanted is { } size) return size <= _length ? size : SourceEnded ? _length : 0;
        return _flowing == true && _length > 0 ? Chunks.Length(_buffer.Peek()) : _length;
    }

    /// <summary>Takes so much out of the buffer: one item, or bytes that may lie across chunks.</summary>
    private T Remove(int size)
    {
        if (_objectMode || Chunks.Length(_buffer.Peek()) == size) return _buffer.Dequeue();
        var parts = new List<T>();
        for (var left = size; left > 0;)
        {
            var next = _buffer.Peek();
            var length = Chunks.Length(next);
            if (length <= left)
            {
                parts.Add(_buffer.Dequeue());
                left -= length;
                continue;
            }

            var (head, tail) = Chunks.Cut(next, left);
            parts.Add(head);
            _buffer.Dequeue();
            PutFirst(tail);
            left = 0;
        }

        return parts.Count == 1 ? parts[0] : Chunks.Join(parts);
    }

    private void Add(T chunk, bool first)
    {
        if (_flowing == true && !_sync && _length == 0 && IsDataListening)
        {
            ForgetDrains();
            DidRead = true;
            stream.Emit("data", chunk);
        }
        else
        {
            if (first) PutFirst(chunk);
            else _buffer.Enqueue(chunk);
            _length += options.Measure(chunk);
            if (_needReadable) EmitReadable();
        }

        MaybeReadMore();
    }

    private void PutFirst(T chunk) => _buffer = new Queue<T>(_buffer.Prepend(chunk));

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
        if (_length > 0) return;
        if (!SourceEnded) _needReadable = true;
    }

    /// <returns>Whether the source was asked.</returns>
    private bool Ask(bool wanted)
    {
        if (!wanted || SourceEnded || _reading || stream.IsDestroyed || stream.Errored is not null || !stream.IsConstructed) return false;
        _reading = true;
        _sync = true;
        if (_length == 0) _needReadable = true;
        try
        {
            source();
        }
        catch (Exception error)
        {
            stream.Fail(error);
        }

        _sync = false;
        return true;
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
        if (_readingMore || !stream.IsConstructed) return;
        _readingMore = true;
        stream.Loop.NextTick(_readMore ??= ReadMore);
    }

    private void ReadMore()
    {
        while (!_reading && !SourceEnded && (_length < _limit || (_flowing == true && _length == 0)))
        {
            var before = _length;
            ReadZero();
            if (before == _length) break;
        }

        _readingMore = false;
    }

    private void EndReadable()
    {
        if (EndEmitted) return;
        SourceEnded = true;
        stream.Loop.NextTick(End);
    }

    private void End()
    {
        // Something may have been put back meanwhile.
        if (stream.Errored is not null || stream.IsCloseEmitted || EndEmitted || _length > 0) return;
        EndEmitted = true;
        stream.Emit("end");
        if (stream.IsWritable && !stream.AllowHalfOpen)
        {
            stream.Loop.NextTick(() =>
            {
                if (stream.IsWritable) stream.WriteState!.End(null);
            });
        }
        else if (stream.AutoDestroy && stream.WriteState is null or { IsFinished: true }) stream.Destroy();
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_length == _buffer.Sum(options.Measure), "I1: the length is not that of the buffered chunks.");
        Debug.Assert(!EndEmitted || (SourceEnded && (_length == 0 || stream.IsDestroyed)), "I3: end was emitted too early.");
    }
}

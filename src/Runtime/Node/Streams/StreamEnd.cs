// Source: Node 20 lib/internal/streams/end-of-stream.js.

namespace Quintet.Node;

/// <summary>Tells once when a stream has ended on the wanted sides, and whether it did so whole.</summary>
internal sealed class StreamEnd
{
    private readonly NodeStream _stream;
    private readonly bool _readable;
    private readonly bool _writable;
    private readonly Action<Exception> _onError;
    private Action<Exception?>? _done;
    private Action? _cleanSignal;
    private bool _willEmitClose;
    private bool _readableFinished;
    private bool _writableFinished;

    private StreamEnd(NodeStream stream, StreamSides sides, Action<Exception?> done)
    {
        _stream = stream;
        _done = done;
        _readable = sides != StreamSides.Writable && stream.ReadState is not null;
        _writable = sides != StreamSides.Readable && stream.WriteState is not null;
        _willEmitClose = stream.WillEmitClose && _readable == stream.ReadState is not null && _writable == stream.WriteState is not null;
        _readableFinished = IsReadableFinished;
        _writableFinished = IsWritableFinished;
        _onError = Call;
    }

    private bool IsReadableFinished => _stream.Errored is null && _stream.ReadState is { } state
        && (state.EndEmitted || (state.SourceEnded && state.Length == 0));

    private bool IsWritableFinished => _stream.WriteState is { } state
        && (state.IsFinished || (_stream.Errored is null && state.IsEnding && state.Length == 0));

    /// <returns>What takes the listeners away.</returns>
    internal static Action Watch(NodeStream stream, StreamSides sides, Action<Exception?> done, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(done);
        var end = new StreamEnd(stream, sides, done);
        end.Listen();
        if (signal is not null && !stream.IsCloseEmitted) end.ListenTo(signal);
        return end.Clean;
    }

    private void Listen()
    {
        _stream.On("end", OnEnd);
        _stream.On("finish", OnFinish);
        _stream.On("error", _onError);
        _stream.On("close", OnClose);
        if (_stream.IsClosed) _stream.Loop.NextTick(OnClose);
        else if (_stream.IsErrorEmitted)
        {
            if (!_willEmitClose) _stream.Loop.NextTick(OnClosed);
        }
        else if (!_readable && (!_willEmitClose || IsReadable == true) && (_writableFinished || IsWritable == false)
            && (_stream.WriteState is null or { Pending: 0 }))
            _stream.Loop.NextTick(OnClosed);
        else if (!_writable && (!_willEmitClose || IsWritable == true) && (_readableFinished || IsReadable == false))
            _stream.Loop.NextTick(OnClosed);
    }

    /// <summary>Null where there is no such side at all: nothing is over then, and nothing is open.</summary>
    private bool? IsReadable => _stream.ReadState is null ? null : _stream.IsReadable;

    private bool? IsWritable => _stream.WriteState is null ? null : _stream.IsWritable;

    private void ListenTo(AbortSignal signal)
    {
        void Abort()
        {
            var done = _done;
            Clean();
            done?.Invoke(new AbortError(signal.Reason));
        }

        if (signal.IsAborted)
        {
            _stream.Loop.NextTick(Abort);
            return;
        }

        signal.AddListener(Abort);
        _cleanSignal = () => signal.RemoveListener(Abort);
    }

    private void OnEnd()
    {
        _readableFinished = true;
        if (_stream.IsDestroyed) _willEmitClose = false;
        if (_willEmitClose && (!_stream.IsWritable || _writable)) return;
        if (!_writable || _writableFinished) Call(null);
    }

    private void OnFinish()
    {
        _writableFinished = true;
        if (_stream.IsDestroyed) _willEmitClose = false;
        if (_willEmitClose && (!_stream.IsReadable || _readable)) return;
        if (!_readable || _readableFinished) Call(null);
    }

    private void OnClose()
    {
        if (_stream.Errored is { } error) Call(error);
        else if ((_readable && !_readableFinished && !IsReadableFinished) || (_writable && !_writableFinished && !IsWritableFinished))
            Call(new StreamError("ERR_STREAM_PREMATURE_CLOSE", "Premature close"));
        else Call(null);
    }

    private void OnClosed() => Call(_stream.Errored);

    private void Call(Exception? error)
    {
        var done = _done;
        _done = null;
        _cleanSignal?.Invoke();
        _cleanSignal = null;
        done?.Invoke(error);
    }

    private void Clean()
    {
        _done = null;
        _cleanSignal?.Invoke();
        _cleanSignal = null;
        _stream.Off("end", OnEnd);
        _stream.Off("finish", OnFinish);
        _stream.Off("error", _onError);
        _stream.Off("close", OnClose);
    }
}

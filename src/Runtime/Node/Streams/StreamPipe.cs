// Source: Node lib/internal/streams/readable.js (Readable.prototype.pipe).

namespace Quintet.Node;

/// <summary>Carries chunks from one stream into another.</summary>
internal sealed class StreamPipe<T>
{
    private readonly NodeStream _source;
    private readonly ReadableSide<T> _side;
    private readonly IWritable<T> _destination;
    private readonly NodeStream _target;
    private readonly Action<T> _onData;
    private readonly Action<Exception> _onError;
    private bool _listensForDrain;
    private bool _cleaned;

    private StreamPipe(NodeStream source, ReadableSide<T> side, IWritable<T> destination)
    {
        _source = source;
        _side = side;
        _destination = destination;
        _target = destination.Stream;
        _onData = OnData;
        _onError = OnError;
    }

    internal static void Connect(NodeStream source, ReadableSide<T> side, IWritable<T> destination, bool end)
    {
        ArgumentNullException.ThrowIfNull(destination);
        new StreamPipe<T>(source, side, destination).Connect(end);
    }

    private void Connect(bool end)
    {
        _side.AddPipe(_target, Clean);
        Action onSourceEnd = end ? OnEnd : Unpipe;
        if (_side.EndEmitted) _source.Loop.NextTick(onSourceEnd);
        else _source.Once("end", onSourceEnd);
        _source.On("data", _onData);
        _target.PrependListener("error", _onError);
        _target.Once("close", Unpipe);
        _target.Once("finish", Unpipe);
        _target.Emit("pipe", _source);
        if (_destination.NeedsDrain) Pause();
        else if (_side.Flowing != true) _side.Resume();
    }

    private void OnData(T chunk)
    {
        if (!_destination.Write(chunk)) Pause();
    }

    private void Pause()
    {
        if (!_cleaned) _side.AwaitDrain(_target);
        if (_listensForDrain) return;
        _listensForDrain = true;
        _target.On("drain", OnDrain);
    }

    private void OnDrain() => _side.OnDrain(_target);

    private void OnEnd() => _destination.End();

    private void Unpipe() => _side.Unpipe(_target);

    private void OnError(Exception error)
    {
        Unpipe();
        _target.Off("error", _onError);
        if (_target.ListenerCount("error") > 0) return;
        if (_target.IsErrorEmitted) _target.Emit("error", error);
        else _target.Fail(error);
    }

    private void Clean()
    {
        if (_cleaned) return;
        _target.Off("close", Unpipe);
        _target.Off("finish", Unpipe);
        if (_listensForDrain) _target.Off("drain", OnDrain);
        _target.Off("error", _onError);
        _source.Off("end", OnEnd);
        _source.Off("end", Unpipe);
        _source.Off("data", _onData);
        _cleaned = true;
        // A reader that waits for this writer's drain would wait for ever.
        if (_listensForDrain && _side.AwaitsDrain && _target.WriteState is { NeedsDrain: true }) OnDrain();
    }
}

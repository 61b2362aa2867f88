namespace Quintet.Node;

internal sealed partial class ReadableSide<T>
{
    private readonly HashSet<NodeStream> _awaitsDrain = [];
    private readonly List<(NodeStream Destination, Action Cleanup)> _pipes = [];

    public void OnListenerAdded(string name)
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

    public void OnListenerRemoved(string name)
    {
        if (name == "readable") stream.Loop.NextTick(UpdateListening);
    }

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

    internal void AddPipe(NodeStream destination, Action cleanup) => _pipes.Add((destination, cleanup));

    /// <summary>Takes the listeners of a pipe away, and stops the flow when it was the last one. Null means all pipes.</summary>
    internal void Unpipe(NodeStream? destination)
    {
        if (_pipes.Count == 0) return;
        if (destination is null)
        {
            var all = _pipes.ToArray();
            _pipes.Clear();
            Pause();
            foreach (var (each, cleanup) in all) Detach(each, cleanup);
            return;
        }

        var index = _pipes.FindIndex(pipe => pipe.Destination == destination);
        if (index < 0) return;
        var (_, clean) = _pipes[index];
        _pipes.RemoveAt(index);
        if (_pipes.Count == 0) Pause();
        Detach(destination, clean);
    }

    /// <summary>A destination has had enough.</summary>
    internal void AwaitDrain(NodeStream destination)
    {
        if (_pipes.Any(pipe => pipe.Destination == destination)) _awaitsDrain.Add(destination);
        Pause();
    }

    internal bool AwaitsDrain => _awaitsDrain.Count > 0;

    internal void OnDrain(NodeStream destination)
    {
        _awaitsDrain.Remove(destination);
        if (_awaitsDrain.Count == 0 && IsDataListening) Resume();
    }

    private void Detach(NodeStream destination, Action cleanup)
    {
        cleanup();
        destination.Emit("unpipe", stream);
    }

    private void ForgetDrains()
    {
        if (_awaitsDrain.Count > 0) _awaitsDrain.Clear();
    }

    private void UpdateListening()
    {
        _readableListening = stream.ListenerCount("readable") > 0;
        if (_resumeScheduled && _paused == false) _flowing = true;
        else if (IsDataListening) Resume();
        else if (!_readableListening) _flowing = null;
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
}

// Source: Node 20 lib/events.js (on): events wait in a queue, steps that wait in another; an error comes after what waits.

namespace Quintet.Node;

/// <summary>The events of an emitter as a sequence; for one iteration.</summary>
internal sealed class EventIterator<T> : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private readonly Queue<T> _values = new();
    private readonly Queue<LateAnswer> _waiting = new();
    private readonly EventEmitter _emitter;
    private readonly string _name;
    private readonly string[] _close;
    private readonly AbortSignal? _signal;
    private readonly Action<T> _onValue;
    private readonly Action<Exception> _onError;
    private CancellationTokenRegistration _cancelled;
    private Exception? _error;
    private bool _finished;
    private bool _toldEnd;

    internal EventIterator(EventEmitter emitter, string name, AbortSignal? signal, IEnumerable<string> close)
    {
        _emitter = emitter;
        _name = name;
        _signal = signal;
        _close = [.. close];
        _onValue = OnValue;
        _onError = OnError;
        emitter.On(name, _onValue);
        if (name != "error") emitter.On("error", _onError);
        foreach (var each in _close) emitter.On(each, OnClose);
        signal?.AddListener(OnAbort);
    }

    public T Current { get; private set; } = default!;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
        {
            var loop = NodeLoop.Current;
            _cancelled = cancellationToken.Register(() => loop.Send(() => OnError(new OperationCanceledException(cancellationToken))));
        }

        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        var answer = new LateAnswer();
        var task = new ValueTask<bool>(answer, 0);
        if (_values.TryDequeue(out var value)) Give(answer, value);
        else if (_error is { } error)
        {
            _error = null;
            Fail(answer, error);
        }
        else if (_finished) End(answer);
        else _waiting.Enqueue(answer);
        return task;
    }

    /// <summary>Who was told the end only leaves; who leaves before waits for an answer, also when the events have ended
    /// meanwhile.</summary>
    public ValueTask DisposeAsync()
    {
        if (_toldEnd) return default;
        Finish();
        var answer = new LateAnswer();
        answer.Set(true);
        return new ValueTask(answer, 0);
    }

    private void Give(LateAnswer answer, T value)
    {
        Current = value;
        answer.Set(true);
    }

    private void Fail(LateAnswer answer, Exception error)
    {
        _toldEnd = true;
        answer.Fail(error);
    }

    private void End(LateAnswer answer)
    {
        _toldEnd = true;
        answer.Set(false);
    }

    private void OnValue(T value)
    {
        if (_waiting.TryDequeue(out var answer)) Give(answer, value);
        else _values.Enqueue(value);
    }

    private void OnError(Exception error)
    {
        if (_waiting.TryDequeue(out var answer)) Fail(answer, error);
        else _error = error;
        Finish();
    }

    private void OnAbort() => OnError(new AbortError(_signal!.Reason));

    private void OnClose() => Finish();

    private void Finish()
    {
        if (_finished) return;
        _finished = true;
        _cancelled.Dispose();
        _emitter.Off(_name, _onValue);
        _emitter.Off("error", _onError);
        foreach (var each in _close) _emitter.Off(each, OnClose);
        _signal?.RemoveListener(OnAbort);
        while (_waiting.TryDequeue(out var answer)) End(answer);
    }
}

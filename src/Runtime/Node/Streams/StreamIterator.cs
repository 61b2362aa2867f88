// How the iteration works
// -----------------------
// Each step of the iteration is answered later, never at once: where JavaScript's generator awaits what it yields, one microtask passes
// before the answer, and one more passes in the await of the loop's body. Steps that are asked for at once wait for each other. Leaving the
// loop before the end destroys the stream, unless it has not begun.
//
// Source: Node lib/internal/streams/readable.js (createAsyncIterator); ECMAScript 27.6.3 (async generators).

using System.Threading.Tasks.Sources;

namespace Quintet.Node;

/// <summary>A stream as a sequence of chunks; for one iteration at a time.</summary>
internal sealed class StreamIterator<T>(NodeStream stream, ReadableSide<T> side, bool destroyOnReturn)
    : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private readonly Queue<LateAnswer> _asked = new();
    private bool _isWaiting;
    private Action? _cleanup;
    private Exception? _error;
    private bool _ended;
    private bool _finished;
    private CancellationToken _cancellation;

    public T Current { get; private set; } = default!;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _cancellation = cancellationToken;
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        var answer = new LateAnswer();
        var task = new ValueTask<bool>(answer, 0);
        if (_cancellation.IsCancellationRequested)
        {
            Finish();
            answer.Fail(new OperationCanceledException(_cancellation));
        }
        else if (_finished) answer.Set(false);
        else
        {
            if (_cleanup is null) Begin();
            _asked.Enqueue(answer);
            if (_asked.Count == 1) Step();
        }

        return task;
    }

    public ValueTask DisposeAsync()
    {
        if (_finished) return default;
        var answer = new LateAnswer();
        var hasBegun = _cleanup is not null;
        if (!hasBegun) _finished = true;
        stream.Loop.QueueMicrotask(() =>
        {
            if (hasBegun) Finish();
            answer.Set(true);
        });
        return new ValueTask(answer, 0);
    }

    private void Begin()
    {
        stream.On("readable", Wake);
        _cleanup = StreamEnd.Watch(stream, StreamSides.Readable, reason =>
        {
            _error = reason;
            _ended = true;
            Wake();
        });
    }

    private void Step()
    {
        if (!stream.IsDestroyed && side.Read(out var chunk)) stream.Loop.QueueMicrotask(() => Give(chunk));
        else if (_error is not null)
        {
            Finish();
            _asked.Dequeue().Fail(_error);
            LetGo();
        }
        else if (_ended)
        {
            Finish();
            LetGo();
        }
        else _isWaiting = true;
    }

    private void Give(T chunk)
    {
        if (!_asked.TryDequeue(out var answer)) return;
        Current = chunk;
        answer.Set(true);
        if (_asked.Count > 0) Step();
    }

    private void LetGo()
    {
        while (_asked.TryDequeue(out var answer)) answer.Set(false);
    }

    private void Wake()
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        stream.Loop.QueueMicrotask(Step);
    }

    /// <summary>Who leaves the loop early destroys the stream, unless it is kept. Once the stream has told its end, only one that would
    /// destroy itself is destroyed, but then also for an error where it is kept.</summary>
    private void Finish()
    {
        _finished = true;
        if ((_error is not null || destroyOnReturn) && (!_ended || stream.AutoDestroy))
        {
            stream.Destroy(stream.IsReadable || stream.IsWritable ? new AbortError() : null);
            return;
        }

        stream.Off("readable", Wake);
        _cleanup?.Invoke();
    }
}

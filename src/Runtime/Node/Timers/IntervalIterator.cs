// How it works
// ------------
// As Node's async generator does it: steps that are asked for wait in a queue; the interval counts what has passed; a step that finds
// something is answered a microtask later, because what a generator yields is awaited, and one that finds nothing waits for the interval.
// What has passed is given before an abort is told.
//
// Source: Node 20 lib/timers/promises.js (setInterval); ECMAScript 27.6.3 (async generators).

namespace Quintet.Node;

/// <summary>The intervals of a timer as a sequence. The timer starts with the first step.</summary>
internal sealed class IntervalIterator(NodeLoop loop, double milliseconds, AbortSignal? signal, bool holdsLoop)
    : IAsyncEnumerable<long>, IAsyncEnumerator<long>
{
    private readonly Queue<LateAnswer> _asked = new();
    private CancellationTokenRegistration _cancelled;
    private PromiseResolver<bool>? _waiting;
    private NodeTimeout? _interval;
    private Exception? _error;
    private long _passed;
    private long _given;
    private bool _finished;

    public long Current { get; private set; }

    public IAsyncEnumerator<long> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var iterator = new IntervalIterator(loop, milliseconds, signal, holdsLoop);
        if (cancellationToken.CanBeCanceled) iterator.ListenTo(cancellationToken);
        return iterator;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        var answer = new LateAnswer();
        if (_finished) answer.Set(false);
        else
        {
            _asked.Enqueue(answer);
            if (_asked.Count == 1) Step();
        }

        return new ValueTask<bool>(answer, 0);
    }

    public ValueTask DisposeAsync()
    {
        if (_finished) return default;
        var answer = new LateAnswer();
        loop.QueueMicrotask(() =>
        {
            Finish();
            answer.Set(true);
        });
        return new ValueTask(answer, 0);
    }

    private void ListenTo(CancellationToken token) =>
        _cancelled = token.Register(() => loop.Send(() => Stop(new OperationCanceledException(token))));

    private void Step()
    {
        if (_interval is null)
        {
            if (signal is { IsAborted: true }) _error ??= new AbortError(signal.Reason);
            if (_error is null) Begin();
        }

        if (_given < _passed) loop.QueueMicrotask(Give);
        else if (_error is not null) Fail(_error);
        else
        {
            (var passed, _waiting) = Promise.WithResolvers<bool>();
            passed.Then(_ => Step(), Fail);
        }
    }

    private void Begin()
    {
        _interval = loop.SetInterval(
            () =>
            {
                _passed++;
                _waiting?.Resolve(true);
                _waiting = null;
            },
            milliseconds);
        if (!holdsLoop) _interval.Unref();
        signal?.AddListener(OnAbort);
    }

    private void Give()
    {
        if (_finished) return;
        Current = ++_given;
        _asked.Dequeue().Set(true);
        if (_asked.Count > 0) Step();
    }

    private void OnAbort() => Stop(new AbortError(signal!.Reason));

    private void Stop(Exception error)
    {
        if (_finished) return;
        _interval?.Close();
        _error ??= error;
        _waiting?.Resolve(Promise.Reject<bool>(_error));
        _waiting = null;
    }

    private void Fail(Exception error)
    {
        if (_finished) return;
        _asked.Dequeue().Fail(error);
        Finish();
    }

    private void Finish()
    {
        if (_finished) return;
        _finished = true;
        _cancelled.Dispose();
        _interval?.Close();
        signal?.RemoveListener(OnAbort);
        while (_asked.TryDequeue(out var answer)) answer.Set(false);
    }
}

using System.Collections;

namespace Quintet.Asyncio;

/// <summary>Hands out waits for the next future that is done. Source: <c>asyncio.as_completed</c>.</summary>
internal sealed class Completions<T> : IEnumerable<Coroutine<T>>
{
    private readonly EventLoop _loop = EventLoop.Current;
    private readonly AsyncQueue<IFuture<T>?> _done = new();
    private readonly List<IFuture<T>> _all;
    private readonly HashSet<Future> _pending = [];
    private int _handedOut;
    private readonly Loops.TimerHandle? _timer;

    internal Completions(IEnumerable<IFuture<T>> futures, TimeSpan? timeout)
    {
        _all = [.. futures.DistinctBy(future => future.AsFuture())];
        foreach (var future in _all)
        {
            _pending.Add(future.AsFuture());
            future.AsFuture().AddDoneCallback(_ => OnDone(future));
        }

        if (timeout is { } limit && _all.Count > 0) _timer = _loop.CallLater(limit, OnTimeout);
    }

    public IEnumerator<Coroutine<T>> GetEnumerator()
    {
        // One count for all enumerations: one that was broken off is resumed by the next.
        while (_handedOut < _all.Count)
        {
            _handedOut++;
            yield return Next();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The next one that is done, itself.</summary>
    internal async Coroutine<IFuture<T>> NextDone() => await _done.Get() ?? throw new TimeoutException();

    private void OnDone(IFuture<T> future)
    {
        if (!_pending.Remove(future.AsFuture())) return;
        _done.TryPut(future);
        if (_pending.Count == 0) _timer?.Cancel();
    }

    private void OnTimeout()
    {
        for (var i = 0; i < _pending.Count; i++) _done.TryPut(null);
        _pending.Clear();
    }

    private async Coroutine<T> Next() => (await NextDone()).Result;
}

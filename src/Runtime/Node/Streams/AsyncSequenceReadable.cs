// Source: Node lib/internal/streams/from.js (version 20).

namespace Quintet.Node;

/// <summary>A stream of the items of an asynchronous sequence.</summary>
internal sealed class AsyncSequenceReadable<T>(IAsyncEnumerator<T> items) : Readable<T>(options: SequenceReadable<T>.Options)
{
    private bool _isTaking;
    private bool _isAsking;
    private Action? _close;

    protected override void OnRead()
    {
        if (_isTaking) return;
        _isTaking = true;
        _ = TakeAsync();
    }

    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        void Close() => CloseAsync(error is null)
            .Then(() => Loop.NextTick(() => done(error)), failure => Loop.NextTick(() => done(failure)));
        // A sequence that is being asked for its next item is closed when that has come.
        if (_isAsking) _close = Close;
        else Close();
    }

    private async Promise TakeAsync()
    {
        try
        {
            do
            {
                if (IsDestroyed)
                {
                    // It was closed by a listener of what was pushed, and has nothing more.
                    await Promise.Resolve();
                    PushEnd();
                    return;
                }

                _isAsking = true;
                var next = items.MoveNextAsync();
                bool more;
                if (next.IsCompleted)
                {
                    // Where JavaScript's generator awaits what it yields, and where its answer is awaited.
                    var answer = next.AsTask();
                    await Promise.Resolve();
                    Answered();
                    more = answer.GetAwaiter().GetResult();
                    if (more) await Promise.Resolve();
                }
                else
                {
                    more = await next;
                    Answered();
                }

                if (!more)
                {
                    PushEnd();
                    return;
                }
            }
            while (Push(items.Current));
            _isTaking = false;
        }
        catch (Exception error)
        {
            Answered();
            Destroy(error);
        }
    }

    private void Answered()
    {
        _isAsking = false;
        var close = _close;
        _close = null;
        close?.Invoke();
    }

    /// <summary>For an error, JavaScript throws into the generator; else it lets it return, which takes one microtask more.</summary>
    private async Promise CloseAsync(bool returns)
    {
        if (returns) await Promise.Resolve();
        await items.DisposeAsync();
    }
}

// Source: Node lib/internal/streams/from.js (version 20).

namespace Quintet.Node;

/// <summary>A stream of the items of an asynchronous sequence.</summary>
internal sealed class AsyncSequenceReadable<T>(IAsyncEnumerator<T> items) : Readable<T>(options: SequenceReadable<T>.Options)
{
    private bool _isTaking;
    private bool _isAsking;
    private PromiseResolver<bool>? _answered;

    protected override void OnRead()
    {
        if (_isTaking) return;
        _isTaking = true;
        _ = TakeAsync();
    }

    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        CloseAsync().Then(() => Loop.NextTick(() => done(error)), failure => Loop.NextTick(() => done(failure)));
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
                // Where JavaScript awaits a generator's answer, and where the generator awaits what it yields.
                var isAtOnce = next.IsCompleted;
                if (isAtOnce) await Promise.Resolve();
                var more = await next;
                if (isAtOnce && more) await Promise.Resolve();
                Answered();
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
        _answered?.Resolve(true);
    }

    // A sequence that is being asked for its next item is closed when that has come.
    private async Promise CloseAsync()
    {
        if (_isAsking)
        {
            (var answered, _answered) = Promise.WithResolvers<bool>();
            await answered;
        }

        await items.DisposeAsync();
    }
}

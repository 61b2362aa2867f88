// Source: Node lib/internal/streams/from.js (version 20): items are pushed until it is enough, without a microtask between them, and the
// sequence is closed in a promise, so that close comes later than that of other streams.

namespace Quintet.Node;

/// <summary>A stream of the items of a sequence.</summary>
internal sealed class SequenceReadable<T>(IEnumerator<T> items) : Readable<T>(options: Options)
{
    internal static readonly StreamOptions Options = new() { ObjectMode = true, HighWaterMark = 1 };

    private bool _isTaking;

    protected override void OnRead()
    {
        // A push may ask for more before it returns.
        if (_isTaking) return;
        _isTaking = true;
        try
        {
            do
            {
                if (!items.MoveNext())
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
            Destroy(error);
        }
    }

    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        Exception? failure = null;
        try
        {
            items.Dispose();
        }
        catch (Exception broken)
        {
            failure = broken;
        }

        Promise.Resolve().Then(() => Loop.NextTick(() => done(failure ?? error)));
    }
}

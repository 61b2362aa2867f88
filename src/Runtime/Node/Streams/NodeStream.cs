// How a stream ends
// -----------------
// A stream that has ended on all of its sides, or failed, is destroyed: OnDestroy releases what is under it, and then come, in one tick,
// the
// error (once) and close (once, last). Destroying it again does nothing.
//
// Source: Node lib/internal/streams/destroy.js.

namespace Quintet.Node;

/// <summary>What all streams share: events, and an end.</summary>
public abstract class NodeStream : EventEmitter
{
    private protected NodeStream() => Loop = NodeLoop.Current;

    /// <summary>Whether <see cref="Destroy"/> was called, by anybody.</summary>
    public bool IsDestroyed { get; private set; }

    /// <summary>Whether the <c>close</c> event was emitted.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The error that ended it.</summary>
    public Exception? Errored { get; internal set; }

    internal NodeLoop Loop { get; }

    internal bool IsErrorEmitted { get; private set; }

    internal virtual bool EndsWithEnd => false;

    internal virtual bool EndsWithFinish => false;

    internal virtual bool HasEmittedEnd => true;

    internal virtual bool HasFinished => true;

    /// <summary>Ends it at once: what is buffered is lost. Emits <paramref name="error"/>, if given, and <c>close</c>.</summary>
    public void Destroy(Exception? error = null)
    {
        if (IsDestroyed) return;
        if (error is not null) Errored ??= error;
        OnDestroying();
        IsDestroyed = true;
        var called = false;
        Action<Exception?> done = late =>
        {
            if (called) return;
            called = true;
            if (late is not null) Errored ??= late;
            Loop.NextTick(() => EmitEnd(late));
        };
        try
        {
            OnDestroy(error, done);
        }
        catch (Exception failure)
        {
            done(failure);
        }
    }

    /// <summary>Releases what is under the stream.</summary>
    /// <param name="error">Why it ends, or null.</param>
    /// <param name="done">Is called when that has happened, with the error to emit.</param>
    protected virtual void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        done(error);
    }

    private protected virtual void OnDestroying() { }

    private void EmitEnd(Exception? error)
    {
        if (error is not null && !IsErrorEmitted)
        {
            IsErrorEmitted = true;
            try
            {
                Emit("error", error);
            }
            catch (Exception unhandled)
            {
                Loop.OnUncaught(unhandled);
            }
        }

        IsClosed = true;
        Emit("close");
    }
}

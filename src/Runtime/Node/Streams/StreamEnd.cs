// Source: Node lib/internal/streams/end-of-stream.js.

namespace Quintet.Node;

/// <summary>Tells once when a stream has ended on the wanted sides, and whether it did so whole.</summary>
internal static class StreamEnd
{
    internal static void Watch(NodeStream stream, bool readable, bool writable, Action<Exception?> done)
    {
        var called = false;
        void Call(Exception? error)
        {
            if (called) return;
            called = true;
            done(error);
        }

        void Closed()
        {
            if (stream.Errored is { } error) Call(error);
            else if ((readable && stream.EndsWithEnd && !stream.HasEmittedEnd) || (writable && stream.EndsWithFinish
                && !stream.HasFinished))
                Call(new StreamError("ERR_STREAM_PREMATURE_CLOSE", "Premature close"));
            else Call(null);
        }

        if (stream.IsClosed)
        {
            stream.Loop.NextTick(Closed);
            return;
        }

        stream.On<Exception>("error", Call);
        stream.On("close", Closed);
        // A stream with two sides closes after both; who waits for one side need not wait for the other.
        if (readable && !writable && stream.EndsWithFinish) stream.On("end", () => Call(null));
        if (writable && !readable && stream.EndsWithEnd) stream.On("finish", () => Call(null));
    }
}

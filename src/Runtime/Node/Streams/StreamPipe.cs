// Source: Node lib/internal/streams/readable.js (Readable.prototype.pipe).

namespace Quintet.Node;

/// <summary>Carries chunks from one stream into another.</summary>
internal static class StreamPipe
{
    internal static void Connect<T>(NodeStream source, ReadableSide<T> side, IWritable<T> destination, bool end)
    {
        var target = destination.Stream;
        var cleaned = false;
        Action<T> onData = null!;
        Action onDrain = () => side.OnDrain(target);
        Action<Exception> onError = null!;
        Action unpipe = null!;
        Action onEnd = () => destination.End();
        var onSourceEnd = end ? onEnd : () => unpipe();
        onData = chunk =>
        {
            if (!destination.Write(chunk) && !cleaned) side.AwaitDrain(target);
        };
        unpipe = () =>
        {
            if (cleaned) return;
            cleaned = true;
            source.Off("data", onData);
            source.Off("end", onSourceEnd);
            target.Off("drain", onDrain);
            target.Off("error", onError);
            target.Off("close", unpipe);
            target.Off("finish", unpipe);
            side.Pause();
        };
        onError = error =>
        {
            unpipe();
            if (target.ListenerCount("error") == 0) target.Emit("error", error);
        };
        if (side.EndEmitted) source.Loop.NextTick(onSourceEnd);
        else source.Once("end", onSourceEnd);
        target.On("drain", onDrain);
        target.PrependListener("error", onError);
        target.Once("close", unpipe);
        target.Once("finish", unpipe);
        source.On("data", onData);
        if (destination.NeedsDrain) side.AwaitDrain(target);
        else side.Resume();
    }
}

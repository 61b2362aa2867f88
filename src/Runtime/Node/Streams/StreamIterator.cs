// Source: Node lib/internal/streams/readable.js (createAsyncIterator).

namespace Quintet.Node;

/// <summary>A stream as a sequence of chunks.</summary>
internal static class StreamIterator
{
    internal static async IAsyncEnumerable<T> Iterate<T>(NodeStream stream, ReadableSide<T> side)
    {
        PromiseResolver<bool>? waiting = null;
        Exception? error = null;
        var ended = false;
        void Wake()
        {
            waiting?.Resolve(true);
            waiting = null;
        }

        stream.On("readable", Wake);
        StreamEnd.Watch(stream, readable: true, writable: false, reason =>
        {
            error = reason;
            ended = true;
            Wake();
        });
        try
        {
            while (true)
            {
                if (!stream.IsDestroyed && side.Read(out var chunk)) yield return chunk;
                else if (error is not null) throw error;
                else if (ended) yield break;
                else
                {
                    var (promise, resolver) = Promise.WithResolvers<bool>();
                    waiting = resolver;
                    await promise;
                }
            }
        }
        finally
        {
            stream.Destroy();
        }
    }
}

namespace Quintet.Node;

public sealed partial class Pipeline
{
    /// <summary>Writes the items of a sequence into a stream, no faster than it takes them.</summary>
    private async Promise Pump<T>(IAsyncEnumerable<T> items, IWritable<T> destination, bool end)
    {
        Exception? failure = null;
        Action? wake = null;
        var stream = destination.Stream;
        void Resume(Exception? error)
        {
            failure = error ?? failure;
            var waiting = wake;
            wake = null;
            waiting?.Invoke();
        }

        Promise<bool> Wait() => new(resolver =>
        {
            void Answer()
            {
                if (failure is not null) resolver.Reject(failure);
                else resolver.Resolve(true);
            }

            if (failure is not null) Answer();
            else wake = Answer;
        });

        void OnDrain() => Resume(null);
        stream.On("drain", OnDrain);
        var clean = StreamEnd.Watch(stream, StreamSides.Writable, Resume);
        try
        {
            if (destination.NeedsDrain) await Wait();
            await foreach (var item in items)
                if (!destination.Write(item)) await Wait();
            if (end)
            {
                destination.End();
                await Wait();
            }

            FinishOne(null);
        }
        catch (Exception error)
        {
            FinishOne(error);
        }
        finally
        {
            clean();
            stream.Off("drain", OnDrain);
        }
    }
}

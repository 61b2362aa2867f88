using System.Runtime.CompilerServices;

namespace Quintet.Node;

public partial class EventEmitter
{
    /// <summary>A promise of the next event's argument; an <c>error</c> event rejects it (<c>events.once</c>).</summary>
    public static Promise<T> Once<T>(EventEmitter emitter, string name)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return new Promise<T>(resolver =>
        {
            Action<Exception> failed = resolver.Reject;
            emitter.Once<T>(name, value =>
            {
                emitter.Off("error", failed);
                resolver.Resolve(value);
            });
            if (name != "error") emitter.Once("error", failed);
        });
    }

    /// <summary>The events as they come (<c>events.on</c>), until <paramref name="signal"/> is aborted or an <c>error</c> event
    /// comes.</summary>
    /// <exception cref="AbortError">The signal was aborted.</exception>
    public static async IAsyncEnumerable<T> Iterate<T>(
        EventEmitter emitter, string name, AbortSignal? signal = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        var values = new Queue<T>();
        Exception? error = null;
        PromiseResolver<bool>? waiting = null;
        void Wake()
        {
            waiting?.Resolve(true);
            waiting = null;
        }

        Action<T> listener = value =>
        {
            values.Enqueue(value);
            Wake();
        };
        Action<Exception> fail = reason =>
        {
            error = reason;
            Wake();
        };
        Action abort = () => fail(new AbortError());
        emitter.On(name, listener);
        emitter.On("error", fail);
        signal?.AddListener(abort);
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (signal is { IsAborted: true } && error is null) error = new AbortError();
                if (values.TryDequeue(out var value)) yield return value;
                else if (error is not null) throw error;
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
            emitter.Off(name, listener);
            emitter.Off("error", fail);
            signal?.RemoveListener(abort);
        }
    }
}

namespace Quintet.Node;

public partial class EventEmitter
{
    /// <summary>A promise of the next event's argument; an <c>error</c> event rejects it (<c>events.once</c>).</summary>
    /// <param name="emitter">Whose event.</param>
    /// <param name="name">Which event.</param>
    /// <param name="signal">Rejects it with an <see cref="AbortError"/> when it is aborted.</param>
    public static Promise<T> Once<T>(EventEmitter emitter, string name, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        if (signal is { IsAborted: true }) return Promise.Reject<T>(new AbortError(signal.Reason));
        // In Node an async function, which gives a promise that follows this one.
        return new Promise<T>(outer => outer.Resolve(Next<T>(emitter, name, signal)));
    }

    private static Promise<T> Next<T>(EventEmitter emitter, string name, AbortSignal? signal) =>
        new(resolver =>
        {
            Action<T> arrived = null!;
            Action<Exception> failed = null!;
            Action aborted = null!;
            void Clean()
            {
                emitter.Off(name, arrived);
                emitter.Off("error", failed);
                signal?.RemoveListener(aborted);
            }

            arrived = value =>
            {
                Clean();
                resolver.Resolve(value);
            };
            failed = error =>
            {
                Clean();
                resolver.Reject(error);
            };
            aborted = () =>
            {
                Clean();
                resolver.Reject(new AbortError(signal?.Reason));
            };
            emitter.Once(name, arrived);
            if (name != "error") emitter.Once("error", failed);
            signal?.AddListener(aborted);
        });

    /// <summary>The events as they come (<c>events.on</c>), until <paramref name="signal"/> is aborted, an <c>error</c> event comes, or one
    /// of <paramref name="close"/>. Events that come before the loop's body asks for them wait.</summary>
    /// <param name="emitter">Whose events.</param>
    /// <param name="name">Which event.</param>
    /// <param name="signal">Ends it with an <see cref="AbortError"/>.</param>
    /// <param name="close">Names of events that end it.</param>
    /// <remarks>It listens from this call on, not only from the first step.</remarks>
    public static IAsyncEnumerable<T> Iterate<T>(
        EventEmitter emitter, string name, AbortSignal? signal = null, IEnumerable<string>? close = null)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        if (signal is { IsAborted: true }) throw new AbortError(signal.Reason);
        return new EventIterator<T>(emitter, name, signal, close ?? []);
    }
}

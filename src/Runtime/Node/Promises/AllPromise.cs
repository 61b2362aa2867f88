namespace Quintet.Node;

/// <summary>Fulfilled with all values. One watcher reacts to all sources, so that a source costs no object.</summary>
/// <remarks>
/// Source: ECMAScript 2024, 27.2.4.1 (Promise.all). The values are read when the last source is fulfilled: they are final.
/// </remarks>
internal sealed class AllPromise<T> : Promise<T[]>
{
    private readonly Promise<T>[] _sources;
    private int _left;

    internal AllPromise(Promise<T>[] sources)
    {
        _sources = sources;
        _left = sources.Length;
        if (_left == 0) Fulfil([]);
        var watcher = new PromiseWatcher(OnSettled);
        foreach (var source in sources) source.React(watcher);
    }

    private void OnSettled(object? state)
    {
        if (((Promise)state!).Error is { } error) Reject(error);
        else if (--_left == 0) Fulfil(Array.ConvertAll(_sources, static source => source.Value));
    }
}

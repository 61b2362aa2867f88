namespace Quintet.Node;

/// <summary>Reacts to many promises with one object: its callback gets the promise that is settled.</summary>
internal sealed class PromiseWatcher(SendOrPostCallback callback)
{
    internal SendOrPostCallback Callback { get; } = callback;
}

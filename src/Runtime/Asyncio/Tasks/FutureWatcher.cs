namespace Quintet.Asyncio;

/// <summary>Waits for many futures with one object: its callback gets the future that is done.</summary>
internal sealed class FutureWatcher(SendOrPostCallback callback)
{
    internal SendOrPostCallback Callback { get; } = callback;
}

namespace Quintet.Asyncio;

/// <summary>In debug mode: lives as long as a coroutine that was made and not awaited, and its end is reported.</summary>
internal sealed class CoroutineTracker(EventLoop loop, string method, string stack)
{
    ~CoroutineTracker() => loop.ReportNeverAwaited(method, stack);

    internal void Awaited() => GC.SuppressFinalize(this);
}

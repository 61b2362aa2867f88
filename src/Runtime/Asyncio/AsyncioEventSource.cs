using System.Diagnostics.Tracing;

namespace Quintet.Asyncio;

/// <summary>The event source <c>Quintet-Asyncio</c>: what nobody takes. What detectors see is told by
/// the event source <c>Quintet</c>.</summary>
[EventSource(Name = "Quintet-Asyncio")]
internal sealed class AsyncioEventSource : EventSource
{
    internal static readonly AsyncioEventSource Log = new();

    [Event(1, Level = EventLevel.Error, Message = "Loop {0}: {1}: {2}")]
    public void Unhandled(int loop, string message, string exception) => WriteEvent(1, loop, message, exception);
}

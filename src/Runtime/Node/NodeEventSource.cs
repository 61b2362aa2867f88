using System.Diagnostics.Tracing;

namespace Quintet.Node;

/// <summary>The event source <c>Quintet-Node</c>: what nobody takes. What detectors see is told by
/// the event source <c>Quintet</c>.</summary>
[EventSource(Name = "Quintet-Node")]
internal sealed class NodeEventSource : EventSource
{
    internal static readonly NodeEventSource Log = new();

    [Event(1, Level = EventLevel.Error, Message = "Loop {0}: uncaught exception: {1}")]
    public void Uncaught(int loop, string exception) => WriteEvent(1, loop, exception);

    [Event(2, Level = EventLevel.Error, Message = "Loop {0}: unhandled rejection: {1}")]
    public void UnhandledRejection(int loop, string exception) => WriteEvent(2, loop, exception);

    [Event(3, Level = EventLevel.Warning, Message = "Loop {0}: {1}: {2}")]
    public void Warning(int loop, string name, string message) => WriteEvent(3, loop, name, message);
}

using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Quintet.Tests.Runtime;

/// <summary>What an event source writes.</summary>
internal sealed class SourceLog : EventListener
{
    private readonly ConcurrentQueue<(string Name, object?[] Values)> _written = new();

    internal SourceLog(EventSource source) => EnableEvents(source, EventLevel.Verbose);

    /// <summary>The events of this name whose first value is this.</summary>
    internal object?[][] Of(string name, object first) =>
        [.. _written.Where(written => written.Name == name && first.Equals(written.Values[0])).Select(static written => written.Values)];

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        _written.Enqueue((eventData.EventName!, [.. eventData.Payload!]));
}

using System.Diagnostics.Tracing;

namespace Quintet;

/// <summary>The event source <c>Quintet</c>: the log of all detectors.</summary>
[EventSource(Name = "Quintet")]
internal sealed class QuintetEventSource : EventSource
{
    internal static readonly QuintetEventSource Log = new();

    [Event(1, Level = EventLevel.Warning, Message = "{0}: {1}")]
    public void Reported(string ruleId, string message, string stack)
    {
        if (IsEnabled()) WriteEvent(1, ruleId, message, stack);
    }

    [Event(2, Level = EventLevel.Error, Message = "A handler of {0} threw: {1}")]
    public void HandlerFailed(string ruleId, string error)
    {
        if (IsEnabled()) WriteEvent(2, ruleId, error);
    }
}

using System.Diagnostics.Tracing;

namespace Quintet.GilThreads;

/// <summary>The event source <c>Quintet-GilThreads</c>: what is rare and worth knowing.</summary>
[EventSource(Name = "Quintet-GilThreads")]
internal sealed class GilEventSource : EventSource
{
    internal static readonly GilEventSource Log = new();

    [Event(1, Level = EventLevel.Warning, Message = "{0} is held for {2} ms without a checkpoint by thread {1}")]
    public void HeldWithoutCheckpoint(string name, int thread, int milliseconds) => WriteEvent(1, name, thread, milliseconds);

    [Event(2, Level = EventLevel.Error, Message = "{2} escaped from thread {1} of {0}")]
    public void ThreadFailed(string name, string thread, string exception) => WriteEvent(2, name, thread, exception);

    [Event(3, Level = EventLevel.Error, Message = "{0}: {1}")]
    public void Misused(string name, string how) => WriteEvent(3, name, how);
}

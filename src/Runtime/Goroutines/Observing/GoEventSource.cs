using System.Diagnostics.Tracing;

namespace Quintet.Goroutines;

/// <summary>The event source <c>Quintet-Goroutines</c>: what is rare and worth knowing. Slices are for <see cref="GoTrace"/>.</summary>
[EventSource(Name = "Quintet-Goroutines")]
internal sealed class GoEventSource : EventSource
{
    internal static readonly GoEventSource Log = new();

    [Event(1, Level = EventLevel.Informational, Message = "A processor was taken from {0}, which did not give way")]
    public void Retaken(string goroutine) => WriteEvent(1, goroutine);

    [Event(2, Level = EventLevel.Error, Message = "All goroutines are asleep: {0} parked")]
    public void Deadlock(int parked) => WriteEvent(2, parked);

    [Event(3, Level = EventLevel.Warning, Message = "{0}, started at {1}:{2}, was collected while it waited")]
    public void Leaked(string goroutine, string file, int line) => WriteEvent(3, goroutine, file, line);

    [Event(4, Level = EventLevel.Error, Message = "{1} escaped from {0}")]
    public void Panicked(string goroutine, string exception) => WriteEvent(4, goroutine, exception);
}

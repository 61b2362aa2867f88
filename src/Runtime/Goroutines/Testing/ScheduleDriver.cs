namespace Quintet.Goroutines.Testing;

/// <summary>Takes over the choices of a processor: what was made ready goes to it instead of the run queues.</summary>
internal abstract class ScheduleDriver
{
    internal abstract void Ready(Goroutine goroutine);
}

namespace Quintet.Goroutines;

/// <summary>
/// Where a goroutine belongs. A scheduler has one record that all its plain goroutines share, so that belonging costs one reference;
/// a goroutine with a life worth noting (its spawn site, its thread) gets a record of its own.
/// </summary>
internal class GoroutineRecord(GoScheduler? scheduler)
{
    internal GoScheduler? Scheduler { get; } = scheduler;

    /// <summary>Makes a goroutine runnable from a thread that has no processor of its scheduler.</summary>
    internal virtual void Inject(Goroutine goroutine) => Scheduler!.Inject(goroutine);

    /// <summary>The goroutine returned, threw or exited.</summary>
    internal virtual void Finished()
    {
    }
}

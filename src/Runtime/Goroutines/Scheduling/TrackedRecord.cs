namespace Quintet.Goroutines;

/// <summary>
/// Of a goroutine whose leak is to be reported. It is reachable from the goroutine only: when both can no longer be reached before the
/// body has finished, the finalizer tells.
/// </summary>
internal sealed class TrackedRecord(GoScheduler scheduler, string goroutine, string file, int line) : GoroutineRecord(scheduler)
{
    ~TrackedRecord()
    {
        if (Scheduler!.Stopped) return;
        Scheduler.Collected();
        GoEventSource.Log.Leaked(goroutine, file, line);
        GoDetectors.Leaked(goroutine, file, line);
        Scheduler.Options.LeakedGoroutine?.Invoke(new GoLeak(goroutine, file, line));
    }

    internal override void Finished() => GC.SuppressFinalize(this);
}

namespace Quintet.Goroutines;

/// <summary>Not seen by anybody: a child whose end with its parent starts a goroutine.</summary>
internal sealed class AfterContext(GoContext parent, Func<GoTask> body, GoScheduler scheduler, string file, int line)
    : CancelContext(parent)
{
    private int _begun;

    /// <summary>True when the goroutine was not started and will not be.</summary>
    internal bool CallOff()
    {
        var inTime = Interlocked.Exchange(ref _begun, 1) == 0;
        if (inTime) End(ContextCanceledException.Instance, null, forget: true);
        return inTime;
    }

    private protected override void OnEnded()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) scheduler.SpawnIfOpen(body, file, line);
    }
}

namespace Quintet.GilThreads;

/// <summary>Brings the code after an await back to a thread that holds the lock.</summary>
internal sealed class GilSynchronizationContext(GilTaskScheduler scheduler, GlobalInterpreterLock owner) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        using (owner.Enter()) d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}

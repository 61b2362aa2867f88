namespace Quintet.Goroutines;

/// <summary>Of a goroutine that called Go.LockThread: it runs on that machine and nowhere else.</summary>
internal sealed class LockedRecord(GoroutineRecord previous, Machine machine) : GoroutineRecord(previous.Scheduler)
{
    internal Machine Machine { get; } = machine;

    internal GoroutineRecord Previous { get; } = previous;

    /// <summary>LockThread calls that UnlockThread has still to undo.</summary>
    internal int Depth { get; set; } = 1;

    internal override void Finished()
    {
        Machine.LockedTo = null;
        Previous.Finished();
    }
}

namespace Quintet.Goroutines;

/// <summary>A context that ends at a time.</summary>
internal sealed class DeadlineContext(GoContext parent, DateTimeOffset deadline, Exception? cause) : CancelContext(parent), IAlarmed
{
    private Alarm? _alarm;

    public override DateTimeOffset? Deadline => deadline;

    private protected override bool KnowsDeadline => true;

    internal void Arm()
    {
        var scheduler = GoScheduler.Current;
        var delay = deadline - scheduler.TimeProvider.GetUtcNow();
        if (delay <= TimeSpan.Zero)
        {
            TimeIsOver();
            return;
        }

        var alarm = new Alarm(scheduler, this);
        lock (alarm.Gate)
        {
            _alarm = alarm;
            if (Error is null) alarm.SetLocked(delay, TimeSpan.Zero);
        }

        // Ended between the look and the note: nobody else would stop the alarm.
        if (Error is not null) alarm.Dispose();
    }

    // The alarm's gate is held: the end, which takes other locks and calls out, happens on a goroutine.
    void IAlarmed.AlarmRang(GoScheduler scheduler) => scheduler.SpawnIfOpen(Expire);

    private protected override void OnEnded() => _alarm?.Dispose();

    private protected override string Tell() => $"{base.Tell()}({deadline:O})";

    private async GoTask Expire()
    {
        TimeIsOver();
        await GoTask.CompletedTask;
    }

    private void TimeIsOver() => End(ContextDeadlineExceededException.Instance, cause, forget: true);
}

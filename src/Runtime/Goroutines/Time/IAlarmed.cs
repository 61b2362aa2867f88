namespace Quintet.Goroutines;

/// <summary>Who is told by an <see cref="Alarm"/>.</summary>
internal interface IAlarmed
{
    /// <summary>The time has come. Called under the alarm's gate: must not call out.</summary>
    void AlarmRang(GoScheduler scheduler);
}

namespace Quintet.Goroutines;

/// <summary>Who is told by an <see cref="Alarm"/>.</summary>
internal interface IAlarmed
{
    /// <summary>The time has come. Called under the alarm's gate: must not call out.</summary>
    void AlarmRang(GoScheduler scheduler);

    /// <summary>Somebody looks whether the time has come. Called without the channel's lock.</summary>
    void SomebodyLooks()
    {
    }

    /// <summary>A goroutine parks on the channel of this clock. Called under the channel's lock.</summary>
    void SomebodyWaits()
    {
    }
}

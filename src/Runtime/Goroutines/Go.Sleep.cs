namespace Quintet.Goroutines;

public static partial class Go
{
    /// <summary>Pauses the goroutine by its scheduler's clock (Go's <c>time.Sleep</c>).</summary>
    /// <param name="delay">How long; zero or less: not at all.</param>
    /// <returns>What to await.</returns>
    public static async GoTask SleepAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) return;
        var sleep = new Sleep();
        new Alarm(GoScheduler.Current, sleep).SetOnce(delay);
        await sleep.Over.WaitAsync();
    }

    private sealed class Sleep : IAlarmed
    {
        internal OneShot Over { get; } = new("sleep");

        void IAlarmed.AlarmRang(GoScheduler scheduler) => Over.Happen();
    }
}

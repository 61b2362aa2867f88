using System.Diagnostics;
using Quintet.Goroutines;

namespace Quintet.Bench.Goroutines;

/// <summary>How late somebody runs whose time has come while others compute, in nanoseconds.</summary>
internal static class Lateness
{
    internal static double Of(string workload, int n)
    {
        var late = new List<double>(n);
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = workload == "timer1p" ? 1 : 2 });
        scheduler.Run(() => workload == "timer1p" ? BesideAHotLoop(n, late) : FromABusySender(n, late));
        late.Sort();
        return workload == "timer1p" ? late[n / 2] : late[n * 99 / 100];
    }

    /// <summary>A sleep of 5 ms on the one processor on which a loop never gives way: the median.</summary>
    private static async GoTask BesideAHotLoop(int n, List<double> late)
    {
        var stop = false;
        Go.Run(() =>
        {
            while (!Volatile.Read(ref stop))
            {
            }
        });
        var delay = TimeSpan.FromMilliseconds(5);
        for (var i = 0; i < n; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await Go.SleepAsync(delay);
            late.Add((Stopwatch.GetElapsedTime(since) - delay).TotalNanoseconds);
        }

        Volatile.Write(ref stop, true);
    }

    /// <summary>A receiver whose sender goes on computing for a millisecond, with a second processor idle: the 99th of a hundred.</summary>
    private static async GoTask FromABusySender(int n, List<double> late)
    {
        var channel = new Chan<long>();
        Go.Run(async () =>
        {
            for (var i = 0; i < n; i++)
            {
                await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                await channel.SendAsync(Stopwatch.GetTimestamp());
                for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since).TotalMilliseconds < 1;) Thread.SpinWait(10);
            }

            channel.Close();
        });
        await foreach (var since in channel) late.Add(Stopwatch.GetElapsedTime(since).TotalNanoseconds);
    }
}

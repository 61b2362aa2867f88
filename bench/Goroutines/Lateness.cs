using System.Diagnostics;
using Quintet.Goroutines;

namespace Quintet.Bench.Goroutines;

/// <summary>How late somebody runs whose time has come while others compute, in nanoseconds.</summary>
internal static class Lateness
{
    internal static double Of(string workload, int n)
    {
        var late = new List<double>(n);
        if (workload == "deadlock")
        {
            for (var i = 0; i < n; i++) late.Add(AllAsleep());
            return late.Max();
        }

        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = workload == "timer1p" ? 1 : 2 });
        scheduler.Run(() => workload == "timer1p" ? BesideAHotLoop(n, late) : FromABusySender(n, late));
        late.Sort();
        return workload == "latency" ? late[n * 99 / 100] : late[n / 2];
    }

    /// <summary>
    /// The same between two bare threads that wait by the system's own means: what no scheduler on this machine can be better than.
    /// </summary>
    internal static double OfBareThreads(string workload, int n)
    {
        var late = new List<double>(n);
        var (gate, sent, stop) = (new object(), 0L, false);
        var receiver = new Thread(() =>
        {
            while (true)
            {
                lock (gate)
                {
                    while (sent == 0 && !stop) Monitor.Wait(gate);
                    if (sent == 0) return;
                    late.Add(Stopwatch.GetElapsedTime(sent).TotalNanoseconds);
                    sent = 0;
                }
            }
        });
        receiver.Start();
        for (var i = 0; i < n; i++)
        {
            Thread.Sleep(1);
            lock (gate)
            {
                sent = Stopwatch.GetTimestamp();
                Monitor.Pulse(gate);
            }

            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since).TotalMilliseconds < 1;) Thread.SpinWait(10);
        }

        lock (gate)
        {
            stop = true;
            Monitor.Pulse(gate);
        }

        receiver.Join();
        late.Sort();
        return late[late.Count * (workload == "latency" ? 99 : 50) / 100];
    }

    /// <summary>From the last goroutine that goes to sleep to the exception that says that all have.</summary>
    private static double AllAsleep()
    {
        var since = 0L;
        try
        {
            GoScheduler.Run(async () =>
            {
                var never = new Chan<int>();
                for (var g = 0; g < 100; g++) Go.Run(async () => await never.ReceiveAsync());
                await Go.SleepAsync(TimeSpan.FromMilliseconds(1)); // they sleep, a timer is set: no deadlock yet
                since = Stopwatch.GetTimestamp();
                await never.ReceiveAsync();
            }, new GoSchedulerOptions { MaxProcs = 2 });
        }
        catch (GoDeadlockException)
        {
            return Stopwatch.GetElapsedTime(since).TotalNanoseconds;
        }

        throw new InvalidOperationException("The deadlock was not found.");
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

    /// <summary>
    /// A receiver whose sender goes on computing for a millisecond, with a second processor idle: the median, and the 99th of a hundred.
    /// </summary>
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

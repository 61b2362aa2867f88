using System.Globalization;

namespace Quintet.Bench.Goroutines;

/// <summary>One workload in this process: warm up, measure, print the CPU time of each measurement per operation in nanoseconds.</summary>
internal static class Measure
{
    private const int WarmUps = 4;
    private const int Measurements = 5;

    /// <summary>
    /// Processor time to spend before anything is measured: what the just-in-time compiler does on threads of its own would be measured as
    /// the work of the goroutines, and is far more than that.
    /// </summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1.5);

    internal static readonly (string Name, int Operations)[] Workloads =
    [
        ("spawn", 500_000), ("pingpong", 500_000), ("spsc", 2_000_000), ("mpmc128", 1_000_000), ("mpmc0", 500_000),
        ("select2", 400_000), ("select4", 400_000), ("select8", 400_000), ("sieve1500", 1), ("ring100k", 300_000), ("parked", 500_000),
        ("parked10m", 10_000_000), ("timer1p", 60), ("latency50", 500), ("latency", 500), ("deadlock", 200),
    ];

    internal static void Run(string side, string workload)
    {
        var operations = Workloads.Single(item => item.Name == workload).Operations;
        if (workload is "timer1p" or "latency50" or "latency" or "deadlock")
        {
            // By the clock and not by processor time: what counts is how late somebody is.
            for (var i = 0; i < Measurements; i++)
            {
                if (side == "quintet") Print(Lateness.Of(workload, operations));
                else if (workload is "latency50" or "latency") Print(Lateness.OfBareThreads(workload, operations));
            }

            return;
        }

        if (workload is "parked" or "parked10m")
        {
            Print(side == "quintet" ? QuintetSide.Parked(operations) : BaseLibrarySide.Parked(operations));
            return;
        }

        for (var i = 0; i < WarmUps || Environment.CpuUsage.TotalTime < WarmUpTime; i++)
        {
            if (side == "quintet") QuintetSide.Run(workload, operations);
            else if (!BaseLibrarySide.Run(workload, operations)) return;
        }

        for (var i = 0; i < Measurements; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            if (side == "quintet") QuintetSide.Run(workload, operations);
            else BaseLibrarySide.Run(workload, operations);
            Print((Environment.CpuUsage.TotalTime - before).TotalNanoseconds / operations);
        }
    }

    internal static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    internal static void Check(bool right)
    {
        if (!right) throw new InvalidOperationException("The workload computed something wrong.");
    }

    private static void Print(double value) => Console.WriteLine(value.ToString("F2", CultureInfo.InvariantCulture));
}

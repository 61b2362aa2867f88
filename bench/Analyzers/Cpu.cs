using System.Diagnostics;

namespace Quintet.Bench.Analyzers;

/// <summary>Processor time of this process, user and system, on all its threads: other programs on the machine hardly move it.</summary>
internal static class Cpu
{
    /// <summary>Seconds of an action; garbage of what ran before is collected first, and charged to nobody.</summary>
    public static double Seconds(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = Now();
        action();
        return Now() - before;
    }

    public static double Now()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

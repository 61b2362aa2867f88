namespace Quintet.Tool.Analysis;

/// <summary>Wall and CPU time; CPU is that of the process, so projects are analysed one after another.</summary>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu)
{
    public static Cost operator +(Cost left, Cost right) => new(left.Wall + right.Wall, left.Cpu + right.Cpu);

    public static Cost Measure(Action work)
    {
        var (wall, cpu) = (System.Diagnostics.Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return new Cost(System.Diagnostics.Stopwatch.GetElapsedTime(wall), Environment.CpuUsage.TotalTime - cpu);
    }
}

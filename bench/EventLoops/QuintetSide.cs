namespace Quintet.Bench.EventLoops;

/// <summary>Our side: the same programs as in peers, on our loops.</summary>
internal static class QuintetSide
{
    private const int Grain = 32_000;

    private static readonly (string Name, int Operations, Action<int> Run)[] All = [.. AsyncioSide.Benches, .. NodeSide.Benches];

    /// <summary>Processor nanoseconds for each operation, by bench.</summary>
    internal static Dictionary<string, double> Measure(double scale, IReadOnlyCollection<string> only) => Measure(All, scale, only);

    /// <summary>The same for the base library.</summary>
    internal static Dictionary<string, double> MeasurePeer(double scale, IReadOnlyCollection<string> only) => Measure(
        [.. PeerSide.Benches.Select(bench => (bench.Name, bench.Operations, (Action<int>)(n => bench.Run(n).GetAwaiter().GetResult())))],
        scale, only);

    private static Dictionary<string, double> Measure(
        (string Name, int Operations, Action<int> Run)[] benches, double scale, IReadOnlyCollection<string> only)
    {
        var results = new Dictionary<string, double>();
        foreach (var (name, operations, run) in benches)
        {
            if (only.Count > 0 && !only.Contains(name)) continue;
            var n = Math.Max(Grain, (int)(operations * scale) / Grain * Grain);
            GC.Collect();
            var before = CpuClock.Now;
            run(n);
            results[name] = (double)(CpuClock.Now - before) / n;
        }

        return results;
    }
}

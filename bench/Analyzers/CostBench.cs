namespace Quintet.Bench.Analyzers;

/// <summary>What each package adds to the plain compile of a solution, in processor seconds per thousand lines.</summary>
internal sealed class CostBench(Sources sources, BenchOptions options)
{
    public void Run()
    {
        var peers = Peer.All(options.Only);
        var plain = new List<double>();
        var costs = peers.ToDictionary(static peer => peer, static _ => new List<double>());
        var found = new Dictionary<Peer, int>();
        Console.WriteLine($"{sources.Projects} project(s), {sources.KiloLines:F1} kLOC, {options.Rounds} rounds");

        // Round 0 is for the just-in-time compiler and counts for nobody. Within a round all take turns, in an order that rotates.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var before = Plain();
            if (round > 0) plain.Add(before);
            for (var i = 0; i < peers.Count; i++)
            {
                var peer = peers[(i + round) % peers.Count];
                var fresh = sources.Fresh(old => peer.Restrict(old, options.AllOn));
                (var seconds, found[peer]) = Measured.Pass(fresh, peer);
                if (round > 0) costs[peer].Add(seconds);
                Console.Error.WriteLine($"round {round}: {peer.Name} {seconds:F2} s, plain {before:F2} s");
            }
        }

        var compile = Cpu.Median(plain);
        Console.WriteLine(
            $"plain compile: {compile:F2} s, {PerLine(compile)} s/kLOC (from {plain.Min():F2} to {plain.Max():F2})");
        Console.WriteLine("| package | added CPU s | s/kLOC | of the compile | lowest – highest s/kLOC | diagnostics |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (peer, all) in costs.OrderBy(static pair => Cpu.Median(pair.Value)))
        {
            var added = Cpu.Median(all) - compile;
            var range = $"{PerLine(all.Min() - compile)} – {PerLine(all.Max() - compile)}";
            Console.WriteLine($"| {peer.Name} | {added:F2} | {PerLine(added)} | {added / compile:P0} | {range} | {found[peer]} |");
        }
    }

    private double Plain() => Measured.Pass(sources.Fresh(static old => old), null).Seconds;

    private string PerLine(double seconds) => (seconds / sources.KiloLines).ToString("F4");
}

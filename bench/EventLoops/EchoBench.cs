using System.Diagnostics;
using System.Globalization;

namespace Quintet.Bench.EventLoops;

/// <summary>
/// Servers in turn under a load generator in C: processor time of the server for each request, and the latency of a paced load.
/// </summary>
internal sealed class EchoBench(string peers, string python, string node)
{
    private static readonly (string Ours, string Peer, double Most)[] Goals =
    [
        ("protocol", "uvloop protocol", .95), ("protocol", "C", 1.05), ("coroutines", "uvloop streams", .75),
        ("coroutines", "sockets", 1), ("callbacks", "node", 1),
    ];

    private readonly string _load = Compile(peers, "load");
    // Below those from which the system takes the clients' own.
    private int _port = 20_000 + Environment.ProcessId % 10_000;

    private (string Name, string Program, string[] Arguments)[] Servers =>
    [
        ("C", Compile(peers, "echo"), []),
        ("protocol", Environment.ProcessPath!, [typeof(EchoBench).Assembly.Location, "serve", "protocol"]),
        ("uvloop protocol", python, [Path.Combine(peers, "echo.py"), "uvloop", "protocol"]),
        ("callbacks", Environment.ProcessPath!, [typeof(EchoBench).Assembly.Location, "serve", "callbacks"]),
        ("node", node, [Path.Combine(peers, "echo.js")]),
        ("coroutines", Environment.ProcessPath!, [typeof(EchoBench).Assembly.Location, "serve", "coroutines"]),
        ("uvloop streams", python, [Path.Combine(peers, "echo.py"), "uvloop", "streams"]),
        ("sockets", Environment.ProcessPath!, [typeof(EchoBench).Assembly.Location, "serve", "sockets"]),
    ];

    internal void Run(int rounds, double seconds, bool paced)
    {
        string[] load = paced ? ["1000", Text(seconds), "4000"] : ["50", Text(seconds)];
        var results = Servers.ToDictionary(server => server.Name, _ => new List<(double Cpu, double P50, double P99)>());
        for (var round = 0; round < rounds; round++)
            foreach (var server in Servers) results[server.Name].Add(Measure(server.Program, server.Arguments, load));
        Console.WriteLine("| server | CPU µs for a request | p50 µs | p99 µs |\n| --- | ---: | ---: | ---: |");
        foreach (var (name, all) in results)
            Console.WriteLine($"| {name} | {Text(Median(all.Select(r => r.Cpu)))} | {Text(Median(all.Select(r => r.P50)))} "
                + $"| {Text(Median(all.Select(r => r.P99)))} |");
        // Within a round, as all ratios of this bench.
        if (paced)
        {
            foreach (var ours in (string[])["protocol", "coroutines", "callbacks"])
            {
                var ratios = Enumerable.Range(0, rounds).Select(round => results[ours][round].P99
                    / Math.Min(results["node"][round].P99, results["uvloop protocol"][round].P99));
                Console.WriteLine($"p99 of {ours} / the better of node and uvloop: {Text(Median(ratios))} (goal at most 1.1)");
            }

            return;
        }

        foreach (var (ours, peer, most) in Goals)
        {
            var ratio = Median(results[ours].Zip(results[peer], (us, them) => us.Cpu / them.Cpu));
            Console.WriteLine($"{ours} / {peer}: {Text(ratio)} (CPU; goal at most {Text(most)})");
        }
    }

    private (double Cpu, double P50, double P99) Measure(string program, string[] arguments, string[] load)
    {
        var port = Text(_port++);
        using var server = Process.Start(new ProcessStartInfo(program, [.. arguments, port]) { RedirectStandardOutput = true })!;
        try
        {
            if (server.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException($"{program} is not ready.");
            // So many that the just-in-time compilers have done their work, however busy the machine is.
            for (var served = 0.0; served < 100_000;) served += Ask(["50", "1"], port)[0];
            server.Refresh();
            var before = server.TotalProcessorTime;
            var told = Ask(load, port);
            server.Refresh();
            var spent = server.TotalProcessorTime - before;
            return (spent.TotalMicroseconds / told[0], told[2], told[3]);
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    private double[] Ask(string[] load, string port)
    {
        using var process = Process.Start(new ProcessStartInfo(_load, [port, .. load]) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. line.Split('\t').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
    }

    private static string Compile(string peers, string name)
    {
        var program = Path.Combine(Path.GetTempPath(), $"quintet-bench-{Environment.ProcessId}-{name}");
        if (File.Exists(program)) return program;
        using var compiler = Process.Start("gcc", ["-O2", "-o", program, Path.Combine(peers, name + ".c")]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException("gcc is needed for the network benches.");
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

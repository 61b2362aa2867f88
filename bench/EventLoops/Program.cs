using System.Diagnostics;
using System.Globalization;
using Quintet.Bench.EventLoops;

// Rounds in turn: Quintet, the base library, asyncio, uvloop, Node, Quintet, … ; a ratio is taken within its round, and the median of the
// rounds is printed.
var rounds = Option("--rounds") is { } r ? int.Parse(r, CultureInfo.InvariantCulture) : 5;
var scale = Option("--scale") is { } s ? double.Parse(s, CultureInfo.InvariantCulture) : 1;
var only = Option("--only")?.Split(',') ?? [];
var python = Environment.GetEnvironmentVariable("PY") ?? "/usr/bin/python3";
var node = Environment.GetEnvironmentVariable("NODE") ?? "node";
var peers = Path.Combine(AppContext.BaseDirectory, "peers");
switch (args)
{
    case ["serve", var kind, var port]:
        EchoServers.Run(kind, int.Parse(port, CultureInfo.InvariantCulture));
        return;
    case ["echo", ..]:
        new EchoBench(peers, python, node).Run(rounds, 3 * scale, args.Contains("--paced"));
        return;
}

// Round 0 warms up the just-in-time compiler and is dropped.
for (var i = 0; i < 2; i++) _ = QuintetSide.Measure(scale / 2, only);
if (args is not ["ours", ..]) _ = QuintetSide.MeasurePeer(scale / 2, only);
if (args is ["ours", ..])
{
    for (var round = 0; round < rounds; round++)
        Console.WriteLine(string.Join("  ", QuintetSide.Measure(scale, only).Select(pair => $"{pair.Key} {pair.Value:0.0}")));
    return;
}

var results = new List<Dictionary<(string Bench, string Side), double>>();
for (var round = 0; round < rounds; round++)
{
    var result = new Dictionary<(string, string), double>();
    foreach (var (bench, spent) in QuintetSide.Measure(scale, only)) result[(bench, "quintet")] = spent;
    foreach (var (bench, spent) in QuintetSide.MeasurePeer(scale, only)) result[(bench, "base library")] = spent;
    Run("asyncio", python, "cpython.py", "asyncio");
    Run("uvloop", python, "cpython.py", "uvloop");
    Run("node", node, "node.js");
    results.Add(result);

    void Run(string side, string program, string script, params string[] more)
    {
        string[] arguments = [Path.Combine(peers, script), .. more, scale.ToString(CultureInfo.InvariantCulture)];
        foreach (var (bench, spent) in RunPeer(program, arguments))
            result[(bench, side)] = spent;
    }
}

Console.WriteLine("| bench | Quintet CPU ns | peer | its CPU ns | ratio | rounds | goal | |");
Console.WriteLine("| --- | ---: | --- | ---: | ---: | ---: | ---: | --- |");
foreach (var (bench, peer, goal) in Goals.All)
{
    if (only.Length > 0 && !only.Contains(bench)) continue;
    var theirs = (Goals.NameAtPeer(bench), peer);
    if (!results.TrueForAll(result => result.ContainsKey(theirs))) continue;
    var ratios = results.Select(result => result[theirs] / result[(bench, "quintet")]).Order().ToArray();
    var ours = Median(results.Select(result => result[(bench, "quintet")]));
    var its = Median(results.Select(result => result[theirs]));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| `{bench}` | {ours:0.0} | {peer} | {its:0.0} | {Median(ratios):0.0} | {ratios[0]:0.0} to {ratios[^1]:0.0} | "
            + $"{goal} | {(Median(ratios) >= goal ? "hit" : "**missed**")} |"));
}

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}

static IEnumerable<(string Bench, double Spent)> RunPeer(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        yield return (line.Split('\t')[0], double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture));
}

using System.Diagnostics;
using System.Globalization;
using Quintet.Bench.EventLoops;

// Rounds in turn: Quintet, CPython, Node, Quintet, … ; the ratio of each round is taken within it, and its median is printed.
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var scale = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var python = Environment.GetEnvironmentVariable("PY") ?? "python3";
var node = Environment.GetEnvironmentVariable("NODE") ?? "node";
var peers = Path.Combine(AppContext.BaseDirectory, "peers");

// Round 0 warms up the just-in-time compiler and is dropped.
_ = QuintetSide.Measure(0.2);
var results = new List<Dictionary<string, (double Ours, double Peer)>>();
for (var round = 0; round < rounds; round++)
{
    var ours = QuintetSide.Measure(scale);
    var theirs = Run(python, Path.Combine(peers, "cpython.py")).Concat(Run(node, Path.Combine(peers, "node.js")));
    results.Add(theirs.Where(pair => ours.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => (ours[pair.Key], pair.Value)));
}

Console.WriteLine("| bench | Quintet CPU ns | peer CPU ns | ratio (median) |");
Console.WriteLine("| --- | ---: | ---: | ---: |");
foreach (var name in results[0].Keys)
{
    var ratio = Median(results.Select(result => result[name].Peer / result[name].Ours));
    var (ours, peer) = (Median(results.Select(result => result[name].Ours)), Median(results.Select(result => result[name].Peer)));
    Console.WriteLine($"| `{name}` | {ours:0.0} | {peer:0.0} | {ratio:0.0} |");
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}

IEnumerable<KeyValuePair<string, double>> Run(string program, string script)
{
    using var process = Process.Start(new ProcessStartInfo(program, [script, scale.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
    })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        yield return new(line.Split('\t')[0], double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture));
}

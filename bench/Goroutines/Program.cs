// Compares our goroutines with real Go and with the base library. "measure <side> <workload>" is one process's part; without arguments
// every workload is measured in turn on every side, for several rounds, and the ratios of the medians are printed as a table.
using System.Diagnostics;
using System.Globalization;
using Quintet.Bench.Goroutines;

const int Rounds = 3;

if (args is ["measure", var side, var workload])
{
    Measure.Run(side, workload);
    return;
}

var go = args is ["--go", var binary, ..] ? binary : null;
var wanted = args.SkipWhile(text => text.StartsWith("--", StringComparison.Ordinal) || text == go).ToArray();
Console.WriteLine("| workload | Quintet | Go | base library | Quintet / Go | Quintet / base library |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
foreach (var (name, _) in Measure.Workloads)
{
    if (wanted.Length > 0 && !wanted.Contains(name)) continue;
    List<double> ours = [], theirs = [], library = [];
    for (var round = 0; round < Rounds; round++)
    {
        ours.AddRange(Values(Environment.ProcessPath!, "measure", "quintet", name));
        if (go is not null) theirs.AddRange(Values(go, name));
        library.AddRange(Values(Environment.ProcessPath!, "measure", "library", name));
    }

    Console.WriteLine($"| {name} | {Told(ours)} | {Told(theirs)} | {Told(library)} | {Ratio(ours, theirs)} | {Ratio(ours, library)} |");
}

static List<double> Values(string program, params string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static string Told(List<double> values) =>
    values.Count == 0 ? "–" : Median(values).ToString(Median(values) > 1e6 ? "E2" : "F0", CultureInfo.InvariantCulture);

static string Ratio(List<double> ours, List<double> theirs) =>
    theirs.Count == 0 ? "–" : (Median(ours) / Median(theirs)).ToString("F2", CultureInfo.InvariantCulture);

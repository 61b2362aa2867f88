using System.Diagnostics;
using Quintet.CatalogueScan;

if (ScanOptions.Parse(args, out var error) is not { } options)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(ScanOptions.Usage);
    return 2;
}

var clock = Stopwatch.StartNew();
var graph = new CallGraph();
foreach (var path in SharedFrameworks.Assemblies()) ScannedAssembly.Read(path, graph);

var reached = Reachability.From(graph, BlockingSeeds.In(graph), options.Depth);
var candidates = Candidates.Among(graph, reached, CatalogueView.Load(), options);
foreach (var candidate in candidates) Console.WriteLine(candidate);

Console.Error.WriteLine(
    $"{graph.Methods.Count} methods read, {reached.Count} reach a wait or a system call within {options.Depth} calls, "
    + $"{candidates.Count} lines shown, {clock.Elapsed.TotalSeconds:F1} s");
return 0;

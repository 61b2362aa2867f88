using System.Diagnostics;
using Quintet.Bench.References;
using Quintet.BuildTasks;

// What the task of the build costs for a project with many references: the first time on a machine, for every other project of the same
// solution, and for a project that was built before. A process of MSBuild's own starts as cold as this one: the first round counts.
const int Wanted = 200;
if (args.Length == 0)
{
    Console.Error.WriteLine("FOLDER-OF-PACKAGES [rounds] [FILE-TO-KEEP-THE-EFFECTS-IN]");
    return 2;
}

var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var references = Packages.Assemblies(args[0], Wanted);
Console.WriteLine($"{references.Count} references, {references.Sum(static path => new FileInfo(path).Length) / 1e6:F1} MB");
Console.WriteLine("| round | build | ms | CPU ms | effects |");
Console.WriteLine("| ---: | --- | ---: | ---: | ---: |");
for (var round = 1; round <= rounds; round++)
{
    var folder = Directory.CreateTempSubdirectory("references-bench").FullName;
    try
    {
        var cache = Path.Combine(folder, "cache");
        Measure(round, "first on the machine", cache, Path.Combine(folder, "first.quintet.txt"));
        Measure(round, "another project", cache, Path.Combine(folder, "second.quintet.txt"));
        Measure(round, "the same again", cache, Path.Combine(folder, "second.quintet.txt"));
        if (round == 1 && args.Length > 2) File.Copy(Path.Combine(folder, "first.quintet.txt"), args[2], overwrite: true);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

return 0;

void Measure(int round, string build, string cache, string output)
{
    var task = new ReadReferenceEffects
    {
        BuildEngine = new SilentEngine(),
        References = [.. references.Select(static path => new Microsoft.Build.Utilities.TaskItem(path))],
        OutputFile = output,
        CacheFolder = cache,
    };
    using var self = Process.GetCurrentProcess();
    var (before, start) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
    if (!task.Execute()) throw new InvalidOperationException("the task failed");
    var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    self.Refresh();
    var cpu = (self.TotalProcessorTime - before).TotalMilliseconds;
    Console.WriteLine($"| {round} | {build} | {wall:F0} | {cpu:F0} | {File.ReadLines(output).Count() - 1} |");
}

using System.Diagnostics;
using Quintet.Bench.References;
using Quintet.BuildTasks;

// What the task of the build costs for a project with many references: the first time on a machine, for every other project of the same
// solution, and for a project that was built before. Each is measured in a process of its own, as cold as one of MSBuild's is that has
// not built anything yet, and the second of them once more in a process that has just done it.
const int Wanted = 200;
if (args.Length == 0)
{
    Console.Error.WriteLine("FOLDER-OF-PACKAGES [rounds] [FILE-TO-KEEP-THE-EFFECTS-IN]");
    return 2;
}

var references = Packages.Assemblies(args[0], Wanted);
if (args is [_, "--run", var kept, .. var outputs])
{
    foreach (var output in outputs) Measure(kept, output);
    return 0;
}

var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
Console.WriteLine($"{references.Count} references, {references.Sum(static path => new FileInfo(path).Length) / 1e6:F1} MB");
Console.WriteLine("| round | build | ms | CPU ms | effects |");
Console.WriteLine("| ---: | --- | ---: | ---: | ---: |");
for (var round = 1; round <= rounds; round++)
{
    var folder = Directory.CreateTempSubdirectory("references-bench").FullName;
    try
    {
        var (cache, first, second, third) = (In("cache"), In("first.quintet.txt"), In("second.quintet.txt"), In("third.quintet.txt"));
        Run(round, cache, ("first on the machine", first));
        Run(round, cache, ("another project", second), ("a third one, same process", third));
        Run(round, cache, ("the same again", second));
        if (round == 1 && args.Length > 2) File.Copy(first, args[2], overwrite: true);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }

    string In(string name) => Path.Combine(folder, name);
}

return 0;

void Run(int round, string cache, params (string Build, string Output)[] builds)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
    // Started as `dotnet references-bench.dll`, this process is the host.
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(Packages).Assembly.Location);
    foreach (var argument in (string[])[args[0], "--run", cache, .. builds.Select(static build => build.Output)])
        start.ArgumentList.Add(argument);
    using var process = Process.Start(start)!;
    foreach (var (build, output) in builds)
        Console.WriteLine($"| {round} | {build} | {process.StandardOutput.ReadLine()} | {File.ReadLines(output).Count() - 1} |");
    process.WaitForExit();
    if (process.ExitCode != 0) throw new InvalidOperationException("a run failed");
}

void Measure(string cache, string output)
{
    var task = new ReadReferenceEffects
    {
        BuildEngine = new SilentEngine(),
        References = [.. references.Select(static path => new Microsoft.Build.Utilities.TaskItem(path))],
        OutputFile = output,
        CacheFolder = cache,
        // As in a build, which is always told; with another value all is read in the process of the build.
        Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
    };
    var (before, start) = (ProcessorTime(), Stopwatch.GetTimestamp());
    if (!task.Execute()) throw new InvalidOperationException("the task failed");
    var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    Console.WriteLine($"{wall:F0} | {(ProcessorTime() - before).TotalMilliseconds:F0}");
}

// Of this process, and on Linux of those that it started and that have ended.
static TimeSpan ProcessorTime()
{
    const int ChildrenUser = 13, ChildrenSystem = 14, TicksInSecond = 100;
    using var self = Process.GetCurrentProcess();
    if (!OperatingSystem.IsLinux()) return self.TotalProcessorTime;
    var words = File.ReadAllText("/proc/self/stat") is var stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];
    return self.TotalProcessorTime
        + TimeSpan.FromSeconds((double)(long.Parse(words[ChildrenUser]) + long.Parse(words[ChildrenSystem])) / TicksInSecond);
}

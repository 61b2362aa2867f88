using System.Security;
using System.Text;

namespace Quintet.Tool.Loading;

/// <summary>
/// Lets MSBuild restore and evaluate the solution with all output paths moved into a temporary folder, and asks the compiler
/// task of each project for its arguments: what is analysed is what the build would compile.
/// </summary>
internal sealed class SolutionLoader(TemporaryFolder temporary, bool restore, Action<string> progress)
{
    private static readonly string[] BuildFiles =
        ["before.props", "after.props", "paths.targets", "collect.targets", "collect.outer.targets", "all.proj"];

    public async Task<LoadedSolution> LoadAsync(Target target, CancellationToken cancellation)
    {
        var problems = new List<ProjectProblem>(target.Skipped);
        if (target.Projects.Count == 0) return new LoadedSolution(target, [], problems);

        var sdk = await DotnetSdk.ForAsync(target.Root, cancellation);
        await WriteBuildFilesAsync(target);

        var restored = new BuildMessages([]);
        if (restore)
        {
            progress($"restoring {Count(target.Projects.Count)}");
            restored = await RestoreAsync(sdk, target, cancellation);
        }

        progress($"loading {Count(target.Projects.Count)}");
        var collected = await RunAsync(sdk, target, ["-t:QuintetCollect"], cancellation);
        var missing = await MissingAsync(target);
        if (missing.Count > 0)
        {
            // A design-time build goes on where a build stops, for instance when a package is missing.
            await WriteProjectsAsync(missing);
            string[] designTime = ["-t:QuintetCollect", "-p:DesignTimeBuild=true", "-p:ContinueOnError=ErrorAndContinue"];
            await RunAsync(sdk, target, designTime, cancellation);
        }

        var calls = await ReadCallsAsync(target);
        foreach (var project in target.Projects)
        {
            if (Problem(project, calls, restored, collected) is { } reason) problems.Add(new ProjectProblem(project, reason));
        }

        return new LoadedSolution(target, CompilerCall.Link(calls), problems) { Remark = sdk.Remark };
    }

    private static string? Problem(string project, IReadOnlyList<CompilerCall> calls, BuildMessages restored, BuildMessages collected)
    {
        var loaded = calls.Any(call => call.Project == project);
        var restoring = restored.Of(project);
        if (restoring.Any(BuildMessages.IsNotOfRestore) && !loaded) return $"does not load ({Errors(restoring)})";
        if (restoring.Count > 0) return $"does not restore ({Errors(restoring)}){(loaded ? "; analysed with what resolves" : "")}";
        if (collected.Of(project) is { Count: > 0 } errors)
            return loaded ? $"its build stops before the compiler ({Errors(errors)}); analysed with what resolves"
                : $"does not load ({Errors(errors)})";
        if (loaded) return null;
        var any = restored.All.Concat(collected.All).FirstOrDefault();
        return any is null ? "does not load: its build calls no C# compiler" : $"does not load; first error of the build: {any}";
    }

    /// <summary>One project that cannot even be read stops the restore of all: it is left out of a second one.</summary>
    private async Task<BuildMessages> RestoreAsync(DotnetSdk sdk, Target target, CancellationToken cancellation)
    {
        // What is a warning to the restore stays one: the registry at hand may not be the one that the authors had.
        string[] arguments = ["-t:Restore", "-p:TreatWarningsAsErrors=false", "-p:WarningsAsErrors="];
        var messages = await RunAsync(sdk, target, arguments, cancellation);
        var readable = target.Projects.Where(project => !messages.Of(project).Any(BuildMessages.IsNotOfRestore)).ToArray();
        if (readable.Length == target.Projects.Count || readable.Length == 0) return messages;

        await WriteProjectsAsync(readable);
        messages.Add(await RunAsync(sdk, target, arguments, cancellation));
        await WriteProjectsAsync(target.Projects);
        return messages;
    }

    private static string Errors(IReadOnlyList<string> errors) =>
        errors.Count == 1 ? errors[0] : $"{errors.Count} errors, first {errors[0]}";

    private async Task<BuildMessages> RunAsync(
        DotnetSdk sdk, Target target, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string[] common =
        [
            temporary.File("build", "all.proj"), "-nologo", "-v:q", "-clp:NoSummary;DisableConsoleColor;ErrorsOnly", "-tl:off",
            $"-m:{Math.Min(target.Projects.Count, Environment.ProcessorCount)}", "-nodeReuse:false", "-noAutoResponse",
            $"-p:QuintetRoot={Escape(temporary.Path)}", $"-p:QuintetRestore={(restore ? "true" : "false")}",
            $"-p:CustomBeforeDirectoryBuildProps={Escape(temporary.File("build", "before.props"))}",
            "-p:BuildProjectReferences=false",
            // An output that never exists keeps the compile target from being skipped as up to date.
            "-p:NonExistentFile=__none__/__none__",
        ];
        var run = await sdk.MSBuildAsync([.. common, .. arguments], cancellation);
        return new BuildMessages(run.Output);
    }

    private async Task<List<string>> MissingAsync(Target target)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in CallFiles("*"))
        {
            using var reader = new StreamReader(file);
            if (await reader.ReadLineAsync() is { } first) seen.Add(first["project:".Length..]);
        }

        return target.Projects.Where(project => !seen.Contains(project)).ToList();
    }

    private async Task<List<CompilerCall>> ReadCallsAsync(Target target)
    {
        var asked = target.Projects.ToHashSet(StringComparer.Ordinal);
        var calls = new List<CompilerCall>();
        foreach (var file in CallFiles("*.call")) calls.Add(await CompilerCall.ReadAsync(file, asked.Contains));
        return calls;
    }

    private IEnumerable<string> CallFiles(string pattern) => Directory.Exists(temporary.File("calls"))
        ? Directory.EnumerateFiles(temporary.File("calls"), pattern).Order(StringComparer.Ordinal)
        : [];

    private async Task WriteBuildFilesAsync(Target target)
    {
        Directory.CreateDirectory(temporary.File("build"));
        foreach (var name in BuildFiles)
        {
            using var from = typeof(SolutionLoader).Assembly.GetManifestResourceStream("Quintet.Build." + name)!;
            using var to = File.Create(temporary.File("build", name));
            await from.CopyToAsync(to);
        }

        await WriteProjectsAsync(target.Projects);
        await WriteLocksAsync(target);
    }

    private async Task WriteProjectsAsync(IReadOnlyList<string> projects)
    {
        var text = new StringBuilder("<Project>\n  <ItemGroup>\n");
        foreach (var project in projects) text.Append($"    <QuintetProject Include=\"{Xml(project)}\" />\n");
        text.Append("  </ItemGroup>\n  <PropertyGroup>\n    <RestoreGraphProjectInput>");
        text.AppendJoin(';', projects.Select(Xml));
        text.Append("</RestoreGraphProjectInput>\n  </PropertyGroup>\n</Project>\n");
        await File.WriteAllTextAsync(temporary.File("build", "projects.props"), text.ToString());
    }

    /// <summary>Restore may rewrite a lock file, so it is given a copy; a project that has none gets none in the tree.</summary>
    private async Task WriteLocksAsync(Target target)
    {
        var text = new StringBuilder("<Project>\n  <PropertyGroup>\n");
        text.Append("    <NuGetLockFilePath>$(QuintetObj)packages.lock.json</NuGetLockFilePath>\n");
        var number = 0;
        foreach (var project in target.Projects)
        {
            var original = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            if (!File.Exists(original)) continue;
            var copy = temporary.File("build", $"{++number}.packages.lock.json");
            await File.WriteAllBytesAsync(copy, await File.ReadAllBytesAsync(original));
            var condition = $"'$(MSBuildProjectFullPath)' == '{Xml(project)}'";
            text.Append($"    <NuGetLockFilePath Condition=\"{condition}\">{Xml(copy)}</NuGetLockFilePath>\n");
        }

        text.Append("  </PropertyGroup>\n</Project>\n");
        await File.WriteAllTextAsync(temporary.File("build", "locks.props"), text.ToString());
    }

    // Characters that mean something to XML, then those that mean something to MSBuild.
    private static string Xml(string path) => SecurityElement.Escape(Escape(path));

    private static string Escape(string path) => path.Replace("%", "%25").Replace(";", "%3B").Replace("$", "%24").Replace("@", "%40");

    private static string Count(int projects) => projects == 1 ? "1 project" : $"{projects} projects";
}

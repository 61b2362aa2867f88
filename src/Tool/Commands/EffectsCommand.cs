extern alias buildtasks;

using System.CommandLine;
using buildtasks::Quintet.BuildTasks;
using buildtasks::Quintet.BuildTasks.Caching;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Commands;

/// <summary>
/// <c>quintet effects Some.dll</c>: what we believe that a compiled assembly does to its callers' threads, and by which path.
/// </summary>
internal static class EffectsCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var what = new Argument<string>("package or dll")
            { Description = "An assembly, a .nupkg file, or the id of a package that was restored here, such as Npgsql or Npgsql/9.0.3" };
        var command = new Command("effects",
            "Shows what a compiled assembly or package does to the threads of its callers, and why we believe so.") { what };
        command.SetAction(parsed => Show(parsed.GetValue(what)!, output, error));
        return command;
    }

    private static int Show(string what, TextWriter output, TextWriter error)
    {
        using var assemblies = PackageAssemblies.Of(what);
        var effects = new ReferenceEffects(new EffectCache(null));
        var lines = effects.LinesOf(assemblies.Paths);
        foreach (var line in lines) output.WriteLine(line);
        foreach (var path in effects.Unreadable)
            error.WriteLine($"quintet: {Path.GetFileName(path)} holds no managed code that can be read");
        var delegates = lines.Count(static line => line.StartsWith("runs", StringComparison.Ordinal));
        // That a task is complete is no effect.
        var complete = lines.Count(static line => line.StartsWith("complete", StringComparison.Ordinal));
        var possible = lines.Count(static line => line.Contains("certainty=possible", StringComparison.Ordinal));
        error.WriteLine($"{lines.Count - possible - delegates - complete} certain and {possible} possible effects of "
            + $"{effects.VisibleMembers} visible members in {assemblies.Paths.Count} assembly(ies), and where {delegates} delegate(s) run");
        return effects.Unreadable.Count == assemblies.Paths.Count ? ExitCode.Usage : ExitCode.Clean;
    }
}

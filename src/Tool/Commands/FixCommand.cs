using System.CommandLine;
using Quintet.Tool.Analysis;
using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;
using Quintet.Tool.Reports;

namespace Quintet.Tool.Commands;

/// <summary><c>quintet fix</c>: applies the first fix of each finding to the files of the solution, or says what it would do.</summary>
internal static class FixCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = new PathArgument();
        var plan = new Option<bool>("--plan") { Description = "List moves and changed signatures, write nothing" };
        var noRestore = new Option<bool>("--no-restore") { Description = "Use the restore results that the tree's obj folders hold" };
        var selection = new SelectionOptions();
        var command = new Command("fix", "Applies the fixes of the findings. It executes the build logic, as a build does.")
        {
            path, plan, selection.Only, selection.Skip, noRestore,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(path)!,
            selection.Read(parsed),
            parsed.GetValue(plan),
            !parsed.GetValue(noRestore),
            (output, error),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string path,
        SelectedRules rules,
        bool plan,
        bool restore,
        (TextWriter Output, TextWriter Error) streams,
        CancellationToken cancellation)
    {
        var target = await Target.FindAsync(path, cancellation);
        using var temporary = new TemporaryFolder();
        var progress = new Progress(streams.Error);
        var loaded = await new SolutionLoader(temporary, restore, progress.Say).LoadAsync(target, cancellation);
        using var workspace = await Task.Run(
            () => WorkspaceSolution.Create(loaded.Calls, temporary, withOtherTargets: true, cancellation), cancellation);
        var fixer = new Fixer(rules, workspace, progress.Say);
        var fixedSolution = await Task.Run(() => fixer.RunAsync(cancellation), cancellation);
        progress.Clear();

        var files = await ChangedFile.BetweenAsync(workspace.Solution, fixedSolution, file => !temporary.Contains(file), cancellation);
        await new FixReport(streams.Output, target.Root).WriteAsync(fixer, files, loaded.Problems, plan, cancellation);
        if (!plan)
        {
            foreach (var file in files) await file.WriteAsync(cancellation);
        }

        return loaded.Problems.Count > 0 ? ExitCode.Incomplete : ExitCode.Clean;
    }
}

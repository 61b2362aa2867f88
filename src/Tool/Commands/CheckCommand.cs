using System.CommandLine;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Quintet.Tool.Analysis;
using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;
using Quintet.Tool.Reports;

namespace Quintet.Tool.Commands;

/// <summary><c>quintet check</c>: analyses a solution as its build would compile it, and leaves it untouched.</summary>
internal static class CheckCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = new PathArgument();
        var sarif = new Option<FileInfo?>("--sarif") { Description = "Write the findings as SARIF 2.1.0", HelpName = "FILE" };
        var json = new Option<FileInfo?>("--json") { Description = "Write findings, lines and times for scripts", HelpName = "FILE" };
        var baseline = new Option<FileInfo?>("--baseline")
        {
            Description = "Do not report what this file records; where it does not exist, record in it what would be reported",
            HelpName = "FILE",
        };
        var write = new Option<bool>("--write-baseline") { Description = "Record what would be reported in the --baseline file anew" };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "From which severity on findings make the exit code 1", DefaultValueFactory = _ => "warning",
        };
        failOn.AcceptOnlyFromAmong("warning", "info", "never");
        var severity = new Option<string>("--severity")
        {
            Description = "The lowest severity that is reported", DefaultValueFactory = _ => "warning",
        };
        severity.AcceptOnlyFromAmong("warning", "info");
        var selection = new SelectionOptions();
        var noRestore = new Option<bool>("--no-restore") { Description = "Use the restore results that the tree's obj folders hold" };
        var timings = new Option<bool>("--timings") { Description = "Show the time of compiling and of analysing each project" };

        var command = new Command("check", "Analyses a solution without touching it. It executes its build logic, as a build does.")
        {
            path, sarif, json, baseline, write, failOn, severity, selection.Only, selection.Skip, noRestore, timings,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new CheckRequest(parsed.GetValue(path)!)
            {
                Sarif = parsed.GetValue(sarif)?.FullName,
                Json = parsed.GetValue(json)?.FullName,
                Baseline = parsed.GetValue(baseline)?.FullName,
                WriteBaseline = parsed.GetValue(write),
                FailOn = Severity(parsed.GetValue(failOn)!),
                // Whoever fails on info wants to see why.
                Shown = parsed.GetValue(failOn) == "info" ? DiagnosticSeverity.Info : Severity(parsed.GetValue(severity)!)!.Value,
                Rules = selection.Read(parsed),
                Restore = !parsed.GetValue(noRestore),
                Timings = parsed.GetValue(timings),
            },
            output,
            error,
            cancellation));
        return command;
    }

    public static async Task<int> RunAsync(CheckRequest request, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (request.WriteBaseline && request.Baseline is null) throw new UserError("--write-baseline needs --baseline FILE");
        foreach (var file in (string?[])[request.Sarif, request.Json, request.Baseline])
        {
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(file)))
                throw new UserError($"the folder of '{file}' does not exist");
        }

        var started = Stopwatch.GetTimestamp();
        var target = await Target.FindAsync(request.Path, cancellation);
        using var temporary = new TemporaryFolder();
        var progress = new Progress(error);
        var solution = await new SolutionLoader(temporary, request.Restore, progress.Say).LoadAsync(target, cancellation);
        var analysis = new SolutionAnalysis(request.Rules, temporary, progress.Say);
        var found = await Task.Run(() => analysis.Run(solution, cancellation), cancellation);
        progress.Say("asking for fixes");
        found = await Task.Run(() => FixAvailability.MarkAsync(found, analysis, request.Rules, temporary, cancellation), cancellation);
        progress.Clear();

        var shown = found.Where(finding => finding.Severity >= request.Shown).ToArray();
        var (fresh, known, remark) = request.Baseline is { } file2
            ? await Baseline.ApplyAsync(file2, target.Root, shown, request.WriteBaseline)
            : (shown, 0, null);
        var result = new CheckResult(solution, fresh, analysis.Reports, Stopwatch.GetElapsedTime(started))
        {
            Met = analysis.Problems, Known = known, Hidden = found.Count - shown.Length, Rules = request.Rules,
        };
        new ConsoleReport(output).Write(result, request.Timings);
        if (remark is not null) await output.WriteLineAsync(remark);
        if (request.Json is { } json) await JsonReport.WriteAsync(json, result);
        if (request.Sarif is { } sarif) await SarifReport.WriteAsync(sarif, result);
        return Code(result, request.FailOn);
    }

    private static int Code(CheckResult result, DiagnosticSeverity? failOn)
    {
        if (result.Failures.Count > 0) return ExitCode.InternalError;
        if (result.Problems.Count > 0) return ExitCode.Incomplete;
        return result.Findings.Any(finding => finding.Severity >= failOn) ? ExitCode.Findings : ExitCode.Clean;
    }

    private static DiagnosticSeverity? Severity(string word) => word switch
    {
        "warning" => DiagnosticSeverity.Warning,
        "info" => DiagnosticSeverity.Info,
        _ => null,
    };
}

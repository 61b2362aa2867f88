using Microsoft.CodeAnalysis;
using Quintet.Tool.Analysis;
using Spectre.Console;

namespace Quintet.Tool.Reports;

/// <summary>Findings for people: by model, then by root cause, each with place, reason and path, then a summary.</summary>
internal sealed class ConsoleReport
{
    private readonly IAnsiConsole _console;
    private string _root = "";

    public ConsoleReport(TextWriter output)
    {
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        // Lines are for grep and for CI logs: never broken at some guessed width.
        if (!terminal) _console.Profile.Width = 10_000;
    }

    public void Write(CheckResult result, bool timings)
    {
        _root = result.Solution.Target.Root;
        foreach (var family in result.Findings.GroupBy(finding => finding.Family).OrderBy(family => family.Key)) WriteFamily(family);
        WriteProblems(result);
        if (timings) WriteTimings(result);
        WriteSummary(result);
    }

    private void WriteFamily(IGrouping<char, Finding> family)
    {
        Line($"[bold underline]{Model(family.Key)}[/]");
        var causes = family
            .GroupBy(finding => finding.RootCause.Length > 0 ? finding.RootCause : $"{finding.Place.File}:{finding.Place.Line}")
            .OrderByDescending(cause => cause.Count())
            .ThenBy(cause => cause.First().Place.File, StringComparer.Ordinal)
            .ThenBy(cause => cause.First().Place.Line);
        foreach (var cause in causes)
        {
            // One root cause with many ways to it is one thing to change.
            if (cause.Count() > 1) Line($"  [bold]{cause.Count()} findings with one cause: {Markup.Escape(CauseOf(cause.First()))}[/]");
            foreach (var finding in cause) WriteFinding(finding);
        }

        Line("");
    }

    private void WriteFinding(Finding finding)
    {
        var color = finding.Severity switch { DiagnosticSeverity.Error => "red", DiagnosticSeverity.Warning => "yellow", _ => "blue" };
        var word = finding.Severity.ToString().ToLowerInvariant();
        var fix = finding.Fixable ? " [green](fix available)[/]" : "";
        Line($"  {Markup.Escape(Show(finding.Place))}: [{color}]{word} {finding.Id}[/]: {Markup.Escape(finding.Message)}{fix}");
        if (finding.Hops.IsEmpty) return;
        // The place itself is often the first hop.
        var hops = finding.Hops.Where(hop => hop != finding.Place).Select(Show).ToArray();
        if (hops.Length > 0) Line($"      [dim]via {Markup.Escape(string.Join(" → ", hops))}[/]");
    }

    private void WriteProblems(CheckResult result)
    {
        if (result.Solution.Remark is { } known) Line($"[yellow]{Markup.Escape(known)}[/]");
        foreach (var problem in result.Problems) Line($"[yellow]{Markup.Escape($"{problem.Name}: {problem.Reason}")}[/]");
        foreach (var project in result.Projects)
        {
            foreach (var remark in project.Remarks) Line($"[yellow]{Markup.Escape($"{project.DisplayName}: {remark}")}[/]");
        }

        foreach (var failure in result.Failures)
            Line($"[red bold]INTERNAL ERROR, please report it:[/] {Markup.Escape(failure)}");
    }

    private void WriteTimings(CheckResult result)
    {
        Line("Seconds: compile wall/CPU, analysis wall/CPU");
        foreach (var project in result.Projects)
            Line(Markup.Escape($"  {project.DisplayName}: {Show(project.Compile)}, {Show(project.Analysis)}, {project.Lines} lines"));
    }

    private void WriteSummary(CheckResult result)
    {
        var ids = result.Findings
            .CountBy(finding => finding.Id)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => $"{count.Key} {count.Value}");
        var held = new List<string>();
        if (result.Known > 0) held.Add($"{result.Known} in the baseline");
        if (result.Hidden > 0) held.Add($"{result.Hidden} of severity info, shown with --severity info");
        var counts = result.Findings.Count == 0 ? "no findings" : $"{Count(result.Findings.Count, "finding")} ({string.Join(", ", ids)})";
        Line($"[bold]{Markup.Escape(counts)}[/]" + (held.Count > 0 ? Markup.Escape($"; not shown: {string.Join(", ", held)}") : ""));

        var projects = result.Projects.Select(project => project.Project).Distinct().Count();
        var compile = result.Projects.Aggregate(default(Cost), (sum, project) => sum + project.Load + project.Compile);
        var analysis = result.Projects.Aggregate(default(Cost), (sum, project) => sum + project.Analysis);
        Line(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Count(projects, "project")}, {Count(result.Projects.Sum(project => project.Files), "file")}, "
            + $"{Count(result.Projects.Sum(project => project.Lines), "line")}; {result.Elapsed.TotalSeconds:F1} s in all, "
            + $"{compile.Wall.TotalSeconds:F1} s compiling, {analysis.Wall.TotalSeconds:F1} s analysing"));
    }

    private string CauseOf(Finding finding)
    {
        var name = finding.Path.Split(" → ")[^1];
        var place = finding.Hops.IsEmpty ? finding.Place : finding.Hops[^1];
        return name.Length > 0 ? $"{name} at {Show(place)}" : Show(place);
    }

    private string Show(Place place) => $"{RelativePath.Of(_root, place.File)}({place.Line},{place.Column})";

    private static string Show(Cost cost) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cost.Wall.TotalSeconds:F2}/{cost.Cpu.TotalSeconds:F2}");

    private static string Count(int number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";

    private static string Model(char family) => family switch
    {
        '1' => "Goroutines",
        '2' => "Processes",
        '3' => "Threads",
        '4' => "Coroutines",
        '5' => "Event loops",
        _ => "Others",
    };

    private void Line(string markup) => _console.MarkupLine(markup);
}

using Quintet.Tool.Analysis;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Reports;

/// <summary>All that a run found, after severity and baseline were applied.</summary>
internal sealed record CheckResult(
    LoadedSolution Solution,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<ProjectReport> Projects,
    TimeSpan Elapsed)
{
    /// <summary>Findings that the baseline holds back.</summary>
    public int Known { get; init; }

    /// <summary>Findings below the severity that is shown.</summary>
    public int Hidden { get; init; }

    /// <summary>Problems that were met while analysing.</summary>
    public required IReadOnlyList<ProjectProblem> Met { get; init; }

    public required SelectedRules Rules { get; init; }

    public IReadOnlyList<ProjectProblem> Problems =>
    [
        .. Solution.Problems,
        .. Met,
        .. Projects.Where(project => project.Errors > 0).Select(project => new ProjectProblem(
            project.Project,
            $"does not compile: {project.Errors} error{(project.Errors == 1 ? "" : "s")}, first {project.FirstError}",
            project.Framework)),
    ];

    public IReadOnlyList<string> Failures { get; } =
        [.. Projects.SelectMany(project => project.Failures.Select(failure => $"{project.DisplayName}: {failure}"))];
}

using System.Text.Json;
using Quintet.Tool.Analysis;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Reports;

/// <summary>The findings and figures of a run for scripts: flat, with paths relative to what was checked.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(string file, CheckResult result)
    {
        var report = new
        {
            Path = result.Solution.Target.Path,
            Root = result.Solution.Target.Root,
            Seconds = Math.Round(result.Elapsed.TotalSeconds, 2),
            // A file that several projects or frameworks compile counts in each of them; distinctLines counts it once.
            Lines = result.Projects.Sum(project => project.Lines),
            DistinctLines = result.Projects.GroupBy(project => project.Project).Sum(same => same.Max(project => project.Lines)),
            Findings = result.Findings.Select(finding => new
            {
                finding.Id,
                Severity = finding.Severity.ToString().ToLowerInvariant(),
                File = RelativePath.Of(result.Solution.Target.Root, finding.Place.File),
                finding.Place.Line,
                finding.Place.Column,
                finding.Place.EndLine,
                finding.Place.EndColumn,
                finding.Message,
                finding.Path,
                finding.RootCause,
                Kind = finding.Properties.GetValueOrDefault("Kind") ?? "",
                Context = finding.Properties.GetValueOrDefault("Context") ?? "",
                Direct = finding.Properties.GetValueOrDefault("Direct") == "true",
                finding.Member,
                Project = finding.Projects[0],
                finding.Projects,
                finding.Fixable,
                Hops = finding.Hops.Select(hop => new
                {
                    File = RelativePath.Of(result.Solution.Target.Root, hop.File),
                    hop.Line,
                    hop.Column,
                }),
            }),
            Projects = result.Projects.Select(project => new
            {
                project.Name,
                Project = RelativePath.Of(result.Solution.Target.Root, project.Project),
                project.Framework,
                project.Files,
                project.Lines,
                project.Errors,
                project.FirstError,
                LoadCpuSeconds = Seconds(project.Load.Cpu),
                CompileSeconds = Seconds(project.Compile.Wall),
                CompileCpuSeconds = Seconds(project.Compile.Cpu),
                AnalysisSeconds = Seconds(project.Analysis.Wall),
                AnalysisCpuSeconds = Seconds(project.Analysis.Cpu),
                project.Failures,
            }),
            Problems = result.Problems.Select(problem => new
            {
                Project = RelativePath.Of(result.Solution.Target.Root, problem.Project),
                problem.Reason,
            }),
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Format) + "\n");
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}

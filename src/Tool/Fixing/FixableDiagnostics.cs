using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tool.Fixing;

/// <summary>The findings of one state of the solution, as Fix All asks for them.</summary>
internal sealed class FixableDiagnostics : FixAllContext.DiagnosticProvider
{
    private readonly Dictionary<ProjectId, ImmutableArray<Diagnostic>> _byProject = [];

    public IEnumerable<(ProjectId Project, Diagnostic Diagnostic)> All =>
        _byProject.SelectMany(pair => pair.Value.Select(diagnostic => (pair.Key, diagnostic)));

    /// <summary>Some of these findings.</summary>
    public FixableDiagnostics Only(Func<Diagnostic, bool> wanted)
    {
        var result = new FixableDiagnostics();
        foreach (var (id, diagnostics) in _byProject) result._byProject[id] = [.. diagnostics.Where(wanted)];
        return result;
    }

    public static async Task<FixableDiagnostics> OfAsync(
        Solution solution,
        IEnumerable<ProjectId> projects,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        Func<Diagnostic, bool> wanted,
        CancellationToken cancellation)
    {
        var result = new FixableDiagnostics();
        foreach (var id in projects)
        {
            var project = solution.GetProject(id)!;
            var compilation = (await project.GetCompilationAsync(cancellation))!;
            var options = new CompilationWithAnalyzersOptions(
                project.AnalyzerOptions,
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false);
            var all = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(cancellation);
            result._byProject[id] =
                [.. all.Where(diagnostic => !diagnostic.IsSuppressed && diagnostic.Location.IsInSource && wanted(diagnostic))
                    .OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                    .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
        }

        return result;
    }

    public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<Diagnostic>>(_byProject.GetValueOrDefault(project.Id, []));

    public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
    {
        var tree = await document.GetSyntaxTreeAsync(cancellationToken);
        return _byProject.GetValueOrDefault(document.Project.Id, []).Where(diagnostic => diagnostic.Location.SourceTree == tree);
    }

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<Diagnostic>>([]);
}

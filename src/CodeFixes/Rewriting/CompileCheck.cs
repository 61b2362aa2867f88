using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The last word on a rewrite: whatever was planned, nobody gets code that no longer compiles.</summary>
internal static class CompileCheck
{
    /// <summary>Unawaited calls and async bodies without await are no errors, but a rewrite that makes them has missed something.</summary>
    private static readonly HashSet<string> AsBadAsErrors = new(StringComparer.Ordinal) { "CS4014", "CS1998" };

    /// <summary>Whether the changed documents, or all projects that see a changed signature, have new problems.</summary>
    public static async Task<bool> IsCleanAsync(Solution before, Solution after, bool signaturesChanged, CancellationToken cancellation)
    {
        var changes = after.GetChanges(before).GetProjectChanges().ToList();
        if (!signaturesChanged)
        {
            foreach (var id in changes.SelectMany(static change => change.GetChangedDocuments()))
            {
                var old = await ProblemsAsync(before.GetDocument(id)!, cancellation).ConfigureAwait(false);
                if (HasMore(old, await ProblemsAsync(after.GetDocument(id)!, cancellation).ConfigureAwait(false))) return false;
            }

            return true;
        }

        var graph = after.GetProjectDependencyGraph();
        var affected = changes.Select(static change => change.ProjectId)
            .SelectMany(id => graph.GetProjectsThatTransitivelyDependOnThisProject(id).Concat([id])).Distinct();
        foreach (var id in affected)
        {
            var old = await ProblemsAsync(before.GetProject(id)!, cancellation).ConfigureAwait(false);
            if (HasMore(old, await ProblemsAsync(after.GetProject(id)!, cancellation).ConfigureAwait(false))) return false;
        }

        return true;
    }

    private static bool HasMore(Dictionary<string, int> before, Dictionary<string, int> after) =>
        after.Any(problem => problem.Value > (before.TryGetValue(problem.Key, out var count) ? count : 0));

    private static async Task<Dictionary<string, int>> ProblemsAsync(Document document, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return Count(model!.GetDiagnostics(cancellationToken: cancellation));
    }

    private static async Task<Dictionary<string, int>> ProblemsAsync(Project project, CancellationToken cancellation)
    {
        var compilation = await project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        return compilation is null ? [] : Count(compilation.GetDiagnostics(cancellation));
    }

    /// <summary>Counted by kind and file: lines move, and messages name types that are meant to change.</summary>
    private static Dictionary<string, int> Count(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || AsBadAsErrors.Contains(diagnostic.Id))
        .GroupBy(static diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree?.FilePath}")
        .ToDictionary(static same => same.Key, static same => same.Count(), StringComparer.Ordinal);
}

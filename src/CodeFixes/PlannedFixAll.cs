using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Quintet.CodeFixes;

/// <summary>Plans the findings of a document, project or solution together, so that edits of one method never collide.</summary>
internal sealed class PlannedFixAll : FixAllProvider
{
    public static readonly PlannedFixAll Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() =>
        [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var sites = await SitesAsync(fixAllContext).ConfigureAwait(false);
        return sites.Count == 0 ? null : CodeAction.Create(
            $"Fix all {string.Join(", ", fixAllContext.DiagnosticIds)}",
            cancellation => ApplyAsync(fixAllContext.Solution, sites, cancellation),
            fixAllContext.CodeActionEquivalenceKey);
    }

    private static async Task<List<(Site Site, Move Move)>> SitesAsync(FixAllContext context)
    {
        var chosen = new List<(Site, Move)>();
        if (context.CodeFixProvider is not Fix fix) return chosen;
        foreach (var diagnostic in await DiagnosticsAsync(context).ConfigureAwait(false))
        {
            if (context.Solution.GetDocument(diagnostic.Location.SourceTree) is not { } document) continue;
            if (await Fix.SiteOfAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site) continue;
            foreach (var (move, _) in await fix.OffersAsync(site, context.CancellationToken).ConfigureAwait(false))
            {
                // `dotnet format` asks with a null key when the first finding has no fix: the best move for each.
                if (context.CodeActionEquivalenceKey is { } key && key != fix.KeyOf(move)) continue;
                chosen.Add((site, move));
                break;
            }
        }

        return chosen;
    }

    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        var found = new List<Diagnostic>();
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                found.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
                break;
            case FixAllScope.Solution:
                foreach (var project in context.Solution.Projects)
                    found.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                break;
            default:
                found.AddRange(await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false));
                break;
        }

        // The order of the plan must not depend on the order in which analyzers happened to finish.
        return [.. found
            .Where(static diagnostic => diagnostic.Location.IsInSource)
            .GroupBy(static diagnostic => (diagnostic.Location.SourceTree!.FilePath, diagnostic.Location.SourceSpan, diagnostic.Id))
            .Select(static same => same.First())
            .OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<Solution> ApplyAsync(
        Solution original, IReadOnlyList<(Site Site, Move Move)> sites, CancellationToken cancellation)
    {
        var (marked, marks) =
            await SiteMark.PlaceAsync(original, [.. sites.Select(static site => site.Site)], cancellation).ConfigureAwait(false);
        var solution = marked;
        var plans = sites.Select(static (site, index) => (site.Move.Plan, Index: index)).GroupBy(static move => move.Plan);
        foreach (var plan in plans)
            solution = await plan.Key.ApplyAsync(solution, [.. plan.Select(move => marks[move.Index])], cancellation).ConfigureAwait(false);
        return solution == marked ? original : await MovePlan.AsTextAsync(original, solution, cancellation).ConfigureAwait(false);
    }
}

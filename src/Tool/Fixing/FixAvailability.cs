using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Tool.Analysis;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Fixing;

/// <summary>Asks the fixes whether they have an action for a finding: a rule that has a fix does not have it everywhere.</summary>
internal static class FixAvailability
{
    /// <summary>
    /// Of so many in one statement all are asked; further ones are as the first. A fix rewrites the whole statement, so that each would
    /// cost as much as there are.
    /// </summary>
    private const int MostInStatement = 16;

    public static async Task<IReadOnlyList<Finding>> MarkAsync(
        IReadOnlyList<Finding> findings,
        SolutionAnalysis analysis,
        SelectedRules rules,
        TemporaryFolder temporary,
        CancellationToken cancellation)
    {
        var candidates = findings
            .Where(finding => rules.Fixable.Contains(finding.Id))
            .Select(finding => (Finding: finding, Origin: analysis.Origins[(finding.Id, finding.Place)]))
            .ToArray();
        if (candidates.Length == 0) return findings;

        var calls = CompilerCall.Closure(candidates.Select(candidate => candidate.Origin.Call));
        using var workspace = WorkspaceSolution.Create(calls, temporary, withOtherTargets: false, cancellation);
        var fixable = new HashSet<Finding>(ReferenceEqualityComparer.Instance);
        var asked = new Dictionary<(string Id, StatementSyntax? In), (int Count, bool All)>();
        foreach (var (finding, (diagnostic, _)) in candidates)
        {
            var place = (finding.Id, await StatementOfAsync(diagnostic.Location, cancellation));
            var (count, all) = asked.GetValueOrDefault(place, (0, true));
            var isFixable = place.Item2 is not null && count >= MostInStatement
                ? all
                : await HasActionAsync(workspace.Solution, diagnostic, rules, cancellation);
            asked[place] = (count + 1, all && isFixable);
            if (isFixable) fixable.Add(finding);
        }

        return [.. findings.Select(finding => fixable.Contains(finding) ? finding with { Fixable = true } : finding)];
    }

    private static async Task<StatementSyntax?> StatementOfAsync(Location place, CancellationToken cancellation) =>
        place.SourceTree is { } tree
            ? (await tree.GetRootAsync(cancellation)).FindNode(place.SourceSpan).FirstAncestorOrSelf<StatementSyntax>()
            : null;

    private static async Task<bool> HasActionAsync(
        Solution solution, Diagnostic diagnostic, SelectedRules rules, CancellationToken cancellation)
    {
        var ids = solution.GetDocumentIdsWithFilePath(diagnostic.Location.SourceTree?.FilePath);
        if (ids.IsEmpty || solution.GetDocument(ids[0]) is not { } document) return false;

        if (await RootedAsync(diagnostic, document, cancellation) is not { } rooted) return false;
        CodeAction? first = null;
        foreach (var provider in rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            try
            {
                await provider.RegisterCodeFixesAsync(
                    new CodeFixContext(document, rooted, (action, _) => first ??= action, cancellation));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The finding stands whether or not a fix can cope with its surroundings.
            }
        }

        return first is not null;
    }

    /// <summary>
    /// The finding in the trees of the solution: fixes bind what its places name, and a place in another compilation's tree binds to
    /// nothing.
    /// </summary>
    private static async Task<Diagnostic?> RootedAsync(Diagnostic diagnostic, Document document, CancellationToken cancellation)
    {
        if (await TreeOfAsync(diagnostic.Location, document, cancellation) is not { } tree) return null;
        var places = new List<Location>();
        foreach (var place in diagnostic.AdditionalLocations)
        {
            places.Add(await TreeOfAsync(place, document, cancellation) is { } other ? Location.Create(other, place.SourceSpan) : place);
        }

        return Diagnostic.Create(
            diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan), places, diagnostic.Properties);
    }

    /// <summary>The tree of the file that a place is in: the one beside the finding, where several projects compile the file.</summary>
    private static async Task<SyntaxTree?> TreeOfAsync(Location place, Document beside, CancellationToken cancellation)
    {
        var solution = beside.Project.Solution;
        var ids = solution.GetDocumentIdsWithFilePath(place.SourceTree?.FilePath ?? place.GetLineSpan().Path);
        if (ids.IsEmpty) return null;
        var id = ids.FirstOrDefault(id => id.ProjectId == beside.Project.Id) ?? ids[0];
        var tree = await solution.GetDocument(id)!.GetSyntaxTreeAsync(cancellation);
        return tree is not null && place.SourceSpan.End <= tree.Length ? tree : null;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes;

/// <summary>
/// The fix of one rule: its moves, best first. Equivalence keys are constant per kind of move, and Fix All plans all
/// findings together.
/// </summary>
public abstract class Fix : CodeFixProvider
{
    private readonly string _id;

    private protected Fix(string id, params Move[] moves)
    {
        _id = id;
        Moves = moves;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal IReadOnlyList<Move> Moves { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => PlannedFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await SiteOfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site) continue;
            foreach (var (move, title) in await OffersAsync(site, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => move.Plan.ApplyAsync([site], cancellation), KeyOf(move)),
                    diagnostic);
            }
        }
    }

    internal string KeyOf(Move move) => $"{_id}.{move.Kind}";

    /// <summary>The moves that apply to a finding, best first.</summary>
    internal async Task<IReadOnlyList<(Move Move, string Title)>> OffersAsync(Site site, CancellationToken cancellation)
    {
        var offers = new List<(Move, string)>();
        foreach (var move in Ordered(site))
        {
            if (move.IsLastResort && offers.Any(static offer => !offer.Item1.IsLastResort)) continue;
            if (await move.TitleAsync(site, cancellation).ConfigureAwait(false) is { } title) offers.Add((move, title));
        }

        return offers;
    }

    /// <summary>The moves in the order in which they are offered.</summary>
    private protected virtual IEnumerable<Move> Ordered(Site site) => Moves;

    /// <summary>The place of a finding, or null where none of our fixes applies: no syntax, generated code.</summary>
    internal static async Task<Site?> SiteOfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        // A finding that maps by #line to a .razor or .cshtml file stands in generated code: it has no fix.
        if (diagnostic.Location.SourceTree is not { } tree || diagnostic.Location.GetMappedLineSpan().Path != tree.FilePath) return null;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is CompilationUnitSyntax && Site.NodeAt(root, diagnostic.Location.SourceSpan) is { } node
            ? new Site(document, node, null, diagnostic)
            : null;
    }
}

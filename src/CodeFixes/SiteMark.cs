using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes;

/// <summary>Annotations that lead back to a finding's nodes after other rewrites.</summary>
/// <param name="document">Where the finding is.</param>
/// <param name="primary">On the flagged node.</param>
/// <param name="cause">On the root cause, with its document; null when the flagged node is the root cause.</param>
/// <param name="finding">The diagnostic, or null for a refactoring.</param>
internal sealed class SiteMark(
    DocumentId document, SyntaxAnnotation primary, (DocumentId Document, SyntaxAnnotation Mark)? cause, Diagnostic? finding)
{
    private Solution? _snapshot;
    private (Site Site, Site Cause) _known;

    public DocumentId DocumentId { get; } = document;

    /// <summary>The place taken for the root cause stands above it: its own twin is awaited, and what is below no longer runs.</summary>
    public bool EndsEarly { get; private set; }

    /// <summary>The flagged call itself is what has to change: there is no path below it.</summary>
    public bool IsCause => finding is null || finding.AdditionalLocations.Count == 0;

    /// <summary>Further places of the flagged body that end in the same cause.</summary>
    public IReadOnlyList<SiteMark> More { get; private set; } = [];

    /// <summary>The flagged node in a later snapshot, or null when a rewrite has removed it.</summary>
    public Task<Site?> FindAsync(Solution solution, CancellationToken cancellation) =>
        FindAsync(solution, DocumentId, primary, cancellation);

    /// <summary>The root cause in a later snapshot; the flagged node itself when there is no other place.</summary>
    public Task<Site?> FindCauseAsync(Solution solution, CancellationToken cancellation) =>
        _snapshot is not null ? Task.FromResult(solution == _snapshot ? _known.Cause : null)
            : cause is { } place ? FindAsync(solution, place.Document, place.Mark, cancellation) : FindAsync(solution, cancellation);

    /// <summary>The mark of a site that was found in the very snapshot that is going to be changed.</summary>
    public static async Task<SiteMark> InAsync(Solution snapshot, Site site, CancellationToken cancellation)
    {
        var mark = new SiteMark(site.Document.Id, new SyntaxAnnotation(), null, site.Finding) { _snapshot = snapshot };
        var (document, node, early) =
            site.IsCause ? default : await CauseOfAsync(snapshot, site.Finding!, cancellation).ConfigureAwait(false);
        var here = new Site(site.Document, site.Node, mark, site.Finding, site.Last);
        mark.EndsEarly = early;
        mark._known = (here, node is null ? here : new Site(snapshot.GetDocument(document)!, node, mark, site.Finding));
        return mark;
    }

    private async Task<Site?> FindAsync(Solution solution, DocumentId id, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        if (_snapshot is not null) return solution == _snapshot ? _known.Site : null;
        if (solution.GetDocument(id) is not { } document) return null;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var nodes = root?.GetAnnotatedNodes(mark).ToList();
        return nodes is { Count: > 0 } ? new Site(document, nodes[0], this, finding, nodes[nodes.Count - 1]) : null;
    }

    /// <summary>Marks the nodes of many findings at once.</summary>
    public static async Task<(Solution Solution, IReadOnlyList<SiteMark> Marks)> PlaceAsync(
        Solution solution, IReadOnlyList<Site> sites, CancellationToken cancellation)
    {
        var marks = new List<SiteMark>();
        var nodes = new Dictionary<DocumentId, Dictionary<SyntaxNode, List<SyntaxAnnotation>>>();
        foreach (var site in sites)
        {
            var primary = Annotate(nodes, site.Document.Id, site.Node);
            if (site.Last != site.Node) nodes[site.Document.Id].Add(site.Last, [primary]);
            var (document, node, early) =
                site.IsCause ? default : await CauseOfAsync(solution, site.Finding!, cancellation).ConfigureAwait(false);
            (DocumentId, SyntaxAnnotation)? cause = node is null ? null : (document, Annotate(nodes, document, node));
            var more = MoreOf(site).Select(node => Annotate(nodes, site.Document.Id, node));
            marks.Add(new SiteMark(site.Document.Id, primary, cause, site.Finding)
            {
                EndsEarly = early,
                More = [.. more.Select(annotation => new SiteMark(site.Document.Id, annotation, null, site.Finding))],
            });
        }

        await FollowLinksAsync(solution, nodes, cancellation).ConfigureAwait(false);
        foreach (var document in nodes)
        {
            var root = await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var marked = root!.ReplaceNodes(document.Value.Keys, (old, current) => current.WithAdditionalAnnotations(document.Value[old]));
            solution = solution.WithDocumentSyntaxRoot(document.Key, marked);
        }

        return (solution, marks);
    }

    /// <summary>Marks the same nodes in every document of a file: a change of one of them becomes that of all.</summary>
    private static async Task FollowLinksAsync(
        Solution solution, Dictionary<DocumentId, Dictionary<SyntaxNode, List<SyntaxAnnotation>>> nodes, CancellationToken cancellation)
    {
        foreach (var (id, node, annotations) in nodes.SelectMany(static document => document.Value
            .Select(node => (document.Key, node.Key, node.Value.ToList()))).ToList())
        {
            foreach (var (other, same) in await LinkedFiles.CounterpartsAsync(solution.GetDocument(id)!, node, cancellation)
                .ConfigureAwait(false))
            {
                if (!nodes.TryGetValue(other.Id, out var inDocument)) nodes.Add(other.Id, inDocument = []);
                if (!inDocument.TryGetValue(same, out var known)) inDocument.Add(same, known = []);
                known.AddRange(annotations);
            }
        }
    }

    private static IEnumerable<SyntaxNode> MoreOf(Site site)
    {
        var root = site.Node.SyntaxTree.GetRoot();
        foreach (var place in (site[FindingProperties.More] ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = place.Split('+');
            if (!int.TryParse(parts[0], out var start) || !int.TryParse(parts[1], out var length)) continue;
            if (Site.NodeAt(root, new TextSpan(start, length)) is { } node) yield return node;
        }
    }

    private static SyntaxAnnotation Annotate(
        Dictionary<DocumentId, Dictionary<SyntaxNode, List<SyntaxAnnotation>>> nodes, DocumentId document, SyntaxNode node)
    {
        if (!nodes.TryGetValue(document, out var inDocument)) nodes.Add(document, inDocument = []);
        if (!inDocument.TryGetValue(node, out var annotations)) inDocument.Add(node, annotations = []);
        var annotation = new SyntaxAnnotation();
        annotations.Add(annotation);
        return annotation;
    }

    /// <summary>
    /// The last hop, or the first call that has a twin, or whose disposal can be awaited: what is below it then no longer runs.
    /// </summary>
    private static async Task<(DocumentId Document, SyntaxNode? Node, bool Early)> CauseOfAsync(
        Solution solution, Diagnostic finding, CancellationToken cancellation)
    {
        (DocumentId? Document, SyntaxNode? Node) last = default;
        for (var i = 0; i < finding.AdditionalLocations.Count; i++)
        {
            last = await NodeOfAsync(solution, finding.AdditionalLocations[i], cancellation).ConfigureAwait(false);
            if (i == finding.AdditionalLocations.Count - 1) break;
            if (last.Node is not { } node || solution.GetDocument(last.Document!) is not { } document) continue;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            if (AsyncTwin.Find(model!, node, null, cancellation) is not null) return (document.Id, node, true);
        }

        return (last.Document!, last.Node, false);
    }

    /// <summary>One in another compilation's tree is a path with a span and has no tree.</summary>
    public static async Task<(DocumentId Document, SyntaxNode? Node)> NodeOfAsync(
        Solution solution, Location location, CancellationToken cancellation)
    {
        var document = location.SourceTree is { } tree ? solution.GetDocument(tree) : null;
        var id = document?.Id ?? solution.GetDocumentIdsWithFilePath(location.GetLineSpan().Path).FirstOrDefault();
        if (id is null || solution.GetDocument(id) is not { } found) return default;
        var root = await found.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return (id, root is CompilationUnitSyntax ? Site.NodeAt(root, location.SourceSpan) : null);
    }
}

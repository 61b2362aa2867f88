using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Collects edits of original nodes over many documents, then rewrites each document once.</summary>
internal sealed class SolutionEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, DocumentEdits> _documents = [];

    public Solution Original { get; } = solution;

    public IEnumerable<DocumentId> Documents => _documents.Keys;

    /// <summary>Adds an edit; edits of one node run in the order in which they were added, inner nodes first.</summary>
    public void Add(DocumentId document, NodeEdit edit)
    {
        var edits = Of(document).Edits;
        if (!edits.TryGetValue(edit.Target, out var list)) edits.Add(edit.Target, list = []);
        list.Add(edit.Rewrite);
    }

    public void Import(DocumentId document, IEnumerable<string> spaces) => Of(document).Imports.UnionWith(spaces);

    /// <summary>The solution with all edits; null where they would make one file two that differ.</summary>
    public async Task<Solution?> ApplyAsync(CancellationToken cancellation)
    {
        var solution = Original;
        foreach (var document in _documents)
        {
            var root = await Original.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var edits = document.Value.Edits;
            var changed =
                root!.ReplaceNodes(edits.Keys, (old, current) =>
                    edits[old].Aggregate(current, static (node, rewrite) => LostComments.Kept(node, rewrite(node))));
            changed = LostComments.Placed(changed);
            if (changed is CompilationUnitSyntax unit) changed = Imports.Add(unit, ImportsOf(document.Key));
            solution = solution.WithDocumentSyntaxRoot(document.Key, changed);
            if (!changed.HasAnnotation(Formatter.Annotation) && !changed.GetAnnotatedNodes(Formatter.Annotation).Any()) continue;
            var written = solution.GetDocument(document.Key)!;
            var style = await FileStyle.OfAsync(Original.GetDocument(document.Key)!, cancellation).ConfigureAwait(false);
            var comments = CommentColumns.Of((await written.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!);
            // The braces of a lambda find their line only in a second round.
            for (var round = 0; round < 2; round++)
                written = await Formatter.FormatAsync(written, Formatter.Annotation, style, cancellation).ConfigureAwait(false);
            var formatted = await written.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            solution = written.Project.Solution.WithDocumentSyntaxRoot(document.Key, comments.Mend(formatted!));
        }

        solution = await AwaitStyle.FollowAsync(solution, _documents.Keys, cancellation).ConfigureAwait(false);
        solution = await LocalStyle.FollowAsync(solution, _documents.Keys, cancellation).ConfigureAwait(false);
        return await LinkedFiles.FollowAsync(Original, solution, _documents.Keys, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the file needs in one of its projects it says for all.</summary>
    private IEnumerable<string> ImportsOf(DocumentId id) => Original.GetDocument(id)!.GetLinkedDocumentIds().Append(id)
        .SelectMany(one => _documents.TryGetValue(one, out var edits) ? edits.Imports : []).Distinct(StringComparer.Ordinal);

    private DocumentEdits Of(DocumentId document)
    {
        if (!_documents.TryGetValue(document, out var edits)) _documents.Add(document, edits = new DocumentEdits());
        return edits;
    }

    private sealed class DocumentEdits
    {
        public Dictionary<SyntaxNode, List<Func<SyntaxNode, SyntaxNode>>> Edits { get; } = [];

        public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);
    }
}

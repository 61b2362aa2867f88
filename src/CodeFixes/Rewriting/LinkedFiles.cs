using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// One file that several projects, or one project for several target frameworks, compile: to the workspace a document for each, to the
/// user one text.
/// </summary>
internal static class LinkedFiles
{
    /// <summary>The other documents of a document's file, with the node that stands where the given one does.</summary>
    /// <remarks>Where <c>#if</c> cuts the code out there is no such node.</remarks>
    public static async Task<IReadOnlyList<(Document Document, SyntaxNode Node)>> CounterpartsAsync(
        Document document, SyntaxNode node, CancellationToken cancellation)
    {
        var linked = document.GetLinkedDocumentIds();
        if (linked.IsEmpty) return [];
        var found = new List<(Document, SyntaxNode)>();
        foreach (var id in linked)
        {
            var other = document.Project.Solution.GetDocument(id)!;
            var root = await other.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (InTree(root!, node) is { } same) found.Add((other, same));
        }

        return found;
    }

    /// <summary>The same method in the other projects that compile its file, also where each sees another declaration of it.</summary>
    public static async Task<IReadOnlyList<IMethodSymbol>> SameAsync(
        Solution solution, IMethodSymbol method, CancellationToken cancellation)
    {
        var found = new List<IMethodSymbol>();
        if (method.MethodKind == MethodKind.LocalFunction) return found;
        var id = DocumentationCommentId.CreateDeclarationId(method);
        foreach (var other in method.DeclaringSyntaxReferences.Select(place => solution.GetDocument(place.SyntaxTree)).OfType<Document>()
            .SelectMany(static document => document.GetLinkedDocumentIds()).Select(one => solution.GetProject(one.ProjectId)!).Distinct())
        {
            var compilation = await other.GetCompilationAsync(cancellation).ConfigureAwait(false);
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation!)
                is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } same) found.Add(same);
        }

        return found;
    }

    /// <summary>
    /// Gives all documents of a changed file one text. Where <c>#if</c> shows each of them other code, it has the changes of all; null
    /// where these exclude each other.
    /// </summary>
    public static async Task<Solution?> FollowAsync(
        Solution before, Solution after, ICollection<DocumentId> changed, CancellationToken cancellation)
    {
        var done = new HashSet<DocumentId>();
        foreach (var id in changed)
        {
            var linked = before.GetDocument(id)!.GetLinkedDocumentIds();
            if (linked.IsEmpty || !done.Add(id)) continue;
            done.UnionWith(linked);
            var document = after.GetDocument(id)!;
            var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
            var isMerged = false;
            foreach (var other in linked.Where(changed.Contains).Select(one => after.GetDocument(one)!))
            {
                if (text.ContentEquals(await other.GetTextAsync(cancellation).ConfigureAwait(false))) continue;
                if (isMerged || await MergedAsync(before.GetDocument(id)!, document, other, cancellation).ConfigureAwait(false)
                    is not { } merged) return null;
                (text, isMerged) = (merged, true);
            }

            foreach (var other in linked.Add(id).Where(one => isMerged || one != id))
            {
                // The very nodes carry the marks of the findings that are still to be fixed.
                after = !isMerged && IsReadAlike(document.Project, after.GetDocument(other)!.Project)
                    ? after.WithDocumentSyntaxRoot(other, (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!)
                    : after.WithDocumentText(other, text);
            }
        }

        return after;
    }

    /// <summary>The text with the changes of both documents.</summary>
    private static async Task<SourceText?> MergedAsync(Document before, Document one, Document other, CancellationToken cancellation)
    {
        var text = await before.GetTextAsync(cancellation).ConfigureAwait(false);
        var old = before.Project.Solution.GetDocument(other.Id)!;
        var changes = LinesOf(text, await one.GetTextChangesAsync(before, cancellation).ConfigureAwait(false))
            .Concat(LinesOf(text, await other.GetTextChangesAsync(old, cancellation).ConfigureAwait(false)))
            .Distinct().OrderBy(static change => change.Span.Start).ThenBy(static change => change.Span.End).ToList();
        for (var i = 1; i < changes.Count; i++)
            if (changes[i].Span.Start < changes[i - 1].Span.End || changes[i].Span == changes[i - 1].Span) return null;
        return text.WithChanges(changes);
    }

    /// <summary>
    /// Changes line by line, where as many come as go, so that the same change of two documents is one however each of them is told.
    /// </summary>
    private static IEnumerable<TextChange> LinesOf(SourceText text, IEnumerable<TextChange> changes)
    {
        var groups = new List<(TextSpan Lines, List<TextChange> Changes)>();
        foreach (var change in changes.OrderBy(static change => change.Span.Start))
        {
            var lines = TextSpan.FromBounds(text.Lines.GetLineFromPosition(change.Span.Start).Start,
                text.Lines.GetLineFromPosition(change.Span.End).EndIncludingLineBreak);
            if (groups.Count > 0 && groups[groups.Count - 1] is var last && last.Lines.End > lines.Start)
            {
                last.Changes.Add(change);
                groups[groups.Count - 1] = (TextSpan.FromBounds(last.Lines.Start, Math.Max(last.Lines.End, lines.End)), last.Changes);
            }
            else
            {
                groups.Add((lines, [change]));
            }
        }

        foreach (var (lines, inside) in groups)
        {
            var now = text.ToString(lines);
            foreach (var change in inside.AsEnumerable().Reverse())
            {
                var at = change.Span.Start - lines.Start;
                now = now.Remove(at, change.Span.Length).Insert(at, change.NewText!);
            }

            foreach (var line in Single(text, new TextChange(lines, now))) yield return line;
        }
    }

    private static IEnumerable<TextChange> Single(SourceText text, TextChange change)
    {
        var (old, now) = (Split(text.ToString(change.Span)), Split(change.NewText ?? ""));
        if (old.Count != now.Count)
        {
            var same = old.Zip(now, static (a, b) => a == b).TakeWhile(static equal => equal).Count();
            var skipped = old.Take(same).Sum(static line => line.Length);
            yield return new TextChange(
                TextSpan.FromBounds(change.Span.Start + skipped, change.Span.End), string.Concat(now.Skip(same)));
            yield break;
        }

        var start = change.Span.Start;
        for (var i = 0; i < old.Count; i++)
        {
            if (old[i] != now[i]) yield return new TextChange(new TextSpan(start, old[i].Length), now[i]);
            start += old[i].Length;
        }
    }

    private static List<string> Split(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text.Substring(start, end - start));
            start = end;
        }

        return lines;
    }

    private static SyntaxNode? InTree(SyntaxNode root, SyntaxNode node)
    {
        if (!root.FullSpan.Contains(node.Span)) return null;
        return root.FindNode(node.Span, findInsideTrivia: false, getInnermostNodeForTie: true).AncestorsAndSelf()
            .TakeWhile(other => other.Span == node.Span).FirstOrDefault(other => other.RawKind == node.RawKind);
    }

    private static bool IsReadAlike(Project one, Project other) =>
        one.ParseOptions is CSharpParseOptions first && other.ParseOptions is CSharpParseOptions second && first.Equals(second);
}

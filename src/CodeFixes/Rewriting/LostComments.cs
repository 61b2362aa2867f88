using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Comments that stand where nobody expects them, between the words of a call or behind an arrow: what a rewrite does not take along
/// comes behind what it has made, and where it would break the line there, in front of the whole statement.
/// </summary>
internal static class LostComments
{
    private const string Mark = "Quintet.LostComments";

    public static SyntaxNode Kept(SyntaxNode before, SyntaxNode after)
    {
        if (before == after) return after;
        var lost = Of(before);
        if (lost.Count == 0) return after;
        foreach (var comment in Of(after))
        {
            if (lost.FindIndex(one => one.ToString() == comment.ToString()) is var index and >= 0) lost.RemoveAt(index);
        }

        if (lost.Count == 0) return after;
        var trailing = lost.SelectMany(comment => comment.IsKind(SyntaxKind.SingleLineCommentTrivia)
            ? new[] { Space, comment, Layout.NewLine(before) }
            : [Space, comment]).ToList();
        var kept = after.WithTrailingTrivia(trailing.Concat(after.GetTrailingTrivia()));
        return lost.Any(static comment => comment.IsKind(SyntaxKind.SingleLineCommentTrivia))
            ? kept.WithAdditionalAnnotations(new SyntaxAnnotation(Mark, string.Concat(trailing)))
            : kept;
    }

    /// <summary>
    /// Puts such comments in front of the statements that they stand in. Only when all is rewritten it is known where these begin.
    /// </summary>
    public static SyntaxNode Placed(SyntaxNode root)
    {
        var places = root.GetAnnotatedNodes(Mark).Select(static node => (Node: node, Kept: KeptBehind(node), Home: HomeOf(node)))
            .Where(static place => place.Kept.Count > 0 && place.Home is not null && place.Node != place.Home).ToList();
        if (places.Count == 0) return root;
        var homes = places.ToLookup(static place => place.Home!, static place => place.Kept);
        var counts = places.ToDictionary(static place => place.Node, static place => place.Kept.Count);
        return root.ReplaceNodes(counts.Keys.Concat(homes.Select(static home => home.Key)), (old, current) =>
        {
            if (counts.TryGetValue(old, out var count)) current = current.WithTrailingTrivia(current.GetTrailingTrivia().Skip(count));
            if (!homes.Contains(old)) return current;
            var leading = current.GetLeadingTrivia();
            var indent = leading.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? last : Whitespace("");
            var lines = homes[old].SelectMany(static kept => kept).Where(Layout.IsComment)
                .SelectMany(comment => new[] { comment, NewLineOf(root), indent });
            return current.WithLeadingTrivia(leading.Concat(lines));
        });
    }

    /// <summary>The statement around a node, if it begins its line and its comments may go before it.</summary>
    private static SyntaxNode? HomeOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Layout.StartsLine(statement) ? statement : null;

    private static List<SyntaxTrivia> KeptBehind(SyntaxNode node)
    {
        var wanted = node.GetAnnotations(Mark).First().Data!;
        var kept = new List<SyntaxTrivia>();
        foreach (var trivia in node.GetTrailingTrivia().TakeWhile(_ => wanted.Length > 0))
        {
            if (!wanted.StartsWith(trivia.ToString(), StringComparison.Ordinal)) return [];
            wanted = wanted.Substring(trivia.ToString().Length);
            kept.Add(trivia);
        }

        return wanted.Length == 0 ? kept : [];
    }

    private static SyntaxTrivia NewLineOf(SyntaxNode root) =>
        root.DescendantTrivia().First(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>Documentation stays with its declaration, whether it is parsed or not, and may be told a new name.</summary>
    private static List<SyntaxTrivia> Of(SyntaxNode node) => [.. node.DescendantTrivia().Where(static trivia =>
        Layout.IsComment(trivia) && !trivia.ToString().StartsWith("///", StringComparison.Ordinal)
        && !trivia.ToString().StartsWith("/**", StringComparison.Ordinal))];
}

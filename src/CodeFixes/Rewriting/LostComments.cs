using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Comments that stand where nobody expects them, between the words of a call or behind an arrow: what a rewrite does not take along
/// comes behind what it has made.
/// </summary>
internal static class LostComments
{
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
            : [Space, comment]);
        return after.WithTrailingTrivia(trailing.Concat(after.GetTrailingTrivia()));
    }

    /// <summary>Documentation stays with its declaration, whether it is parsed or not, and may be told a new name.</summary>
    private static List<SyntaxTrivia> Of(SyntaxNode node) => [.. node.DescendantTrivia().Where(static trivia =>
        Layout.IsComment(trivia) && !trivia.ToString().StartsWith("///", StringComparison.Ordinal)
        && !trivia.ToString().StartsWith("/**", StringComparison.Ordinal))];
}

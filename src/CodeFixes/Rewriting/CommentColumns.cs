using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// The formatter takes a comment on a line of its own, under a line that ends in one, for the second line of that. Where it was none before
/// it is given the column of the code that it stands before.
/// </summary>
internal sealed class CommentColumns
{
    private readonly IReadOnlyList<bool> _continues;

    private CommentColumns(IReadOnlyList<bool> continues) => _continues = continues;

    /// <summary>Which comments go on with the one before, in code that has not been formatted yet.</summary>
    public static CommentColumns Of(SyntaxNode root) => new([.. Comments(root).Select(static comment => Continued(comment) is not null)]);

    public SyntaxNode Mend(SyntaxNode root)
    {
        var comments = Comments(root);
        if (comments.Count != _continues.Count) return root;
        var indents = new Dictionary<SyntaxTrivia, SyntaxTrivia>();
        for (var i = 0; i < comments.Count; i++)
        {
            if (_continues[i] || Continued(comments[i]) is not { } indent) continue;
            indents[indent] = Whitespace(IndentOf(comments[i]));
        }

        return indents.Count == 0 ? root : root.ReplaceTrivia(indents.Keys, (old, _) => indents[old]);
    }

    private static List<SyntaxTrivia> Comments(SyntaxNode root) => [.. root.DescendantTrivia().Where(Layout.IsComment)];

    /// <summary>
    /// The blanks before a comment that stands right under the comment behind the code of a line, with at most such comments between them;
    /// else null.
    /// </summary>
    private static SyntaxTrivia? Continued(SyntaxTrivia comment)
    {
        var text = comment.SyntaxTree!.GetText();
        var line = text.Lines.GetLineFromPosition(comment.SpanStart);
        if (line.LineNumber == 0 || line.Start == comment.SpanStart) return null;
        var blanks = comment.SyntaxTree.GetRoot().FindTrivia(line.Start);
        if (!blanks.IsKind(SyntaxKind.WhitespaceTrivia) || blanks.Span.End != comment.SpanStart) return null;
        for (var i = line.LineNumber - 1; i >= 0; i--)
        {
            var before = text.Lines[i];
            if (before.End == before.Start) return null;
            var behind = comment.SyntaxTree.GetRoot().FindTrivia(before.End - 1);
            if (!Layout.IsComment(behind) || behind.SpanStart - before.Start != comment.SpanStart - line.Start) return null;
            var code = text.ToString(TextSpan.FromBounds(before.Start, behind.SpanStart));
            if (code.Trim().Length > 0) return blanks;
        }

        return null;
    }

    /// <summary>The indentation of the next line of code; of the code before, where a block ends.</summary>
    private static string IndentOf(SyntaxTrivia comment)
    {
        var text = comment.SyntaxTree!.GetText();
        var number = text.Lines.GetLineFromPosition(comment.SpanStart).LineNumber;
        for (var i = number + 1; i < text.Lines.Count; i++)
        {
            var code = text.Lines[i].ToString();
            if (code.Trim().Length == 0 || code.TrimStart().StartsWith("//", StringComparison.Ordinal)) continue;
            return code.TrimStart()[0] is '}' or ')' ? Before() : Blanks(code);
        }

        return Before();

        string Before() => Blanks(text.Lines.Take(number).Select(static line => line.ToString())
            .Last(static line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
    }

    private static string Blanks(string line) => line.Substring(0, line.Length - line.TrimStart().Length);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Line breaks of new code; its indentation is the formatter's business.</summary>
internal static class Layout
{
    /// <summary>The line break that a file uses.</summary>
    public static SyntaxTrivia NewLine(SyntaxNode node)
    {
        var found = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.RawKind != 0 ? ElasticEndOfLine(found.ToString()) : ElasticCarriageReturnLineFeed;
    }

    /// <summary>A new block with each brace and statement on a line of its own.</summary>
    public static BlockSyntax Spread(BlockSyntax block, SyntaxTrivia newLine) => block
        .WithOpenBraceToken(Token(TriviaList(newLine), SyntaxKind.OpenBraceToken, TriviaList(newLine)))
        .WithStatements(List(block.Statements.Select(statement => EndsLine(statement) ? statement : statement.WithTrailingTrivia(newLine))))
        .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A new block in the place of one statement: comments stay with the statements that they speak of.</summary>
    public static BlockSyntax InPlaceOf(StatementSyntax old, IEnumerable<StatementSyntax> statements)
    {
        var list = statements.Select(static one => HasComment(one.GetLeadingTrivia()) ? one : one.WithoutLeadingTrivia()).ToList();
        var trailing = old.GetTrailingTrivia();
        if (IsInOneLine(old) && list.All(static one => one.ToString().IndexOf('\n') < 0 && !one.DescendantTrivia().Any(IsComment)))
        {
            return Block(Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space),
                List(list.Select(static one => one.WithoutTrivia().WithTrailingTrivia(Space))), Token(SyntaxKind.CloseBraceToken))
                .WithTrailingTrivia(trailing);
        }

        var block = Spread(Block(list), NewLine(old)).WithTrailingTrivia(HasComment(list[list.Count - 1].GetTrailingTrivia())
            ? TriviaList(trailing.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            : trailing);
        return StartsLine(old) ? block.WithoutLeadingTrivia() : block;
    }

    /// <summary>The value of an expression body as a statement, with what is written between the arrow and it.</summary>
    public static ExpressionStatementSyntax Statement(SyntaxToken arrow, ExpressionSyntax value)
    {
        var leading = arrow.TrailingTrivia.Concat(value.GetLeadingTrivia()).Where(IsComment).SelectMany(comment =>
            new[] { comment, comment.IsKind(SyntaxKind.SingleLineCommentTrivia) ? NewLine(value) : Space });
        var statement = ExpressionStatement(HasComment(value.GetTrailingTrivia()) ? value.WithoutLeadingTrivia() : value.WithoutTrivia());
        return statement.WithLeadingTrivia(leading);
    }

    public static bool HasComment(SyntaxTriviaList list) => list.Any(IsComment);

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    /// <summary>A block that stands on one line and says nothing in a comment.</summary>
    public static bool IsOneLine(BlockSyntax block) =>
        block.ToString().IndexOf('\n') < 0 && !block.DescendantTrivia().Any(IsComment);

    /// <summary>Whether a statement stands in the middle of a line that holds the whole block around it.</summary>
    private static bool IsInOneLine(StatementSyntax statement) => !StartsLine(statement)
        && statement.Ancestors().OfType<BlockSyntax>().FirstOrDefault() is { } block && IsOneLine(block);

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().LastOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether a node begins its line.</summary>
    public static bool StartsLine(SyntaxNode node) =>
        node.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
}

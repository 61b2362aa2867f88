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

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().LastOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether a node begins its line.</summary>
    public static bool StartsLine(SyntaxNode node) =>
        node.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
}

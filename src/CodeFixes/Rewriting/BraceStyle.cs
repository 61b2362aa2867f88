using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Formatting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Options;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Whether a file gives its braces, and what goes on after them, lines of their own.</summary>
internal static class BraceStyle
{
    public static OptionSet In(SyntaxNode root, OptionSet options)
    {
        var (control, lambdas, others, after) = (new Votes(), new Votes(), new Votes(), new Votes());
        foreach (var token in root.DescendantTokens())
        {
            switch (token.Kind())
            {
                case SyntaxKind.OpenBraceToken when IsSpread(token):
                    (token.Parent switch
                    {
                        BlockSyntax { Parent: AnonymousFunctionExpressionSyntax } => lambdas,
                        BlockSyntax { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax }
                            or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax => others,
                        BlockSyntax { Parent: StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax } => control,
                        _ => null,
                    })?.Add(BeginsLine(token));
                    break;
                case SyntaxKind.ElseKeyword or SyntaxKind.CatchKeyword or SyntaxKind.FinallyKeyword
                    when token.GetPreviousToken() is { RawKind: (int)SyntaxKind.CloseBraceToken, Parent: BlockSyntax block }
                    && IsSpread(block.OpenBraceToken):
                    after.Add(BeginsLine(token));
                    break;
            }
        }

        // What a file shows nowhere it would write as it writes the rest.
        var rest = others.Majority ?? control.Majority ?? lambdas.Majority;
        if ((control.Majority ?? rest) is { } own)
        {
            options = options.WithChangedOption(CSharpFormattingOptions.NewLinesForBracesInControlBlocks, own);
            var next = after.Majority ?? own;
            options = options.WithChangedOption(CSharpFormattingOptions.NewLineForElse, next)
                .WithChangedOption(CSharpFormattingOptions.NewLineForCatch, next)
                .WithChangedOption(CSharpFormattingOptions.NewLineForFinally, next);
        }

        if ((lambdas.Majority ?? control.Majority ?? rest) is { } inner)
        {
            options = options.WithChangedOption(CSharpFormattingOptions.NewLinesForBracesInLambdaExpressionBody, inner)
                .WithChangedOption(CSharpFormattingOptions.NewLinesForBracesInAnonymousMethods, inner);
        }

        return rest is { } whole
            ? options.WithChangedOption(CSharpFormattingOptions.NewLinesForBracesInMethods, whole)
            : options;
    }

    /// <summary>Its block has several lines: what stands on one says nothing.</summary>
    private static bool IsSpread(SyntaxToken brace) => brace.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool BeginsLine(SyntaxToken token) =>
        token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private sealed class Votes
    {
        private int _own;
        private int _same;

        /// <summary>Whether most stand on lines of their own; null where nothing has been seen.</summary>
        public bool? Majority => _own + _same == 0 ? null : _own >= _same;

        public void Add(bool own)
        {
            if (own) _own++;
            else _same++;
        }
    }
}

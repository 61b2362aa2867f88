using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Makes a block of a body that is one expression, where something has to be done before it.</summary>
internal static class ArrowBody
{
    /// <summary>The edit that puts what the expression carries in front of it.</summary>
    /// <param name="function">A method, local function or lambda, in the original tree.</param>
    /// <param name="symbol">What it declares.</param>
    public static NodeEdit Opened(SyntaxNode function, IMethodSymbol symbol)
    {
        var isStatement = symbol.ReturnsVoid
            || TaskWaits.IsTaskLike(symbol.ReturnType) && symbol.ReturnType is INamedTypeSymbol { Arity: 0 };
        var newLine = Layout.NewLine(function);
        return new NodeEdit(function, current => current switch
        {
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method => Trimmed(method
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(Of(arrow.ArrowToken, arrow.Expression, isStatement, newLine)
                    .WithTrailingTrivia(method.SemicolonToken.TrailingTrivia))),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => Trimmed(local
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(Of(arrow.ArrowToken, arrow.Expression, isStatement, newLine)
                    .WithTrailingTrivia(local.SemicolonToken.TrailingTrivia))),
            LambdaExpressionSyntax { ExpressionBody: { } value } lambda => lambda
                .WithExpressionBody(null).WithBlock(Of(lambda.ArrowToken, value, isStatement, newLine))
                .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia()),
            _ => current,
        });
    }

    private static BlockSyntax Of(SyntaxToken arrow, ExpressionSyntax value, bool isStatement, SyntaxTrivia newLine)
    {
        var before = Before.Of(value).Select(statement => statement.WithTrailingTrivia(newLine));
        var whole = Layout.Statement(arrow, value);
        StatementSyntax last = isStatement ? whole : ReturnStatement(
                Token(whole.GetLeadingTrivia(), SyntaxKind.ReturnKeyword, TriviaList(Space)),
                whole.Expression.WithoutLeadingTrivia(), whole.SemicolonToken);
        return Layout.Spread(Block(List([.. before, Before.Cleared(last)])), newLine);
    }

    /// <summary>What stood between the head and the arrow would end the line of the head now.</summary>
    private static SyntaxNode Trimmed(SyntaxNode function)
    {
        var body = (BlockSyntax)Functions.Body(function)!;
        var before = body.OpenBraceToken.GetPreviousToken();
        return Layout.HasComment(before.TrailingTrivia) ? function : function.ReplaceToken(before, before.WithTrailingTrivia());
    }
}

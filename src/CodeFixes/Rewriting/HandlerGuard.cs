using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// The <c>try</c> of an <c>async void</c> handler: nobody awaits it, so an exception that leaves it ends the process.
/// </summary>
internal sealed class HandlerGuard
{
    private readonly string _name;
    private readonly NameSyntax _exception;
    private readonly NameSyntax _trace;
    private readonly SyntaxTrivia _newLine;

    public HandlerGuard(SemanticModel model, SyntaxNode handler, ICollection<string> imports)
    {
        var used = new HashSet<string>(handler.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(static token => token.ValueText));
        _name = new[] { "exception", "error", "failure" }.FirstOrDefault(name => !used.Contains(name)) ?? "unhandledException";
        _newLine = Layout.NewLine(handler);
        IsNeeded = !IsGuarded(Functions.Body(handler));
        var ignored = IsNeeded ? imports : [];
        _exception = Imports.TypeName(model, handler.SpanStart, "System", "Exception", ignored);
        _trace = Imports.Owner(model, handler.SpanStart, "System.Diagnostics", "Trace", ignored);
    }

    public bool IsNeeded { get; }

    public SyntaxNode Around(SyntaxNode handler)
    {
        if (!IsNeeded) return handler;
        return handler switch
        {
            MethodDeclarationSyntax { Body: { } body } method when Layout.IsOneLine(body) => method
                .WithParameterList(Ended(method.ParameterList)).WithBody(Spread(body)),
            MethodDeclarationSyntax { Body: { } body } method => method.WithBody(Guarded(body)),
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method => method
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithParameterList(Ended(method.ParameterList))
                .WithBody(Guarded(arrow.ArrowToken, arrow.Expression).WithTrailingTrivia(method.SemicolonToken.TrailingTrivia)),
            LocalFunctionStatementSyntax { Body: { } body } local when Layout.IsOneLine(body) => local
                .WithParameterList(Ended(local.ParameterList)).WithBody(Spread(body)),
            LocalFunctionStatementSyntax { Body: { } body } local => local.WithBody(Guarded(body)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => local
                .WithExpressionBody(null).WithSemicolonToken(default)
                .WithParameterList(Ended(local.ParameterList))
                .WithBody(Guarded(arrow.ArrowToken, arrow.Expression).WithTrailingTrivia(local.SemicolonToken.TrailingTrivia)),
            LambdaExpressionSyntax { Block: { } block } lambda when Layout.IsOneLine(block) => lambda
                .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(ElasticMarker)).WithBlock(Spread(block)),
            LambdaExpressionSyntax { Block: { } block } lambda => lambda.WithBlock(Guarded(block)),
            LambdaExpressionSyntax { ExpressionBody: { } value } lambda =>
                lambda.WithExpressionBody(null).WithBlock(Guarded(lambda.ArrowToken, value))
                    .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(
                        lambda.ArrowToken.TrailingTrivia.Where(static trivia => !Layout.IsComment(trivia)))),
            AnonymousMethodExpressionSyntax { Block: { } block } anonymous => anonymous.WithBlock(Guarded(block)),
            _ => handler,
        };
    }

    private static bool IsGuarded(SyntaxNode? body) =>
        body is BlockSyntax { Statements.Count: 1 } block && block.Statements[0] is TryStatementSyntax attempt
        && attempt.Catches.Any(static clause => clause.Filter is null
            && clause.Declaration is null or { Type: IdentifierNameSyntax { Identifier.ValueText: "Exception" } });

    /// <summary>What is written before the closing brace speaks of what is in the <c>try</c> now.</summary>
    private BlockSyntax Guarded(BlockSyntax body)
    {
        var end = body.CloseBraceToken.LeadingTrivia;
        var inner = Block(body.Statements);
        if (!Layout.HasComment(end)) return body.WithStatements(SingletonList<StatementSyntax>(Try(inner)));
        return body.WithStatements(SingletonList<StatementSyntax>(
                Try(inner.WithCloseBraceToken(Token(end, SyntaxKind.CloseBraceToken, TriviaList(_newLine))))))
            .WithCloseBraceToken(body.CloseBraceToken.WithLeadingTrivia());
    }

    /// <summary>The braces go where the file has those of others.</summary>
    private BlockSyntax Spread(BlockSyntax body) =>
        Layout.Spread(Block(Try(Layout.Spread(Block(body.Statements.Select(static one => one.WithoutTrivia())), _newLine))), _newLine)
            .WithTrailingTrivia(body.GetTrailingTrivia());

    private static ParameterListSyntax Ended(ParameterListSyntax list) =>
        Layout.HasComment(list.GetTrailingTrivia()) ? list : list.WithTrailingTrivia(ElasticMarker);

    private BlockSyntax Guarded(SyntaxToken arrow, ExpressionSyntax value)
    {
        var statements = Before.Of(value).Select(statement => statement.WithTrailingTrivia(_newLine))
            .Concat([Layout.Statement(arrow, value)]);
        return Layout.Spread(Block(Try(Block(List(statements)))), _newLine);
    }

    private TryStatementSyntax Try(BlockSyntax body)
    {
        var report = ExpressionStatement(InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, _trace, IdentifierName("TraceError")),
            ArgumentList(SingletonSeparatedList(Argument(InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName(_name), IdentifierName("ToString"))))))));
        return TryStatement(
                body,
                SingletonList(CatchClause(CatchDeclaration(_exception, Identifier(_name)), null, Block(report))),
                null)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}

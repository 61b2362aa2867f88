using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary><c>using</c> becomes <c>await using</c> when the finding is about what <c>Dispose</c> waits for.</summary>
internal static class AsyncDisposal
{
    public static Twin? Find(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        var (statement, type) = UsingOf(model, node, cancellation);
        if (statement is null || type is null) return null;
        // Configured as such a project asks for it, the disposal would need a second variable.
        if (AwaitStyle.IsRuleOn(model.Compilation.Options, model.SyntaxTree, cancellation)) return null;
        if (!CanDisposeAsync(model, type, node.SpanStart) || !AwaitPosition.Allows(model, statement, cancellation)) return null;
        return new Twin($"Dispose '{type.Name}' asynchronously", new NodeEdit(statement, WithAwait), []);
    }

    private static (StatementSyntax? Statement, ITypeSymbol? Type) UsingOf(
        SemanticModel model, SyntaxNode node, CancellationToken cancellation) => node switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, AwaitKeyword.RawKind: 0 } local =>
            (local, model.GetTypeInfo(local.Declaration.Type, cancellation).Type),
        UsingStatementSyntax { AwaitKeyword.RawKind: 0 } block => (block, TypeOf(model, block, cancellation)),
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } =>
            declaration.Parent is StatementSyntax statement ? UsingOf(model, statement, cancellation) : default,
        VariableDeclarationSyntax { Parent: StatementSyntax owner } => UsingOf(model, owner, cancellation),
        // The resource itself is flagged for its own wait when it is a blocking call: that one is to be awaited, not the disposal.
        ExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } } resource
            when !Blocks(model, resource, cancellation) =>
            UsingOf(model, declarator, cancellation),
        ExpressionSyntax { Parent: UsingStatementSyntax owner } resource
            when owner.Expression == resource && !Blocks(model, resource, cancellation) =>
            UsingOf(model, owner, cancellation),
        _ => default,
    };

    private static bool Blocks(SemanticModel model, ExpressionSyntax resource, CancellationToken cancellation) =>
        model.GetSymbolInfo(resource, cancellation).Symbol is var symbol && TaskWaits.Is(resource, symbol)
        || symbol is not null && ApiCatalogue.Default.Find(symbol, ApiVerb.Blocks) is not null
        || resource is InvocationExpressionSyntax;

    private static ITypeSymbol? TypeOf(SemanticModel model, UsingStatementSyntax statement, CancellationToken cancellation) =>
        statement.Declaration is { } declaration
            ? model.GetTypeInfo(declaration.Type, cancellation).Type
            : statement.Expression is { } expression ? model.GetTypeInfo(expression, cancellation).Type : null;

    private static bool CanDisposeAsync(SemanticModel model, ITypeSymbol type, int position) =>
        type.AllInterfaces.Any(static contract => contract.Name == "IAsyncDisposable") || type.Name == "IAsyncDisposable"
        || model.LookupSymbols(position, type, "DisposeAsync").OfType<IMethodSymbol>().Any(static method =>
            method.Parameters.All(static parameter => parameter.IsOptional) && TaskWaits.IsTask(method.ReturnType));

    private static SyntaxNode WithAwait(SyntaxNode statement)
    {
        var keyword = Token(statement.GetLeadingTrivia(), SyntaxKind.AwaitKeyword, TriviaList(Space));
        return statement switch
        {
            LocalDeclarationStatementSyntax local =>
                local.WithUsingKeyword(local.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(keyword),
            UsingStatementSyntax block => block.WithUsingKeyword(block.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(keyword),
            _ => statement,
        };
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Finds the token that a new asynchronous call should observe.</summary>
internal static class CancellationThreading
{
    public static bool IsToken(ITypeSymbol? type) => type is
    {
        Name: "CancellationToken",
        ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } },
    };

    /// <summary>The name of the nearest token parameter or local that can be used here, or null for none.</summary>
    public static string? InScope(SemanticModel model, SyntaxNode at, CancellationToken cancellation)
    {
        // Clean-up has to run although the work was cancelled: it gets no token.
        if (at.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null || AfterCancellation.Is(model, at, cancellation)) return null;
        var limit = OutermostReachable(at);
        var tokens = model.LookupSymbols(at.SpanStart)
            // A name of underscores says that nobody wants it.
            .Where(symbol => symbol.Name.Trim('_').Length > 0 && symbol switch
            {
                IParameterSymbol parameter => parameter.RefKind == RefKind.None && IsToken(parameter.Type) && IsReachable(parameter, limit),
                ILocalSymbol local => IsToken(local.Type) && IsUsable(local, at, cancellation) && IsReachable(local, limit),
                _ => false,
            })
            .OrderByDescending(static symbol => symbol.Locations[0].SourceSpan.Start)
            .ToList();
        // Of several parameters of one function nothing but the name tells which of them is meant.
        var same = tokens.TakeWhile(symbol => symbol is IParameterSymbol
            && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, tokens[0].ContainingSymbol)).ToList();
        if (same.Count < 2) return tokens.FirstOrDefault()?.Name;
        var named = same.Where(static symbol => symbol.Name is "cancellationToken" or "ct" or "token" or "cancellation").ToList();
        return named.Count == 1 ? named[0].Name : null;
    }

    /// <summary>Static lambdas and static local functions cannot capture what is declared outside of them.</summary>
    private static SyntaxNode? OutermostReachable(SyntaxNode at) => at.Ancestors().FirstOrDefault(static node =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
        && Functions.Modifiers(node).Any(SyntaxKind.StaticKeyword));

    private static bool IsReachable(ISymbol symbol, SyntaxNode? limit) =>
        limit is null
        || symbol.Locations[0] is { SourceTree: { } tree, SourceSpan: var span } && tree == limit.SyntaxTree && limit.Span.Contains(span);

    /// <summary>Declared above, with a value that somebody can cancel.</summary>
    private static bool IsUsable(ILocalSymbol local, SyntaxNode at, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
            return false;
        return declarator.Span.End < at.SpanStart
            && value is not (LiteralExpressionSyntax or DefaultExpressionSyntax)
            && value is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" };
    }
}

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
        var tokens = DeclaredAround(at).SelectMany(name => model.LookupSymbols(at.SpanStart, name: name))
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

    /// <summary>
    /// The names of parameters and locals that may be in scope: to look all names up would go through every type that is imported.
    /// </summary>
    private static IEnumerable<string> DeclaredAround(SyntaxNode at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var outer in at.AncestorsAndSelf())
        {
            IEnumerable<string> declared = outer switch
            {
                SimpleLambdaExpressionSyntax lambda => [lambda.Parameter.Identifier.ValueText],
                BlockSyntax or SwitchSectionSyntax => Locals(outer.ChildNodes()),
                GlobalStatementSyntax { Parent: { } unit } => Locals(unit.ChildNodes()
                    .Select(static part => part is GlobalStatementSyntax { Statement: var statement } ? statement : part)),
                StatementSyntax => Locals([outer, .. outer.ChildNodes()]),
                _ => outer.ChildNodes().OfType<BaseParameterListSyntax>()
                    .SelectMany(static list => list.Parameters.Select(static parameter => parameter.Identifier.ValueText)),
            };
            names.UnionWith(declared);
            if (outer is LocalFunctionStatementSyntax local)
                names.UnionWith(local.ParameterList.Parameters.Select(static parameter => parameter.Identifier.ValueText));
        }

        return names;
    }

    private static IEnumerable<string> Locals(IEnumerable<SyntaxNode> parts) => parts
        .Select(static part => part switch
        {
            LocalDeclarationStatementSyntax local => local.Declaration,
            VariableDeclarationSyntax declaration => declaration,
            _ => null,
        })
        .OfType<VariableDeclarationSyntax>()
        .SelectMany(static declaration => declaration.Variables.Select(static variable => variable.Identifier.ValueText));

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

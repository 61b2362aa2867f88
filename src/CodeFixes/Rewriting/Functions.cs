using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The body that code belongs to, read from syntax.</summary>
internal static class Functions
{
    /// <summary>
    /// The method, constructor, accessor, local function or lambda around a node; the compilation unit for a top-level
    /// statement; null for initialisers and other places without a body.
    /// </summary>
    public static SyntaxNode? Around(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
                    or AnonymousFunctionExpressionSyntax:
                    return current;
                case GlobalStatementSyntax:
                    return current.Parent;
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                    return current;
                case BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a node is what <see cref="Around"/> gives.</summary>
    public static bool IsFunction(SyntaxNode node) => node
        is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
        or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax };

    /// <summary>The function in which a variable lives, by its declaration.</summary>
    public static SyntaxNode? OwnerOf(SyntaxNode declaration) => declaration is ParameterSyntax
        ? declaration.Ancestors().FirstOrDefault(static node => IsFunction(node))
        : Around(declaration);

    public static bool IsLoop(SyntaxNode node) =>
        node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    public static bool IsAsync(SyntaxNode function) =>
        Modifiers(function).Any(SyntaxKind.AsyncKeyword) || function is CompilationUnitSyntax;

    public static SyntaxTokenList Modifiers(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
        _ => default,
    };

    public static SyntaxNode? Body(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => (SyntaxNode?)lambda.Block ?? lambda.ExpressionBody,
        _ => null,
    };

    /// <summary>Nodes of a body that run as part of it: nested lambdas and local functions left out.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode body) =>
        body.DescendantNodesAndSelf(node => node == body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Where(node => node == body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    public static IEnumerable<ReturnStatementSyntax> Returns(SyntaxNode body) => OwnNodes(body).OfType<ReturnStatementSyntax>();

    public static bool IsIterator(SyntaxNode body) => OwnNodes(body).Any(static node => node is YieldStatementSyntax);

    /// <summary>The method that a function declares or is.</summary>
    public static IMethodSymbol? Symbol(SemanticModel model, SyntaxNode function, CancellationToken cancellation) => function switch
    {
        AnonymousFunctionExpressionSyntax => model.GetSymbolInfo(function, cancellation).Symbol as IMethodSymbol,
        CompilationUnitSyntax or ArrowExpressionClauseSyntax => null,
        _ => model.GetDeclaredSymbol(function, cancellation) as IMethodSymbol,
    };
}

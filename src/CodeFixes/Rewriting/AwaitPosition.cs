using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Where C# lets an <c>await</c> stand, once the function around it is async.</summary>
internal static class AwaitPosition
{
    /// <summary>Whether a node may be awaited in place; says nothing about whether its function can be async.</summary>
    public static bool Allows(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        if (Functions.Around(node) is not { } function) return false;
        for (var (child, parent) = (node, node.Parent); parent is not null && child != function; (child, parent) = (parent, parent.Parent))
        {
            // The other side of a join is evaluated where the query is made, as its first source is.
            if (parent is JoinClauseSyntax { Parent: QueryBodySyntax { Parent: QueryExpressionSyntax query } } join
                && join.InExpression == child) (child, parent) = (query, query.Parent!);
            if (Forbids(child, parent)) return false;
        }

        return !RefLives.AcrossAwait(model, node, function, cancellation) && !IsExpressionTree(model, function, cancellation)
            && !HeldLocks.Around(model, node, function, cancellation);
    }

    private static bool Forbids(SyntaxNode child, SyntaxNode parent) => parent switch
    {
        LockStatementSyntax held => held.Statement == child,
        CatchFilterClauseSyntax or AttributeSyntax or ParameterSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax =>
            true,
        UnsafeStatementSyntax or FixedStatementSyntax => true,
        // Only the very first source of a query is evaluated outside of a lambda.
        QueryExpressionSyntax query => query.FromClause != child,
        FromClauseSyntax { Parent: QueryBodySyntax } or QueryBodySyntax => true,
        RefExpressionSyntax or MakeRefExpressionSyntax => true,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => true,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } => true,
        _ => false,
    };

    /// <summary>A lambda that is data, not code: awaits cannot be in expression trees.</summary>
    private static bool IsExpressionTree(SemanticModel model, SyntaxNode function, CancellationToken cancellation) =>
        function is AnonymousFunctionExpressionSyntax && model.GetTypeInfo(function, cancellation).ConvertedType is INamedTypeSymbol
        {
            Name: "Expression", IsGenericType: true, ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" },
        };
}

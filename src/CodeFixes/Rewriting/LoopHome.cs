using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Which of our own loops runs a function, told by what it returns or by whom it is given to.</summary>
internal static class LoopHome
{
    public const string Asyncio = "Quintet.Asyncio";
    public const string Node = "Quintet.Node";

    /// <summary>The namespace of the loop's model; null for code of any other kind.</summary>
    public static string? Of(SemanticModel model, SyntaxNode function, CancellationToken cancellation) =>
        Functions.Symbol(model, function, cancellation) is not { } symbol ? null
        : Space(symbol.ReturnType) is { } returned && IsLoop(returned) ? returned
        : function is AnonymousFunctionExpressionSyntax ? OfReceiver(model, function, cancellation) : null;

    /// <summary>The model whose member takes a lambda as its callback.</summary>
    public static string? OfReceiver(SemanticModel model, SyntaxNode lambda, CancellationToken cancellation) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: { } call }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { } type }
        && Space(type) is { } space && IsLoop(space) ? space : null;

    /// <summary>An object of a loop: it is used on the loop's thread and nowhere else.</summary>
    public static bool Owns(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named
        && Space(named) is { } space && IsLoop(space) && !named.Name.EndsWith("Options", StringComparison.Ordinal)
        && !IsException(named);

    private static bool IsLoop(string space) => space is Asyncio or Node;

    private static string? Space(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString();

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (current.Name == "Exception") return true;
        return false;
    }
}

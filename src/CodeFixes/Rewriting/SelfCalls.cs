using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// A blocking member and its twin that are each other's implementation: an override of the twin that calls the blocking form would await
/// itself, at once or by way of the overload that it overrides.
/// </summary>
internal static class SelfCalls
{
    /// <summary>Whether a call is made on the object whose code makes it.</summary>
    public static bool IsOnSelf(InvocationExpressionSyntax call) =>
        call.Expression is SimpleNameSyntax || call.Expression is MemberAccessExpressionSyntax access && IsSelf(access.Expression);

    /// <summary>Whether code belongs to the twin, to an overload of it, or to what overrides or implements one of them.</summary>
    /// <param name="code">The function in which the code stands.</param>
    /// <param name="twin">What would be awaited.</param>
    /// <param name="onSelf">Asked of the very object; another object of a base class may be a stranger with an end of its own.</param>
    public static bool IsInside(ISymbol? code, IMethodSymbol twin, bool onSelf)
    {
        for (; code is IMethodSymbol method; code = code.ContainingSymbol)
        {
            if (AsyncName.Plain(method) != twin.Name || method.ContainingType is not { } type) continue;
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, twin.ContainingType.OriginalDefinition)) return true;
            if (onSelf && Inheritance.IsBelow(type, twin.ContainingType)) return true;
        }

        return false;
    }

    private static bool IsSelf(ExpressionSyntax receiver) => receiver switch
    {
        ParenthesizedExpressionSyntax inner => IsSelf(inner.Expression),
        CastExpressionSyntax cast => IsSelf(cast.Expression),
        _ => receiver is ThisExpressionSyntax or BaseExpressionSyntax,
    };
}

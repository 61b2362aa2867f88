using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A generic type with its arguments, in words that are the same in every compilation.</summary>
internal static class Construction
{
    /// <summary>
    /// Null for a type that is not generic, whose arguments are not all known, or that stands for others: a variant contract, and names
    /// of tuples.
    /// </summary>
    public static string? Of(INamedTypeSymbol type)
    {
        if (!type.IsGenericType) return null;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.TypeParameters.Any(static parameter => parameter.Variance != VarianceKind.None)
                || !outer.TypeArguments.All(IsKnown)) return null;
        }

        return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    private static bool IsKnown(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        INamedTypeSymbol { IsTupleType: false, IsUnboundGenericType: false } named =>
            named.TypeArguments.All(IsKnown) && (named.ContainingType is not { } outer || IsKnown(outer)),
        _ => false,
    };
}

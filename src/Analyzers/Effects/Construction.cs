using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A generic type with its arguments, in words that are the same in every compilation.</summary>
internal static class Construction
{
    /// <summary>
    /// Null for a type that is not generic, whose arguments are not all known, or that stands for others: a contract that gives what it
    /// is of (<c>out</c>), and names of tuples. One that takes it (<c>in</c>) may stand for those of types below: see <see cref="Takes"/>.
    /// </summary>
    public static string? Of(INamedTypeSymbol type)
    {
        if (!type.IsGenericType) return null;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.TypeParameters.Any(static parameter => parameter.Variance == VarianceKind.Out)
                || !outer.TypeArguments.All(IsKnown)) return null;
        }

        return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    /// <summary>The arguments of a contract that takes what it is of: whoever takes any event takes each.</summary>
    public static IEnumerable<ITypeSymbol> Takes(INamedTypeSymbol type) =>
        type.TypeArguments.Where((_, at) => type.TypeParameters[at].Variance == VarianceKind.In);

    private static bool IsKnown(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        INamedTypeSymbol { IsTupleType: false, IsUnboundGenericType: false } named =>
            named.TypeArguments.All(IsKnown) && (named.ContainingType is not { } outer || IsKnown(outer)),
        _ => false,
    };
}

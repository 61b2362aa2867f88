using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>What types are derived from, whatever their type arguments.</summary>
internal static class Inheritance
{
    /// <summary>Whether one type derives from the other or implements it; none is below itself.</summary>
    public static bool IsBelow(INamedTypeSymbol type, INamedTypeSymbol other) =>
        HasBase(type, other) || type.AllInterfaces.Any(contract => Same(contract, other));

    /// <summary>Whether the other is among the base classes of a type.</summary>
    public static bool HasBase(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (Same(current, other)) return true;
        return false;
    }

    private static bool Same(INamedTypeSymbol one, INamedTypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition);
}

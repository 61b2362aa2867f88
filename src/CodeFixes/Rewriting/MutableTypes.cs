using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Types whose objects are known to change under whoever holds one: collections, and classes of ours with state.</summary>
internal static class MutableTypes
{
    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal)
    {
        "System.Collections", "System.Collections.Generic", "System.Collections.ObjectModel", "System.Collections.Specialized",
    };

    public static bool Is(ITypeSymbol type) => Is(type, 0);

    private static bool Is(ITypeSymbol type, int depth)
    {
        if (type is IArrayTypeSymbol) return true;
        if (type is not INamedTypeSymbol named || Unchanging.Is(type)) return false;
        var space = named.ContainingNamespace?.ToDisplayString() ?? "";
        if (Collections.Contains(space)) return named.Name.IndexOf("Compare", StringComparison.Ordinal) < 0;
        if (named is { Name: "StringBuilder" } && space == "System.Text") return true;
        if (named.TypeKind != TypeKind.Class) return false;
        for (var part = named; part is not null && SourceModels.HasSource(part); part = part.BaseType)
        {
            if (part.GetMembers().OfType<IFieldSymbol>().Any(field => field is { IsStatic: false, IsConst: false }
                && (!field.IsReadOnly || depth == 0 && Is(field.Type, 1)))) return true;
        }

        return false;
    }
}

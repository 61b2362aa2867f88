using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>Types by name, for facts that outlive the compilation in which they were found.</summary>
internal static class TypeNames
{
    private static readonly ConditionalWeakTable<ITypeSymbol, string> Known = new();

    /// <summary>Stands for a value that may be missing: null is none.</summary>
    public const string Nullable = "?";

    public static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>The name of a class or interface, or null for what a test at run time could not be told from.</summary>
    public static string? Of(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } named
        ? named.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
        : null;

    /// <summary>Every type that an object made as this one is of, for <see cref="Contain"/>.</summary>
    public static string AllOf(ITypeSymbol made) => Known.GetValue(made, static type =>
    {
        var names = type.AllInterfaces.Select(static implemented => Of(implemented)).ToList();
        for (var current = type; current is not null; current = current.BaseType) names.Add(Of(current));
        return "|" + string.Join("|", names) + "|";
    });

    public static bool Contain(string names, string name) => names.Contains("|" + name + "|");
}

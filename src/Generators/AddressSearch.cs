using System.Linq;
using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>Finds what is unmanaged, and so would be copied as it lies in memory, but means nothing in another process.</summary>
internal static class AddressSearch
{
    internal const string Reason = "an address means nothing in another process. Pass what is there.";

    /// <summary>The way to an address in values of this type: empty if they are one, null if there is none.</summary>
    internal static string? PathIn(ITypeSymbol type)
    {
        if (type is IPointerTypeSymbol or IFunctionPointerTypeSymbol) return "";
        if (type is IArrayTypeSymbol array) return PathIn(array.ElementType);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsUnmanagedType: true, SpecialType: SpecialType.None } named)
            return null;
        if (IsHandle(named)) return "";
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return PathIn(named.TypeArguments[0]);

        // A buffer of fixed size lies in the structure, though its field's type is a pointer.
        var fields = named.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic && !field.IsFixedSizeBuffer);
        foreach (var field in fields)
        {
            if (PathIn(field.Type) is not { } rest) continue;
            var name = field.AssociatedSymbol?.Name ?? field.Name;
            return rest.Length == 0 ? name : $"{name}.{rest}";
        }
        return null;
    }

    /// <summary>Handles of this process's runtime. A bare <c>nint</c> may be a number, and is taken for one.</summary>
    private static bool IsHandle(INamedTypeSymbol type) => type.Name is "GCHandle" or "MemoryHandle"
        or "RuntimeTypeHandle" or "RuntimeMethodHandle" or "RuntimeFieldHandle"
        && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Runtime.InteropServices" or "System.Buffers";
}

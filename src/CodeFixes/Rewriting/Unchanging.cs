using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Types whose values look the same to everybody for ever.</summary>
internal static class Unchanging
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.TimeSpan", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.Uri", "System.Version",
        "System.Type", "System.Half",
        "System.Int128", "System.UInt128", "System.StringComparer", "System.Index", "System.Range", "System.Numerics.BigInteger",
        "System.Text.RegularExpressions.Regex", "System.Text.Encoding", "System.Text.UTF8Encoding", "System.Globalization.CultureInfo",
        "System.Threading.CancellationToken", "System.Security.Cryptography.HashAlgorithmName",
        "System.Security.Cryptography.RSAEncryptionPadding",
        // Not immutable, but made to be used by many threads at once: waiting for it and asking it changes nothing.
        "System.Net.Http.HttpClient", "System.Threading.Tasks.Task", "System.Text.Json.JsonSerializerOptions",
    };

    public static bool Is(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum) return true;
        if (type.SpecialType
            is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime or SpecialType.System_IntPtr
                or SpecialType.System_UIntPtr)
            return true;
        if (type is not INamedTypeSymbol named) return false;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return Is(named.TypeArguments[0]);
        var space = named.ContainingNamespace?.ToDisplayString();
        if (space is "System.Collections.Immutable" or "System.Collections.Frozen") return named.TypeArguments.All(Is);
        if (named.IsTupleType) return named.TupleElements.All(static element => Is(element.Type));
        return Names.Contains($"{space}.{named.Name}") && named.TypeArguments.All(Is);
    }
}

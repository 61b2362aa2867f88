using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// The name of a method after its conversion: with Async behind it, as .NET convention asks, unless somebody outside of
/// the source knows the old name.
/// </summary>
internal static class AsyncName
{
    private const string Suffix = "Async";

    /// <summary>The new name of a family of methods; null to keep the old one.</summary>
    /// <remarks>A method that nobody in the source mentions is called by a framework: by route, by mark-up, by reflection.</remarks>
    public static string? For(IReadOnlyList<IMethodSymbol> family, int mentions)
    {
        var name = family[0].Name;
        if (mentions == 0
            || family.Any(method => method.MethodKind != MethodKind.LocalFunction && method.MethodKind != MethodKind.Ordinary)) return null;
        if (name.EndsWith(Suffix, StringComparison.Ordinal) || name == "Main") return null;
        return family.Any(method => IsKnownByName(method) || IsTaken(method, name + Suffix)) ? null : name + Suffix;
    }

    /// <summary>Test runners and web frameworks find methods by their attributes and show or route them by their names.</summary>
    private static bool IsKnownByName(IMethodSymbol method) => method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() is { } space && space != "System"
        && !space.StartsWith("System.", StringComparison.Ordinal));

    private static bool IsTaken(IMethodSymbol method, string name)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            if (!type.GetMembers(name).IsEmpty) return true;
        return false;
    }
}

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
        var name = Plain(family[0]);
        if (mentions == 0 || family.Any(static method => method.MethodKind
            is not (MethodKind.LocalFunction or MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))) return null;
        if (name.EndsWith(Suffix, StringComparison.Ordinal) || name == "Main") return null;
        return family.Any(method => IsKnownByName(method) || IsTaken(method, name + Suffix)) ? null : name + Suffix;
    }

    /// <summary>The name as its declaration writes it: an explicit implementation carries that of its interface in front.</summary>
    public static string Plain(IMethodSymbol method) => method.Name.Substring(method.Name.LastIndexOf('.') + 1);

    /// <summary>The synchronous half of a pair that a type offers to others: making it asynchronous would leave two of one kind.</summary>
    public static bool IsHalfOfPair(IMethodSymbol method) =>
        IsForOthers(method) && method.ContainingType.GetMembers(method.Name + Suffix).OfType<IMethodSymbol>().Any(other =>
            IsForOthers(other) && TaskWaits.IsTask(other.ReturnType) && other.Parameters.Length >= method.Parameters.Length
            && other.Parameters.Take(method.Parameters.Length).Zip(method.Parameters, static (one, two) =>
                SymbolEqualityComparer.Default.Equals(one.Type, two.Type)).All(static same => same)
            && other.Parameters.Skip(method.Parameters.Length)
                .All(static one => one.IsOptional || CancellationThreading.IsToken(one.Type)));

    private static bool IsForOthers(IMethodSymbol method) =>
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    /// <summary>Test runners and web frameworks find methods by their attributes and show or route them by their names.</summary>
    private static bool IsKnownByName(IMethodSymbol method) => method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() is { } space && space != "System"
        && !space.StartsWith("System.", StringComparison.Ordinal));

    private static bool IsTaken(IMethodSymbol method, string name)
    {
        // An explicit implementation has the name that its interface has for it.
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation) return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            if (!type.GetMembers(name).IsEmpty) return true;
        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime;

/// <summary>What a user of the package can name, as the compiler reads it from the assembly: one line for each type and member.</summary>
internal static class PublicSurface
{
    private static readonly SymbolDisplayFormat OfMembers = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat OfNames = SymbolDisplayFormat.CSharpErrorMessageFormat;

    /// <summary>The surface of the runtime: a model (<c>Goroutines</c>, …, <c>Core</c>) and its lines.</summary>
    public static IReadOnlyDictionary<string, string[]> OfTheRuntime() =>
        Of(MetadataReference.CreateFromFile(typeof(Go).Assembly.Location));

    public static IReadOnlyDictionary<string, string[]> Of(MetadataReference assembly)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is ['S', 'y', 's', 't', 'e', 'm', '.', ..])
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("reader", references: [assembly, .. platform]);
        var read = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
        return Types(read.GlobalNamespace)
            .GroupBy(type => FileOf(type.ContainingNamespace.ToDisplayString()), type => Lines(type))
            .ToDictionary(group => group.Key, group => group.SelectMany(lines => lines).Order(StringComparer.Ordinal).ToArray());
    }

    private static string FileOf(string space) => space.Split('.') is [_, var model, ..] ? model : "Core";

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol place) =>
        place.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol space => Types(space),
            INamedTypeSymbol type when Seen(type) => Types(type).Prepend(type),
            _ => [],
        });

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        var name = type.ToDisplayString(OfNames);
        yield return $"{name}: {Declaration(type)}";
        if (type.TypeKind == TypeKind.Delegate) yield break;
        foreach (var member in type.GetMembers().Where(Seen))
        {
            // Accessors are told by their property or event; names with brackets are the compiler's.
            if (member is INamedTypeSymbol or IMethodSymbol { AssociatedSymbol: not null } or { IsImplicitlyDeclared: true }) continue;
            if (member.Name.Contains('<', StringComparison.Ordinal)) continue;
            yield return $"{name}: {member.ToDisplayString(OfMembers)}{(member is IPropertySymbol property ? Accessors(property) : "")}";
        }
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        var modifiers = (type.IsStatic ? "static " : type.IsAbstract && type.TypeKind == TypeKind.Class ? "abstract " : "")
            + (type.IsSealed && !type.IsStatic && type.TypeKind == TypeKind.Class ? "sealed " : "");
        var bases = new[] { type.BaseType }
            .Where(item => type.TypeKind == TypeKind.Class && item is { SpecialType: not SpecialType.System_Object })
            .Concat(type.Interfaces.Where(Seen).OrderBy(item => item.ToDisplayString(), StringComparer.Ordinal))
            .Select(item => item!.ToDisplayString(OfMembers.WithKindOptions(SymbolDisplayKindOptions.None)))
            .ToArray();
        return $"{modifiers}{type.ToDisplayString(OfMembers)}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static string Accessors(IPropertySymbol property)
    {
        var accessors = new[] { property.GetMethod, property.SetMethod }.Where(method => method is not null && Seen(method));
        return $" {{ {string.Join(" ", accessors.Select(method => Accessor(method!)))} }}";
    }

    private static string Accessor(IMethodSymbol method) =>
        (method.DeclaredAccessibility == Accessibility.Public ? "" : "protected ")
        + (method.MethodKind == MethodKind.PropertyGet ? "get;" : method.IsInitOnly ? "init;" : "set;");

    private static bool Seen(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => symbol.ContainingType is not { } type || Seen(type),
        Accessibility.Protected or Accessibility.ProtectedOrInternal =>
            symbol.ContainingType is { IsSealed: false } type && Seen(type),
        _ => false,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Catalogue;

/// <summary>
/// Every API that the catalogue names, in one compilation: the frameworks and packages of the test host, and hand-written
/// declarations (Stubs) of those that are not there, and our own runtime. Made once; all catalogue tests share it.
/// </summary>
internal static class CatalogueCompilation
{
    private const string StubPrefix = "Stubs.";

    private static readonly Lazy<CSharpCompilation> Shared = new(Create);

    public static CSharpCompilation Instance => Shared.Value;

    /// <summary>Symbols that an id of the catalogue stands for: without a parameter list, all overloads of that very type.</summary>
    public static IReadOnlyList<ISymbol> Resolve(string id)
    {
        var exact = DocumentationCommentId.GetSymbolsForDeclarationId(id, Instance).Where(IsVisible).ToList();
        if (id[0] == 'T' || id.Contains('(', StringComparison.Ordinal)) return exact;

        var dot = id.LastIndexOf('.');
        var name = id[(dot + 1)..].Replace('#', '.');
        var types = DocumentationCommentId.GetSymbolsForDeclarationId("T:" + id[2..dot], Instance).OfType<INamedTypeSymbol>();
        return [.. types.SelectMany(static type => type.GetMembers()).Where(member => Fits(member, id[0], name) && IsVisible(member))];
    }

    private static bool Fits(ISymbol member, char kind, string name) => member switch
    {
        IMethodSymbol => kind == 'M' && member.Name == name,
        IPropertySymbol { IsIndexer: true } => kind == 'P' && name == "Item",
        IPropertySymbol => kind == 'P' && member.Name == name,
        IEventSymbol => kind == 'E' && member.Name == name,
        _ => false,
    };

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static CSharpCompilation Create()
    {
        var host = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = host.Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name == "Quintet.dll" || !name.StartsWith("Quintet.", StringComparison.Ordinal)))
            .Select(static path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
        return CSharpCompilation.Create("Catalogue", Stubs(), references, options);
    }

    private static IEnumerable<SyntaxTree> Stubs()
    {
        var assembly = typeof(CatalogueCompilation).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(StubPrefix, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), path: name);
        }
    }
}

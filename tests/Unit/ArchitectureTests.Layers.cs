using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Tests;

/// <summary>Who may use whom: names are bound, so that a type of the root namespace is seen where no using names it.</summary>
public sealed partial class ArchitectureTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>The pipeline of docs/architecture.md, from the left to the right; the root folder is the front door.</summary>
    private static readonly string[] Layers = ["Catalogue", "Source", "Contexts", "Effects", "Guidance", "", "Findings", "Rules"];

    private static readonly string[] Models = ["Goroutines", "Multiprocessing", "GilThreads", "Asyncio", "Node"];

    [Fact]
    public void A_stage_of_the_analysis_uses_what_stands_to_its_left() =>
        Empty(from use in UsesIn("src/Analyzers/")
              where Array.IndexOf(Layers, use.FromFolder) < Array.IndexOf(Layers, use.ToFolder) && !IsEverywhere(use.To)
              select use.ToString());

    [Fact]
    public void Every_folder_of_the_analysis_is_a_stage() =>
        Assert.Equal(Layers.Where(static layer => layer.Length > 0).Order(StringComparer.Ordinal), FoldersOf("src/Analyzers/"));

    [Fact]
    public void Rules_do_not_see_each_other() =>
        Empty(from use in UsesIn("src/Analyzers/")
              where use.FromFolder == "Rules" && use.ToFolder == "Rules"
                  && Path.GetFileName(use.To).StartsWith("QNT", StringComparison.Ordinal)
              select use.ToString());

    [Fact]
    public void Models_of_the_runtime_do_not_see_each_other() =>
        Empty(from use in UsesIn("src/Runtime/")
              where use.FromFolder != use.ToFolder && Models.Contains(use.ToFolder)
              select use.ToString());

    [Fact]
    public void Fixes_ask_no_rule_but_their_own() =>
        Empty(from source in Sources
              where source.File.StartsWith("src/CodeFixes/", StringComparison.Ordinal)
              let own = Path.GetFileName(source.File).Replace("Fix.cs", "", StringComparison.Ordinal)
              from name in source.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
              where name.Identifier.Text.StartsWith("QNT", StringComparison.Ordinal) && name.Identifier.Text != own
              select $"{source.File}({LineOf(name)}): {name}");

    // What the language lacks on the old framework belongs to no stage.
    private static bool IsEverywhere(string file) => Path.GetFileName(file) == "Polyfills.cs";

    private static IEnumerable<string> FoldersOf(string root) => Repository.FilesOf(root, ".cs")
        .Select(file => FolderOf(file, root)).Where(static folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal);

    private static string FolderOf(string file, string root) =>
        file[root.Length..].Split('/') is { Length: > 1 } parts ? parts[0] : "";

    private static IEnumerable<Use> UsesIn(string root)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Repository.FilesOf(root, ".cs")
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(file)), options, file)).ToList();
        var compilation = CSharpCompilation.Create(
            "Layers", [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options)], HostFramework.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var uses = trees.SelectMany(tree => UsesOf(tree, compilation.GetSemanticModel(tree), root)).Distinct().ToList();
        Assert.True(uses.Count > trees.Count, "Hardly any name was bound: the compilation is broken.");
        return uses;
    }

    private static IEnumerable<Use> UsesOf(SyntaxTree tree, SemanticModel model, string root) =>
        from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        let symbol = model.GetSymbolInfo(name).Symbol
        let type = symbol as INamedTypeSymbol ?? symbol?.ContainingType
        where type is not null
        from place in type.OriginalDefinition.DeclaringSyntaxReferences
        let file = place.SyntaxTree.FilePath
        where file.Length > 0 && file != tree.FilePath
        select new Use(tree.FilePath, file, FolderOf(tree.FilePath, root), FolderOf(file, root));

    private sealed record Use(string From, string To, string FromFolder, string ToFolder)
    {
        public override string ToString() => $"{From} uses {To}";
    }
}

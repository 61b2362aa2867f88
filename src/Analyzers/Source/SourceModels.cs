using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Source;

/// <summary>The one place that crosses from the body under analysis into other bodies of the solution.</summary>
/// <remarks>Safe for concurrent use. One instance per compilation.</remarks>
internal sealed class SourceModels(Compilation compilation)
{
    /// <summary>
    /// What its members do to a caller the catalogue says, whether a project refers to the package or to the source: the inside of a loop
    /// waits where no caller does.
    /// </summary>
    private const string Runtime = "Quintet";

    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel?> _models = new();
    private readonly Lazy<Projects> _projects = new(() => Reached(compilation));

    public Compilation Compilation { get; } = compilation;

    /// <summary>What earlier compilations with the same declarations found out about their texts.</summary>
    public Sightings Sightings { get; set; } = new();

    /// <summary>The model of a tree of this compilation, or of a project that an editor gives us as a compilation.</summary>
    public SemanticModel? Of(SyntaxTree tree) => _models.GetOrAdd(tree, Create);

    /// <summary>Whether a tree is part of this compilation, or of such a project.</summary>
    public bool Has(SyntaxTree tree) => Compilation.ContainsSyntaxTree(tree) || _projects.Value.Foreign.ContainsKey(tree);

    /// <summary>The projects of which texts can be read here, this one first. Those of the others outlive an edit of this one.</summary>
    public IEnumerable<Compilation> Compilations => _projects.Value.All;

    /// <summary>The compilation of another project that a tree is part of; null for one of this compilation, or of none.</summary>
    public Compilation? ForeignOwnerOf(SyntaxTree tree) => _projects.Value.Foreign.TryGetValue(tree, out var owner) ? owner : null;

    /// <summary>Whether a symbol has a body that can be read here.</summary>
    public static bool HasSource(ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsDefaultOrEmpty;

    /// <summary>The operations of a member, accessor or local function: its body, or null when it has none.</summary>
    public IOperation? BodyOf(SyntaxNode declaration, CancellationToken cancellation)
    {
        var model = Of(declaration.SyntaxTree);
        return model?.GetOperation(BodySyntax(declaration), cancellation);
    }

    /// <summary>The node whose operation is the whole body.</summary>
    private static SyntaxNode BodySyntax(SyntaxNode declaration) => declaration switch
    {
        ArrowExpressionClauseSyntax arrow => arrow,
        // Expression-bodied properties and indexers declare their getter through the arrow.
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        VariableDeclaratorSyntax { Initializer: { } initializer } => initializer,
        _ => declaration,
    };

    // RS1030: asking the compilation for a model in an analyzer re-binds what the driver has bound. Following calls
    // across bodies needs it; one model per tree and compilation keeps the cost to the bodies that are reached.
#pragma warning disable RS1030
    private SemanticModel? Create(SyntaxTree tree)
    {
        if (Compilation.ContainsSyntaxTree(tree)) return Compilation.GetSemanticModel(tree);
        return _projects.Value.Foreign.TryGetValue(tree, out var owner) ? owner.GetSemanticModel(tree) : null;
    }
#pragma warning restore RS1030

    /// <param name="All">This one first.</param>
    /// <param name="Foreign">Whose the trees of the others are.</param>
    private sealed record Projects(List<Compilation> All, Dictionary<SyntaxTree, Compilation> Foreign);

    private static Projects Reached(Compilation compilation)
    {
        var projects = new Projects([compilation], []);
        var seen = new HashSet<Compilation>(projects.All);
        for (var i = 0; i < projects.All.Count; i++)
        {
            foreach (var reference in projects.All[i].References.OfType<CompilationReference>())
            {
                if (reference.Compilation.AssemblyName == Runtime || !seen.Add(reference.Compilation)) continue;
                projects.All.Add(reference.Compilation);
                foreach (var tree in reference.Compilation.SyntaxTrees) projects.Foreign[tree] = reference.Compilation;
            }
        }

        return projects;
    }
}

using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>Names that the texts of a project declare, and those of the projects that it refers to and whose texts are at hand.</summary>
/// <param name="read">The names in one text.</param>
/// <remarks>Hangs on the trees and the compilations, so an edit asks only the edited text again. Safe for concurrent use.</remarks>
internal sealed class DeclaredNames(Func<SyntaxTree, CancellationToken, IEnumerable<string>> read)
{
    private readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> _trees = new();
    private readonly ConditionalWeakTable<Compilation, HashSet<string>> _compilations = new();

    /// <summary>One set for each project.</summary>
    public IEnumerable<HashSet<string>> In(SourceModels models, CancellationToken cancellation) =>
        models.Compilations.Select(compilation => Of(compilation, cancellation));

    private HashSet<string> Of(Compilation compilation, CancellationToken cancellation)
    {
        if (_compilations.TryGetValue(compilation, out var known)) return known;
        var names = new HashSet<string>(compilation.SyntaxTrees.SelectMany(tree => Of(tree, cancellation)), StringComparer.Ordinal);
        return _compilations.GetValue(compilation, _ => names);
    }

    private HashSet<string> Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (_trees.TryGetValue(tree, out var known)) return known;
        var names = new HashSet<string>(read(tree, cancellation), StringComparer.Ordinal);
        return _trees.GetValue(tree, _ => names);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// How summaries survive edits
// ---------------------------
// Every keystroke makes a new compilation. A summary holds no symbols, so what it says stays true while (1) its own tree is
// part of the compilation, and (2) no declaration that it bound to changed. (2) is decided as a whole: two compilations share
// a store when their references and options are the same and every tree that differs has the same declarations, which is
// its text outside method bodies. An edit inside a body therefore costs reading that one tree's bodies again; an edit of
// a declaration starts afresh. In a build there is one compilation and nothing is ever compared.
//
// Only the newest store of an assembly is remembered, and weakly: it lives as long as a compilation that uses it.

/// <summary>Body summaries shared by the compilations that have the same declarations. Safe for concurrent use.</summary>
internal sealed class SummaryStore
{
    private static readonly ConcurrentDictionary<string, WeakReference<SummaryStore>> Newest = new(StringComparer.Ordinal);

    private readonly ApiCatalogue _catalogue;
    private ImmutableArray<SyntaxTree> _trees;
    private ImmutableArray<MetadataReference> _references;
    private CompilationOptions _options;

    private SummaryStore(Compilation compilation, ApiCatalogue catalogue)
    {
        _catalogue = catalogue;
        _trees = compilation.SyntaxTrees.ToImmutableArray();
        _references = compilation.References.ToImmutableArray();
        _options = compilation.Options;
    }

    /// <summary>By the key of the owning member.</summary>
    public ConcurrentDictionary<string, MemberSummaries> Members { get; } = new(StringComparer.Ordinal);

    public static SummaryStore For(Compilation compilation, ApiCatalogue catalogue)
    {
        var name = compilation.AssemblyName ?? "";
        if (Newest.TryGetValue(name, out var weak) && weak.TryGetTarget(out var store) && store.Accepts(compilation, catalogue))
            return store;
        store = new SummaryStore(compilation, catalogue);
        Newest[name] = new WeakReference<SummaryStore>(store);
        return store;
    }

    private bool Accepts(Compilation compilation, ApiCatalogue catalogue)
    {
        var trees = compilation.SyntaxTrees.ToImmutableArray();
        lock (Members)
        {
            if (!ReferenceEquals(catalogue, _catalogue) || trees.Length != _trees.Length || !_options.Equals(compilation.Options))
                return false;
            if (!SameReferences(_references, compilation.References.ToImmutableArray())) return false;
            for (var i = 0; i < trees.Length; i++)
                if (!ReferenceEquals(trees[i], _trees[i]) && !SameDeclarations(_trees[i], trees[i])) return false;
            _trees = trees;
            _references = compilation.References.ToImmutableArray();
            _options = compilation.Options;
            return true;
        }
    }

    private static bool SameReferences(ImmutableArray<MetadataReference> old, ImmutableArray<MetadataReference> now)
    {
        if (old.Length != now.Length) return false;
        for (var i = 0; i < old.Length; i++)
        {
            if (ReferenceEquals(old[i], now[i])) continue;
            if (old[i] is not CompilationReference before || now[i] is not CompilationReference after) return false;
            if (!ReferenceEquals(before.Compilation, after.Compilation)
                && !SameDeclarations(before.Compilation.SyntaxTrees.ToImmutableArray(), after.Compilation.SyntaxTrees.ToImmutableArray()))
                return false;
        }

        return true;
    }

    private static bool SameDeclarations(ImmutableArray<SyntaxTree> old, ImmutableArray<SyntaxTree> now)
    {
        if (old.Length != now.Length) return false;
        for (var i = 0; i < old.Length; i++)
            if (!ReferenceEquals(old[i], now[i]) && !SameDeclarations(old[i], now[i])) return false;
        return true;
    }

    /// <summary>Equal outside bodies and initialisers, as Roslyn itself decides for incremental binding.</summary>
    private static bool SameDeclarations(SyntaxTree old, SyntaxTree now) =>
        old.FilePath == now.FilePath && old.Options.Equals(now.Options) && SyntaxFactory.AreEquivalent(old, now, topLevel: true);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// How summaries survive edits
// ---------------------------
// Every keystroke makes a new compilation. A summary holds no symbols, so what it says stays true while (1) its own text is
// part of the compilation, and (2) nothing changed that it was read with: declarations, initialisers, and the few things that one
// body's text says about others (TreeEdit). (2) is decided as a whole: two compilations share a store when their references and
// options are the same and every tree that differs differs in bodies only. An edit inside a body therefore costs reading that
// body again: those above and below it in its tree are moved. An edit of a declaration starts afresh. In a build there is one
// compilation and nothing is ever compared.
//
// A store lives as long as a tree that it was found by: trees that are not edited go from one compilation to the next.

/// <summary>What was read from bodies, shared by the compilations that differ in bodies only. Safe for concurrent use.</summary>
internal sealed class SummaryStore
{
    private static readonly ConditionalWeakTable<SyntaxTree, SummaryStore> ByTree = new();
    private static readonly ConcurrentDictionary<string, WeakReference<SummaryStore>> Newest = new(StringComparer.Ordinal);

    private readonly ApiCatalogue _catalogue;
    private readonly IReadOnlyDictionary<string, Declared> _declared;
    private ImmutableArray<SyntaxTree> _trees;
    private ImmutableArray<MetadataReference> _references;
    private CompilationOptions _options;
    private InheritedEffects _effects = InheritedEffects.Nothing();

    private SummaryStore(Compilation compilation, ApiCatalogue catalogue, IReadOnlyDictionary<string, Declared> declared)
    {
        (_catalogue, _declared) = (catalogue, declared);
        _trees = compilation.SyntaxTrees.ToImmutableArray();
        _references = compilation.References.ToImmutableArray();
        _options = compilation.Options;
    }

    /// <summary>By the key of the owning member.</summary>
    public ConcurrentDictionary<string, MemberSummaries> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>What was found out about places in the text.</summary>
    public Sightings Sightings { get; } = new();

    /// <summary>What a virtual call may run: declarations decide that, and they are the same for all who share the store.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Overrides { get; } = new(StringComparer.Ordinal);

    /// <summary>What a delegate field may hold, with the trees that say so.</summary>
    public ConcurrentDictionary<string, (ImmutableArray<SyntaxTree> Trees, IReadOnlyList<string> Targets)> Fields { get; } =
        new(StringComparer.Ordinal);

    /// <summary>
    /// The store of a compilation, and what is known of what its bodies reach; what the user declares in <c>.editorconfig</c> decides,
    /// too, what is read.
    /// </summary>
    public static (SummaryStore Store, InheritedEffects Effects) For(
        Compilation compilation, ApiCatalogue catalogue, IReadOnlyDictionary<string, Declared> declared)
    {
        var trees = compilation.SyntaxTrees.ToImmutableArray();
        var anchors = Anchors(trees);
        foreach (var tree in anchors)
        {
            if (ByTree.TryGetValue(tree, out var shared) && shared.Accept(compilation, trees, catalogue, declared) is { } known)
                return (Anchored(shared, anchors), known);
        }

        // All files of a small project may have been edited.
        var name = compilation.AssemblyName ?? "";
        if (Newest.TryGetValue(name, out var weak) && weak.TryGetTarget(out var newest)
            && newest.Accept(compilation, trees, catalogue, declared) is { } last)
            return (Anchored(newest, anchors), last);
        var store = new SummaryStore(compilation, catalogue, declared);
        Newest[name] = new WeakReference<SummaryStore>(store);
        return (Anchored(store, anchors), store._effects);
    }

    /// <summary>A few trees, of which an edit leaves most.</summary>
    private static List<SyntaxTree> Anchors(ImmutableArray<SyntaxTree> trees) =>
        trees.IsEmpty ? [] : new[] { trees[0], trees[trees.Length / 2], trees[trees.Length - 1] }.Distinct().ToList();

    private static SummaryStore Anchored(SummaryStore store, List<SyntaxTree> anchors)
    {
        lock (ByTree)
        {
            foreach (var tree in anchors)
            {
                if (ByTree.TryGetValue(tree, out var known) && known == store) continue;
                ByTree.Remove(tree);
                ByTree.Add(tree, store);
            }
        }

        return store;
    }

    /// <returns>What bodies of the compilation reach; null when more than bodies changed.</returns>
    private InheritedEffects? Accept(
        Compilation compilation, ImmutableArray<SyntaxTree> trees, ApiCatalogue catalogue, IReadOnlyDictionary<string, Declared> declared)
    {
        lock (Members)
        {
            if (!ReferenceEquals(catalogue, _catalogue) || trees.Length != _trees.Length || !_options.Equals(compilation.Options)
                || !SameWords(_declared, declared)) return null;
            var references = compilation.References.ToImmutableArray();
            if (!SameReferences(_references, references, out var edited) || Edits(_trees, trees) is not { } edits) return null;
            // Reaches lead into other projects too.
            if (edited) _effects = InheritedEffects.Nothing();
            if (edits.Count > 0) Move(edits);
            (_trees, _references, _options) = (trees, references, compilation.Options);
            return _effects;
        }
    }

    /// <summary>Carries what was read of unchanged members over to the new trees; the rest is read again when it is asked for.</summary>
    private void Move(List<TreeEdit> edits)
    {
        var leave = _effects.Leave();
        foreach (var edit in edits) Sightings.Move(edit);
        var byTree = edits.ToDictionary(static edit => edit.Old);
        var types = new HashSet<string>(edits.SelectMany(static edit => edit.Types), StringComparer.Ordinal);
        var staticConstructor = edits.Any(static edit => edit.ChangesStaticConstructor);
        var touched = new Dictionary<string, MemberSummaries>(StringComparer.Ordinal);
        foreach (var pair in Members)
        {
            var isStatic = pair.Key.StartsWith(BodyKey.StaticInitialiser, StringComparison.Ordinal);
            if (isStatic || pair.Key.StartsWith(BodyKey.InstanceInitialiser, StringComparison.Ordinal))
            {
                // Read from all parts of a type, and from where its declaration starts.
                if (isStatic && staticConstructor || types.Contains(pair.Key.Substring(pair.Key.LastIndexOfAny(['.', ':', '`']) + 1))
                    || pair.Key.IndexOf('`') >= 0)
                {
                    Members.TryRemove(pair.Key, out _);
                    touched[pair.Key] = pair.Value;
                }

                if (pair.Value.Tree is { } home && byTree.ContainsKey(home) || pair.Value.Parts.Any(byTree.ContainsKey))
                    touched[pair.Key] = pair.Value;
            }
            else if (pair.Value.Tree is { } tree && byTree.TryGetValue(tree, out var edit))
            {
                touched[pair.Key] = pair.Value;
                if (pair.Value.MovedBy(edit) is { } moved) Members[pair.Key] = moved;
                else Members.TryRemove(pair.Key, out _);
            }
        }

        _effects = leave(new EffectEdit([.. byTree.Keys], touched));
    }

    private static bool SameWords(IReadOnlyDictionary<string, Declared> old, IReadOnlyDictionary<string, Declared> now) =>
        old.Count == now.Count && old.All(pair => now.TryGetValue(pair.Key, out var other) && other == pair.Value);

    /// <param name="old">The references of one compilation.</param>
    /// <param name="now">Those of another.</param>
    /// <param name="edited">Bodies of a referenced project differ.</param>
    private static bool SameReferences(ImmutableArray<MetadataReference> old, ImmutableArray<MetadataReference> now, out bool edited)
    {
        edited = false;
        if (old.Length != now.Length) return false;
        for (var i = 0; i < old.Length; i++)
        {
            if (ReferenceEquals(old[i], now[i])) continue;
            if (old[i] is not CompilationReference before || now[i] is not CompilationReference after) return false;
            if (ReferenceEquals(before.Compilation, after.Compilation)) continue;
            edited = true;
            if (Edits(before.Compilation.SyntaxTrees.ToImmutableArray(), after.Compilation.SyntaxTrees.ToImmutableArray()) is null)
                return false;
        }

        return true;
    }

    /// <summary>The trees that differ; null when they differ in more than bodies.</summary>
    private static List<TreeEdit>? Edits(ImmutableArray<SyntaxTree> old, ImmutableArray<SyntaxTree> now)
    {
        if (old.Length != now.Length) return null;
        var edits = new List<TreeEdit>();
        for (var i = 0; i < old.Length; i++)
        {
            if (ReferenceEquals(old[i], now[i])) continue;
            if (TreeEdit.Between(old[i], now[i]) is not { } edit) return null;
            edits.Add(edit);
        }

        return edits;
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Where the text of a tree may call a member that takes a lock for its caller: by the names of all such members that can be read here,
/// which are few, so that most members are not read for their locks.
/// </summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class LockWrapperNames(SourceModels models)
{
    private static readonly ConditionalWeakTable<SyntaxTree, IReadOnlyCollection<string>> Declared = new();

    private readonly ConcurrentDictionary<SyntaxTree, int[]> _places = new();
    private readonly object _gate = new();
    private IReadOnlyCollection<string>? _names;

    public bool AreIn(SyntaxTree tree, TextSpan span, CancellationToken cancellation)
    {
        if (!_places.TryGetValue(tree, out var places))
            places = _places.GetOrAdd(tree, [.. Names(cancellation).SelectMany(name => MentionsIn(tree, name, cancellation).Places)
                .OrderBy(static place => place)]);
        var first = Array.BinarySearch(places, span.Start);
        if (first < 0) first = ~first;
        return first < places.Length && places[first] < span.End;
    }

    private IReadOnlyCollection<string> Names(CancellationToken cancellation)
    {
        lock (_gate) return _names ??= Find(cancellation);
    }

    private HashSet<string> Find(CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in models.Compilations.Skip(1)) names.UnionWith(OfOther(other, cancellation));
        AddDeclared(names, models.Compilation, cancellation);
        return names;
    }

    // Another project outlives the edits of this one.
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Others = new();

    private static HashSet<string> OfOther(Compilation other, CancellationToken cancellation)
    {
        if (Others.TryGetValue(other, out var known)) return known;
        var names = new HashSet<string>(StringComparer.Ordinal);
        AddDeclared(names, other, cancellation);
        return Others.GetValue(other, _ => names);
    }

    private static void AddDeclared(HashSet<string> names, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees) names.UnionWith(DeclaredIn(tree, cancellation));
        // Scope Write() => new(_lock); and what calls nothing but a wrapper.
        foreach (var name in names.ToList())
            foreach (var tree in compilation.SyntaxTrees)
                names.UnionWith(MentionsIn(tree, name, cancellation).Givers);
    }

    // Kept with the tree: an edit of another one asks only for the names in that one again.
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<string, (int[] Places, string[] Givers)>> Mentioned
        = new();

    /// <summary>Where a tree has a name, and the names of the members there that give only what stands behind it.</summary>
    private static (int[] Places, string[] Givers) MentionsIn(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        var known = Mentioned.GetOrCreateValue(tree);
        if (known.TryGetValue(name, out var mentions)) return mentions;
        var found = NameIndex.Find(tree, name, cancellation).ToList();
        return known.GetOrAdd(name, (
            [.. found.Select(static mention => mention.SpanStart)], [.. found.Select(GivenBy).OfType<string>().Distinct()]));
    }

    private static IReadOnlyCollection<string> DeclaredIn(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Declared.TryGetValue(tree, out var known)) return known;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<SyntaxNode>();
        foreach (var place in LockWords.MentionsIn(tree, cancellation))
        {
            var declaration = tree.GetRoot(cancellation).FindToken(place).Parent?.AncestorsAndSelf()
                .FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
                    or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax });
            if (declaration is null || !seen.Add(declaration) || !LockTelling.IsIn(declaration)) continue;
            if (NameOf(declaration) is { } name) names.Add(name);
        }

        return Declared.GetValue(tree, _ => names);
    }

    private static string? NameOf(SyntaxNode declaration) => declaration switch
    {
        // Where an object is disposed of, a lock that somebody else has taken is given up.
        MethodDeclarationSyntax { Identifier.ValueText: var name } => name == "Dispose" ? null : name,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ when declaration.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property => property.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The name of a member that gives only what stands there.</summary>
    private static string? GivenBy(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is PropertyDeclarationSyntax { ExpressionBody: { } given } property
            ? given.Span.Contains(name.Span) || property.Type.Span.Contains(name.Span) ? property.Identifier.ValueText : null
            : GivenByMethod(name);

    private static string? GivenByMethod(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && (OnlyResult.Of(method) is { } result && result.Span.Contains(name.Span)
            || method.ReturnType.Span.Contains(name.Span) && Told.Makes(method).Count > 0)
            ? method.Identifier.ValueText
            : null;
}

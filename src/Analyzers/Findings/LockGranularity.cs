using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// One lock for a whole type (QNT3002): every operation works under it, or it guards groups of fields that have nothing to do
/// with each other. Told where the lock is declared.
/// </summary>
internal sealed class LockGranularity(Facts facts, LockIndex index, CancellationToken cancellation)
{
    /// <summary>Fewer operations than this are no type whose whole life is one lock.</summary>
    private const int FewestOperations = 3;

    /// <summary>The findings of a field or property with an initialiser, which is analysed itself.</summary>
    public IEnumerable<Finding> DeclaredBy(ISymbol field)
    {
        if (field is not (IFieldSymbol or IPropertySymbol) || BodyKey.Of(field) is not { } key) return [];
        if (IsGate(field) || !index.MayLock(field.ContainingType, cancellation)) return [];
        return Judge(field.ContainingType.OriginalDefinition, key, field);
    }

    private static bool IsGate(ISymbol field) =>
        field is IFieldSymbol { Type.Name: LockCall.Gate } or IPropertySymbol { Type.Name: LockCall.Gate };

    /// <summary>The findings of locks that are declared where nothing is analysed: told by the first member that takes them.</summary>
    public IEnumerable<Finding> TakenBy(IMethodSymbol method)
    {
        var type = method.ContainingType.OriginalDefinition;
        var identities = facts.Summaries.BodiesOf(method, cancellation).SelectMany(static body => body.Locks)
            .Where(static region => region is { IsField: true, BelongsToThread: true }).Select(static region => region.Lock).Distinct()
            .ToList();
        foreach (var identity in identities)
        {
            var first = index.TakersOf(type, identity, cancellation).FirstOrDefault(taker => IsOf(taker, type));
            if (first is null || !SymbolEqualityComparer.Default.Equals(first.Owner, method)) continue;
            var kept = facts.Summaries.SymbolOf(identity);
            if (kept is not null && (HasInitialiser(kept) || !IsSame(kept.ContainingType, type))) continue;
            foreach (var finding in Judge(type, identity, kept)) yield return finding;
        }
    }

    private IEnumerable<Finding> Judge(INamedTypeSymbol type, string identity, ISymbol? declared)
    {
        if (facts.IsTestProject) yield break;
        var takers = index.TakersOf(type, identity, cancellation).ToList();
        if (takers.Any(taker => taker.Region.IsShared || !IsOf(taker, type))) yield break;
        var operations = takers.Where(static taker => !IsConstructor(taker.Owner)).GroupBy(static taker => NameOf(taker.Owner)).ToList();
        if (operations.Count < FewestOperations) yield break;
        var (reason, advice) = DisjointGroups(operations) is { } groups ? (groups, LockAdvice.Split)
            : WorksUnderItEverywhere(type, identity, operations) is { } everywhere ? (everywhere, LockAdvice.Unload) : (null, "");
        if (reason is null) yield break;
        var first = takers[0];
        var location =
            declared?.Locations.FirstOrDefault(place => place.SourceTree is { } tree && facts.Models.Compilation.ContainsSyntaxTree(tree))
            ?? facts.LocationOf(first.Body.Tree, first.Region.Keyword);
        yield return new Finding(
            "QNT3002", location, takers.Select(taker => facts.LocationOf(taker.Body.Tree, taker.Region.Keyword)).ToImmutableArray(),
            [first.Region.Name, type.Name, reason, advice], LockFindings.Properties(first.Region));
    }

    /// <summary>Groups of fields that no operation uses together, each with operations of its own; in words, or null.</summary>
    private string? DisjointGroups(List<IGrouping<string, Taker>> operations)
    {
        // What callees use besides only ties more together: where the bodies themselves are of one piece, no callee need be read.
        if (operations.Count < 4 || GroupsOf(operations, static (taker, _) => OwnFieldsUnder(taker)) is { Count: < 2 }) return null;
        var groups = GroupsOf(operations, (taker, of) => of.FieldsUnder(taker.Body, taker.Region, cancellation));
        if (groups is null or { Count: < 2 } || groups.Any(static group => group.Operations.Count < 2)) return null;
        return string.Join(", ", groups.Select(static group =>
            $"{Listed(group.Operations)} use {Listed(group.Fields.Select(static field => field.Substring(field.LastIndexOf('.') + 1))
                .ToList())}"));
    }

    /// <summary>Null when an operation uses no state that is seen: that may tie the groups together.</summary>
    private List<(SortedSet<string> Fields, List<string> Operations)>? GroupsOf(
        List<IGrouping<string, Taker>> operations, Func<Taker, LockIndex, IEnumerable<FieldUse>> fieldsOf)
    {
        var uses = operations.ToDictionary(
            static operation => operation.Key, operation => operation.SelectMany(taker => fieldsOf(taker, index)).ToList());
        var state = new HashSet<string>(uses.Values.SelectMany(static list => list).Where(static use => use.Writes)
            .Select(static use => use.Field), StringComparer.Ordinal);
        var groups = new List<(SortedSet<string> Fields, List<string> Operations)>();
        foreach (var operation in operations)
        {
            var touched =
                new SortedSet<string>(uses[operation.Key].Select(static use => use.Field).Where(state.Contains), StringComparer.Ordinal);
            if (touched.Count == 0) return null;
            var joined = groups.Where(group => group.Fields.Overlaps(touched)).ToList();
            var names = joined.SelectMany(static group => group.Operations).Append(operation.Key).ToList();
            foreach (var group in joined)
            {
                touched.UnionWith(group.Fields);
                groups.Remove(group);
            }

            groups.Add((touched, names));
        }

        return groups;
    }

    private static IEnumerable<FieldUse> OwnFieldsUnder(Taker taker) => LockIndex.OwnFieldsUnder(taker.Body, taker.Region);

    /// <summary>Every operation on the type's state holds the lock, and does real work there; in words, or null.</summary>
    private string? WorksUnderItEverywhere(INamedTypeSymbol type, string identity, List<IGrouping<string, Taker>> takers)
    {
        // One operation that uses what takers write, without the lock, is enough; short members first, as they are read quickly.
        var written = StateOf(takers.SelectMany(static operation => operation)
            .Where(static taker => !LockWaiters.IsLifeCycle(taker.Owner)).Select(static taker => taker.Body));
        var bodies = new List<(IMethodSymbol Owner, BodySummary Body)>();
        foreach (var pair in index.BodiesOf(type, cancellation, shortestFirst: true))
        {
            if (LockWaiters.IsLifeCycle(pair.Owner)) continue;
            if (IsOperation(pair.Owner) && pair.Body.Fields.Any(use => written.Contains(use.Field) && !use.Locks.Contains(identity)))
                return null;
            bodies.Add(pair);
        }

        var state = StateOf(bodies.Select(static pair => pair.Body));
        var operations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (owner, body) in bodies)
        {
            if (!IsOperation(owner)) continue;
            var touches = body.Fields.Where(use => state.Contains(use.Field)).ToList();
            if (touches.Any(use => !use.Locks.Contains(identity))) return null;
            if (touches.Count > 0 || body.Locks.Any(region => region.Lock == identity)) operations.Add(NameOf(owner));
        }

        if (operations.Count < FewestOperations || operations.Any(name => takers.All(taker => taker.Key != name))) return null;
        var working = takers.Where(taker => operations.Contains(taker.Key) && taker.Any(Works)).Select(static taker => taker.Key).ToList();
        return working.Count < 2 ? null : $"all {operations.Count} operations hold it, and {Listed(working)} work under it";
    }

    private static HashSet<string> StateOf(IEnumerable<BodySummary> bodies) => new(
        bodies.SelectMany(static body => body.Fields).Where(static use => use.Writes).Select(static use => use.Field),
        StringComparer.Ordinal);

    private static bool IsOperation(IMethodSymbol member) =>
        member.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected)
        || !member.ExplicitInterfaceImplementations.IsEmpty;

    private bool Works(Taker taker) =>
        taker.Region.HasLoop
        || index.Under(taker.Body, taker.Region, cancellation).Any(static reach =>
            reach.Certainty == Certainty.Definite
            && (reach.Kind == StepKind.Burns || reach.Kind == StepKind.Blocks && !reach.Cause.IsSlight))
        || index.CalledUnder(taker.Body, taker.Region, cancellation).Any(static callee => callee.HasLoop);

    private static bool IsConstructor(IMethodSymbol member) => member.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor;

    private static bool IsOf(Taker taker, INamedTypeSymbol type) => IsSame(taker.Owner.ContainingType, type);

    private static bool IsSame(INamedTypeSymbol left, INamedTypeSymbol right) =>
        SymbolEqualityComparer.Default.Equals(left.OriginalDefinition, right.OriginalDefinition);

    private static bool HasInitialiser(ISymbol kept) =>
        SourceModels.HasSource(kept) && InitialValue.Of(kept.DeclaringSyntaxReferences[0].GetSyntax()) is not null;

    /// <summary>The two accessors of a property are one operation.</summary>
    private static string NameOf(IMethodSymbol member) =>
        member.AssociatedSymbol is { } property ? property.Name : MemberReader.NameOf(member);

    private static string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= 3 => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[names.Count - 1]}",
        _ => $"{string.Join(", ", names.Take(2))} and {names.Count - 2} more",
    };
}

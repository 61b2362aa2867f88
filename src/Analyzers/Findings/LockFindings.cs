using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;

namespace Quintet.Analyzers.Findings;

/// <summary>What is wrong with the locks that a member takes, and with the field that it declares for one.</summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class LockFindings(Facts facts)
{
    private readonly LockIndex _index = new(facts.Summaries, facts.Effects, facts.Models);

    public IEnumerable<Finding> In(ISymbol owner, CancellationToken cancellation)
    {
        if (owner.ContainingType is null) return [];
        var granularity = new LockGranularity(facts, _index, cancellation);
        if (owner is not IMethodSymbol method) return granularity.DeclaredBy(owner);
        if (!_index.MayLock(method, cancellation)) return [];
        var contention = new LockContention(facts, _index, cancellation);
        var parallel = new SerialisedBodies(facts, _index, cancellation);
        return facts.Summaries.BodiesOf(method, cancellation)
            .SelectMany(body => AcrossAwait(body).Concat(parallel.In(body, method)).Concat(contention.In(body, method)))
            .Concat(granularity.TakenBy(method));
    }

    /// <summary>The documentation id of the lock's field, for the fixes.</summary>
    public static string? FieldOf(LockRegion region) =>
        region is { IsField: true, Through: null } ? region.Lock.Substring(region.Lock.IndexOf('|') + 1) : null;

    /// <summary>The kind of lock, and who takes it for the body.</summary>
    private static string KindOf(LockRegion region) =>
        region.Through is { } through ? $"{region.LockKind}, taken by '{through}'" : region.LockKind;

    public static ImmutableDictionary<string, string?> Properties(LockRegion region) =>
        ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Kind, "Lock").Add(FindingProperties.Lock, FieldOf(region));

    /// <summary>A lock that belongs to its thread, held where the thread may change.</summary>
    private IEnumerable<Finding> AcrossAwait(BodySummary body)
    {
        foreach (var region in body.Locks)
        {
            if (region.Awaits is not { } suspension || !region.BelongsToThread) continue;
            yield return new Finding(
                "QNT3008", facts.LocationOf(body.Tree, suspension), ImmutableArray.Create(facts.LocationOf(body.Tree, region.Keyword)),
                [body.Name, region.Name, KindOf(region), LockAdvice.AcrossAwait], Properties(region));
        }
    }
}

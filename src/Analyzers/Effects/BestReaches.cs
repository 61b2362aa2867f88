using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>Keeps the best witnesses of a body: one for each cause, site and set of conditions, and a bounded number in all.</summary>
internal sealed class BestReaches(int most)
{
    private readonly Dictionary<(string Cause, StepKind Kind, int Site, string Conditions, Certainty Certainty), Reach> _best = [];

    public void Add(Reach reach)
    {
        // Nobody reads a path of more than this many hops, and recursion cannot grow one for ever.
        if (reach.Length > LongestPath) return;
        var conditions = reach.Conditions.IsEmpty
            ? ""
            : string.Join(";", reach.Conditions
                .Select(static condition => $"{(int)condition.Kind}.{condition.Parameter}.{condition.Value}{condition.Type}")
                .OrderBy(static text => text, StringComparer.Ordinal));
        var site = reach.Next is null ? reach.Step.Span.Start : -1;
        var key = (reach.RootCause, reach.Kind, site, conditions, reach.Certainty);
        if (!_best.TryGetValue(key, out var known) || ReachOrder.Compare(reach, known) < 0) _best[key] = reach;
    }

    public ImmutableArray<Reach> ToImmutable()
    {
        if (_best.Count == 0) return ImmutableArray<Reach>.Empty;
        var sorted = _best.Values.ToList();
        if (sorted.Count > 1) sorted.Sort(ReachOrder.Compare);
        return sorted.Count <= most ? sorted.ToImmutableArray() : sorted.Take(most).ToImmutableArray();
    }

    private const int LongestPath = 32;
}

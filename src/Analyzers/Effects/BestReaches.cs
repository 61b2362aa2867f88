using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>Keeps the best witnesses of a body: one for each cause, site and set of conditions, and a bounded number in all.</summary>
internal sealed class BestReaches(int most)
{
    private readonly Dictionary<Key, Reach> _best = [];

    public void Add(Reach reach)
    {
        // Nobody reads a path of more hops, unless it runs straight on; and recursion cannot grow one for ever.
        if (reach.Length > (reach.Next is { IsStraight: true } ? LongestStraightPath : LongestPath)) return;
        var key = new Key(reach);
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

    private const int LongestStraightPath = 512;

    private readonly struct Key(Reach reach) : IEquatable<Key>
    {
        private readonly Reach _reach = reach;

        public bool Equals(Key other) =>
            _reach.RootHash == other._reach.RootHash && _reach.Kind == other._reach.Kind && Site == other.Site
            && _reach.Certainty == other._reach.Certainty && _reach.RootCause == other._reach.RootCause
            && _reach.ConditionsKey == other._reach.ConditionsKey;

        public override bool Equals(object? other) => other is Key key && Equals(key);

        public override int GetHashCode() =>
            ((_reach.RootHash * 31 + (int)_reach.Kind) * 31 + Site) * 31 + (int)_reach.Certainty + 97 * _reach.Conditions.Length;

        private int Site => _reach.Next is null ? _reach.Step.Span.Start : -1;
    }
}

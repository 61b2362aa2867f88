using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>What a body reaches.</summary>
/// <param name="reaches">Best first.</param>
/// <param name="deepest">The deepest nest of working loops, calls included.</param>
internal sealed class BodyEffects(ImmutableArray<Reach> reaches, LoopNest deepest)
{
    public static readonly BodyEffects None = new(ImmutableArray<Reach>.Empty, LoopNest.None);

    public ImmutableArray<Reach> Reaches { get; } = reaches;

    public LoopNest Deepest { get; } = deepest;

    public bool SameAs(BodyEffects other)
    {
        if (Deepest != other.Deepest || Reaches.Length != other.Reaches.Length) return false;
        for (var i = 0; i < Reaches.Length; i++)
            if (!ReferenceEquals(Reaches[i], other.Reaches[i]) && ReachOrder.Compare(Reaches[i], other.Reaches[i]) != 0) return false;
        return true;
    }
}

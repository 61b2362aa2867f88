using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>What bodies reach, as far as it was asked for, and the sites that it was derived from.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SolvedEffects
{
    /// <summary>By the key of the body.</summary>
    public ConcurrentDictionary<string, BodyEffects> Effects { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<BodySummary, ImmutableArray<CallSite>> Sites { get; } = new();

    /// <summary>All of it at this moment.</summary>
    public EffectsSeen Seen()
    {
        // Sites are there before effects: in this order nothing is seen without what it depends on, whoever goes on solving meanwhile.
        var effects = Effects.ToArray();
        return new EffectsSeen(effects, Sites.ToArray());
    }
}

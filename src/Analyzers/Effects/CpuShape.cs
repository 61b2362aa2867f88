namespace Quintet.Analyzers.Effects;

/// <summary>What the loops of one body say about CPU cost: what is certain here, and what a caller's loops multiply.</summary>
internal sealed class CpuShape
{
    public static readonly CpuShape Empty = new();

    /// <summary>Findings that stand on this body alone.</summary>
    public IReadOnlyList<CpuEvidence> Evidence { get; init; } = [];

    /// <summary>
    /// The deepest nest of loops of this body that does real work (arithmetic), for callers that call it in a loop.
    /// </summary>
    public LoopNest Deepest { get; init; } = LoopNest.None;

    /// <summary>Where <see cref="Deepest"/> stands.</summary>
    public int DeepestStart { get; init; }

    public int DeepestLength { get; init; }

    /// <summary>The same text at another place.</summary>
    public CpuShape Moved(int by) => ReferenceEquals(this, Empty) ? this : new CpuShape
    {
        Evidence = Evidence.Select(one => one with { Start = one.Start + by }).ToList(),
        Deepest = Deepest,
        DeepestStart = DeepestStart == 0 ? 0 : DeepestStart + by,
        DeepestLength = DeepestLength,
    };
}

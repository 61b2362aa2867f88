using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A body with a shape of its own: a member, lambda or local function.</summary>
internal sealed class CpuRegion
{
    public List<CpuEvidence> Evidence { get; } = [];

    public CpuNest Deepest { get; set; } = CpuNest.None;

    /// <summary>The greatest nest that a parameter counts, and where it stands.</summary>
    public (CpuGiven Nest, int Start, int Length)? Given { get; private set; }

    /// <summary>A loop whose elements meet what the body is given.</summary>
    public CpuEvidence? Joined { get; set; }

    /// <summary>Arithmetic on several things that the body is given.</summary>
    public CpuEvidence? Paired { get; private set; }

    public void AddPair(ulong parameters, int weight, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        _pairWeight += weight;
        Paired ??= new CpuEvidence(span.Start, span.Length, CpuWords.Joined, Certain: false, HasCheckpoint: false, Forever: false);
        Paired = Paired with { Certain = _pairWeight > 1, Chosen = ((Paired.Chosen?.Parameters ?? 0) | parameters, true) };
    }

    private int _pairWeight;

    public void Add(CpuGiven nest, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        if (Given is not { } known || nest.Least < known.Nest.Least) Given = (nest, span.Start, span.Length);
    }
}

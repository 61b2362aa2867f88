using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A body with a shape of its own: a member, lambda or local function.</summary>
internal sealed class CpuRegion
{
    public List<CpuEvidence> Evidence { get; } = [];

    public CpuNest Deepest { get; set; } = CpuNest.None;

    /// <summary>The greatest nest that a parameter counts, and where it stands.</summary>
    public (CpuGiven Nest, int Start, int Length)? Given { get; private set; }

    public void Add(CpuGiven nest, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        if (Given is not { } known || nest.Least < known.Nest.Least) Given = (nest, span.Start, span.Length);
    }
}

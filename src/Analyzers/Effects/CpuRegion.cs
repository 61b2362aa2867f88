using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A body with a shape of its own: a member, lambda or local function.</summary>
internal sealed class CpuRegion
{
    public List<CpuEvidence> Evidence { get; } = [];

    public CpuNest Deepest { get; set; } = CpuNest.None;
}

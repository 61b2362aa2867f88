using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A nest of loops and where its outermost loop stands.</summary>
internal readonly record struct CpuNest(LoopNest Nest, int Start, int Length)
{
    public static readonly CpuNest None = new(LoopNest.None, 0, 0);

    // One more loop over input is taken for a thousand rounds: enough to order nests, nothing is decided by it.
    private double Weight => Nest.ConstantTrips * Math.Pow(1000, Nest.Depth);

    public CpuNest Or(CpuNest other) => other.Weight > Weight ? other : this;
}

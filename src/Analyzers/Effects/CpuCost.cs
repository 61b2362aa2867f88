using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>Reads loops and recursion: is this body CPU-bound, and how often does a place in it run?</summary>
internal static class CpuCost
{
    /// <summary>The CPU cost of one body, its lambdas and local functions left out. Calls are multiplied by the engine.</summary>
    public static CpuShape Of(IOperation body, IMethodSymbol? method, CancellationToken cancellation) => CpuShape.Empty;

    /// <summary>The nest of loops around an operation inside its own body (up to the enclosing lambda or member).</summary>
    public static LoopNest Around(IOperation operation) => LoopNest.None;
}

namespace Quintet.Analyzers.Effects;

/// <summary>
/// How often a place in a body runs, as far as the loops around it tell: the product of the constant trip counts, and
/// the number of nested loops over independent input. A call multiplies its own nest with that of the callee.
/// </summary>
/// <param name="ConstantTrips">The product of the constant counts.</param>
/// <param name="InputDepth">How many loops over input.</param>
/// <param name="Iterates">Inside, a computation in floating-point numbers is repeated for what it was given.</param>
/// <param name="IsOpen">How often it is repeated, no constant says.</param>
/// <remarks>Bottom is <see cref="None"/>: once. Products saturate.</remarks>
internal readonly record struct LoopNest(long ConstantTrips, int InputDepth, bool Iterates = false, bool IsOpen = false)
{
    public static readonly LoopNest None = new(1, 0);

    /// <summary>The product from which constant work counts as CPU-bound (RULES, "CPU-bound, definite").</summary>
    public const long HeavyTrips = 10_000_000;

    /// <summary>The loops that nobody's constant limits, a repeated computation among them.</summary>
    public int Depth => InputDepth + (Iterates ? 1 : 0);

    public LoopNest Times(LoopNest inner) =>
        new(Multiply(ConstantTrips, inner.ConstantTrips), InputDepth + inner.InputDepth, Iterates || inner.Iterates,
            IsOpen || inner.IsOpen);

    public bool IsDeeperThan(LoopNest other) =>
        Depth != other.Depth ? Depth > other.Depth : ConstantTrips > other.ConstantTrips;

    private static long Multiply(long left, long right) =>
        left == 0 || right == 0 ? 0 : left > long.MaxValue / right ? long.MaxValue : left * right;
}

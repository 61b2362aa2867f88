using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>A nest of loops that runs as often as a parameter says: <c>for (var i = 0; i &lt; rounds; i++)</c>.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Power">How many of the nested loops it counts.</param>
/// <param name="Factor">How often the loops with constant counts run beside it.</param>
/// <remarks>Who calls with a number decides: the body alone says nothing.</remarks>
internal sealed record CpuGiven(IParameterSymbol Parameter, int Power, double Factor)
{
    /// <summary>The number from which constant work counts as CPU-bound.</summary>
    public long Least => (long)Math.Ceiling(Math.Pow(LoopNest.HeavyTrips / Factor, 1.0 / Power));

    /// <summary>The nest as one loop more goes around it, or starts it.</summary>
    /// <param name="inner">What is inside; null when no parameter counts there.</param>
    /// <param name="innerTrips">The product of the constant counts inside.</param>
    /// <param name="range">The loop's own.</param>
    public static CpuGiven? Around(CpuGiven? inner, long innerTrips, CpuRange range)
    {
        if (range.Trips is { } trips) return inner is null ? null : inner with { Factor = inner.Factor * Math.Max(1, trips) };
        if (range.Given is not { } parameter) return inner;
        if (inner is null) return new CpuGiven(parameter, 1, innerTrips * range.Share);
        return SymbolEqualityComparer.Default.Equals(inner.Parameter, parameter)
            ? inner with { Power = inner.Power + 1, Factor = inner.Factor * range.Share }
            : inner;
    }

    public static CpuGiven? Greater(CpuGiven? left, CpuGiven? right) =>
        left is null || (right is not null && right.Least < left.Least) ? right : left;
}

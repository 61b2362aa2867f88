using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>How often a loop runs, as far as its head tells.</summary>
/// <param name="Trips">The count, when it is constant.</param>
/// <param name="IsInput">It grows with input that no loop around it selects.</param>
/// <param name="Text">The range in the user's words.</param>
/// <param name="Counter">The variable that counts.</param>
/// <param name="Mean">The counter's mean value, when the count is constant.</param>
internal readonly record struct CpuRange(long? Trips, bool IsInput, string Text, ISymbol? Counter, double? Mean)
{
    /// <summary>The parameter that is the count, as the caller gives it.</summary>
    public IParameterSymbol? Given { get; init; }

    /// <summary>The part of <see cref="Given"/> that is counted: a half when the step is two.</summary>
    public double Share { get; init; }

    /// <summary>A loop whose count nobody can tell, or that is known to be short.</summary>
    public static readonly CpuRange Unknown = new(null, false, "", null, null);
}

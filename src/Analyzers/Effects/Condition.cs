using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <param name="Kind">What is asked of the parameter.</param>
/// <param name="Parameter">Its ordinal.</param>
/// <param name="Value">The value asked for by <see cref="ConditionKind.ParameterIs"/>.</param>
/// <param name="ModeSwitch">The parameter's name says that it selects between asynchronous and synchronous work.</param>
/// <param name="Type">The type asked for by <see cref="ConditionKind.ParameterIsOfType"/>.</param>
/// <param name="Least">The number asked for by <see cref="ConditionKind.NotBelow"/> and <see cref="ConditionKind.AtLeast"/>.</param>
/// <param name="Power">For <see cref="ConditionKind.AtLeast"/>: how many nested loops count up to the number.</param>
internal readonly record struct Condition(
    ConditionKind Kind, int Parameter, bool Value, bool ModeSwitch = false, string? Type = null, long Least = 0, int Power = 1)
{
    /// <summary>What has to hold of one round for all rounds of the loops around a call to be asked for.</summary>
    public Condition Inside(LoopNest loops) =>
        Kind == ConditionKind.AtLeast && loops.ConstantTrips > 1
            ? this with { Least = (long)Math.Ceiling(Least / Math.Pow(loops.ConstantTrips, 1.0 / Power)) }
            : this;
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <param name="Kind">What is asked of the parameter.</param>
/// <param name="Parameter">Its ordinal.</param>
/// <param name="Value">The value asked for by <see cref="ConditionKind.ParameterIs"/>.</param>
/// <param name="ModeSwitch">The parameter's name says that it selects between asynchronous and synchronous work.</param>
/// <param name="Type">The type asked for by <see cref="ConditionKind.ParameterIsOfType"/>; for values the <see cref="ValueTest"/>.</param>
/// <param name="Least">The number asked for by <see cref="ConditionKind.NotBelow"/> and <see cref="ConditionKind.AtLeast"/>; for conditions
/// on loops the parameters, a bit for each (see <see cref="CpuValue.OfParameter"/>).</param>
/// <param name="Power">For <see cref="ConditionKind.AtLeast"/>: how many nested loops count up to the number.</param>
/// <param name="Joined">Where it does not hold, another wait stands in the place of this one.</param>
internal readonly record struct Condition(
    ConditionKind Kind, int Parameter, bool Value, bool ModeSwitch = false, string? Type = null, long Least = 0, int Power = 1,
    bool Joined = false)
{
    /// <summary>It depends on the loops around the call.</summary>
    public bool IsOnLoops => Kind is ConditionKind.ChosenByLoop or ConditionKind.ChosenByTwoLoops;

    public static Condition OnLoops(ulong parameters, bool both) =>
        new(both ? ConditionKind.ChosenByTwoLoops : ConditionKind.ChosenByLoop, 0, true, Least: (long)parameters);

    /// <summary>The loops around a call choose what is asked for.</summary>
    public bool IsMetBy(ImmutableArray<LoopArgument> chosen)
    {
        var asked = this;
        return Kind == ConditionKind.ChosenByLoop
            ? chosen.Any(asked.IsOn)
            : chosen.Any(one => asked.IsOn(one) && chosen.Any(other => asked.IsOn(other)
                && (one.Elements & ~other.Elements) != 0 && (other.Elements & ~one.Elements) != 0));
    }

    private bool IsOn(LoopArgument argument) => (Least >> argument.Parameter & 1) != 0;

    /// <summary>The same of the caller's own parameters that it gives on; null when it gives none.</summary>
    public Condition? GivenOn(ImmutableArray<ArgumentFact> arguments)
    {
        var parameters = 0L;
        for (var i = 0; i < arguments.Length && i < CpuValue.This; i++)
            if ((Least >> i & 1) != 0 && arguments[i].Knowledge == ArgumentKnowledge.Parameter && arguments[i].Parameter < CpuValue.This)
                parameters |= 1L << arguments[i].Parameter;
        return parameters == 0 || Kind == ConditionKind.ChosenByTwoLoops && (parameters & (parameters - 1)) == 0
            ? null
            : this with { Least = parameters };
    }

    /// <summary>What has to hold of one round for all rounds of the loops around a call to be asked for.</summary>
    public Condition Inside(LoopNest loops) =>
        Kind == ConditionKind.AtLeast && loops.ConstantTrips > 1
            ? this with { Least = (long)Math.Ceiling(Least / Math.Pow(loops.ConstantTrips, 1.0 / Power)) }
            : this;
}

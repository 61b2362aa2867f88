using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <param name="Kind">What is asked of the parameter.</param>
/// <param name="Parameter">Its ordinal.</param>
/// <param name="Value">The value asked for by <see cref="ConditionKind.ParameterIs"/>.</param>
/// <param name="ModeSwitch">The parameter's name says that it selects between asynchronous and synchronous work.</param>
/// <param name="Type">The type asked for by <see cref="ConditionKind.ParameterIsOfType"/>.</param>
/// <param name="Least">The number asked for by <see cref="ConditionKind.NotBelow"/>.</param>
internal readonly record struct Condition(
    ConditionKind Kind, int Parameter, bool Value, bool ModeSwitch = false, string? Type = null, int Least = 0);

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// Lines that hold only for one value of a bool parameter: methods that are compiled elsewhere and have two modes.
internal sealed partial class BodyReader
{
    /// <summary>
    /// Whether a call passes the value without which a line does not hold; null where only its run can tell. A parameter of this body that
    /// is passed on makes it a condition of this body.
    /// </summary>
    private bool? IsGiven(ApiEntry entry, ImmutableArray<IArgumentOperation> arguments, out ImmutableArray<Condition> conditions)
    {
        conditions = ImmutableArray<Condition>.Empty;
        if (entry.Given is not { } given) return true;
        var passed = arguments.FirstOrDefault(argument => argument.Parameter?.Name == given.Parameter)?.Value;
        if (passed?.ConstantValue is { HasValue: true, Value: bool value }) return value == given.Value;
        var parameter = _body.OwnParameter(passed);
        if (parameter < 0) return null;
        conditions = ImmutableArray.Create(new Condition(ConditionKind.ParameterIs, parameter, given.Value,
            BodyBuilder.IsModeSwitch(_body.Method!.Parameters[parameter].Name)));
        return true;
    }

    private bool IsUnsure(ApiEntry entry, ImmutableArray<IArgumentOperation> arguments) =>
        entry.IsPossible || IsGiven(entry, arguments, out _) is null;
}

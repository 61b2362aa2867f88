using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Tasks that are complete because of where they come from.
internal sealed partial class BodyReader
{
    /// <summary>
    /// A value task that somebody out of sight gives: only a complete one may be asked for its result, so who asks mostly knows.
    /// </summary>
    private bool IsPromisedComplete(IOperation? task) => MadeBy(task) switch
    {
        IInvocationOperation { TargetMethod: { Name: "GetAwaiter" or "ConfigureAwait" }, Instance: { } inner } => IsPromisedComplete(inner),
        IInvocationOperation { TargetMethod: { IsAbstract: true, ReturnType.Name: "ValueTask" } asked } =>
            SourceModels.HasSource(asked.OriginalDefinition),
        _ => false,
    };

    /// <summary>A constant for the parameter that chooses between asynchronous and synchronous work chooses the latter.</summary>
    private static bool RunsSynchronously(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { Type.SpecialType: SpecialType.System_Boolean } parameter
                || !BodyBuilder.IsModeSwitch(parameter.Name)) continue;
            if (argument.Value.ConstantValue is { HasValue: true, Value: bool value })
                return value != (parameter.Name.IndexOf("async", StringComparison.OrdinalIgnoreCase) >= 0);
        }

        return false;
    }

    private static bool IsWhenAny(IOperation operation) =>
        ExpressionKeys.Strip(operation) is IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType.Name: "Task" } };

    /// <summary><c>tasks[Task.WaitAny(tasks)]</c>, the index perhaps in a local.</summary>
    private bool IsFirstDone(IOperation tasks, IOperation index) =>
        WaitedForAny(index) is { } waited && ExpressionKeys.Of(waited) is { } key && key == ExpressionKeys.Of(tasks);

    /// <summary><c>var index = Task.WaitAny(a, b); if (index == 1) …</c>: the task that a constant index stands for.</summary>
    private string? ChosenByIndex(IBinaryOperation comparison) =>
        comparison.RightOperand.ConstantValue is { HasValue: true, Value: int and >= 0 and var place }
        && ElementsOf(WaitedForAny(comparison.LeftOperand)) is { } tasks && place < tasks.Count
            ? ExpressionKeys.Of(ExpressionKeys.Strip(tasks[place]))
            : null;

    private IOperation? WaitedForAny(IOperation? index) =>
        MadeBy(index) is IInvocationOperation
        {
            TargetMethod: { Name: "WaitAny", ContainingType.Name: "Task" }, Arguments: { Length: > 0 } arguments,
        }
            ? ExpressionKeys.Strip(arguments[0].Value)
            : null;

    /// <summary>What an array or collection expression lists, written or made for <c>params</c>; null for anything else.</summary>
    private static IReadOnlyList<IOperation>? ElementsOf(IOperation? tasks) => tasks switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        null or IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation => null,
        // A collection expression, which newer Roslyns have an operation of its own for.
        _ => [.. tasks.ChildOperations],
    };
}

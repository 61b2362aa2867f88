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

    /// <summary>
    /// Whether a task that the pattern was asked for has come to its end: <c>{ IsCompleted: true }</c> where it matches, and
    /// <c>{ IsCompleted: false }</c> where it does not.
    /// </summary>
    private static bool TellsOfEnd(IPatternOperation? pattern, bool matches) => pattern switch
    {
        INegatedPatternOperation { Pattern: var negated } => TellsOfEnd(negated, !matches),
        IRecursivePatternOperation { PropertySubpatterns: var parts } => matches
            ? parts.Any(static part => Asks(part, true))
            : parts.Length == 1 && Asks(parts[0], false),
        _ => false,
    };

    private static bool Asks(IPropertySubpatternOperation part, bool ended) =>
        part is { Member: IPropertyReferenceOperation { Property.Name: var name }, Pattern: IConstantPatternOperation { Value: var asked } }
        && (name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled"
            ? asked.ConstantValue is { HasValue: true, Value: bool end } && end == ended && (ended || name == "IsCompleted")
            : ended && name == "Status" && IsEndOfTask(asked));

    /// <summary><c>var done = task.IsCompleted;</c>: a task that was complete when a local was told of it is complete for good.</summary>
    private IEnumerable<PathFact> ToldTo(ILocalSymbol local, bool value)
    {
        if (SingleValue(local) is not { } asked || !_following.Add(local)) return [];
        var facts = Implied(asked, value).Where(static fact => fact.Kind == PathFactKind.Completed).ToList();
        _following.Remove(local);
        return facts;
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
        IObjectCreationOperation { Initializer: { } initializer } => [.. initializer.Initializers
            .OfType<IInvocationOperation>().Where(static add => add.Arguments.Length == 1).Select(static add => add.Arguments[0].Value)],
        null or IObjectCreationOperation or IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation
            or IMemberReferenceOperation => null,
        // A collection expression, which newer Roslyns have an operation of its own for.
        _ => [.. tasks.ChildOperations],
    };
}

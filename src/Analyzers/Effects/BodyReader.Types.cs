using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// What a body does for an argument of one type only: a bus, a reducer or a handler of commands looks what it was given.
internal sealed partial class BodyReader
{
    /// <summary>The type that a pattern asks for, whatever else it asks.</summary>
    private static ITypeSymbol? TypeIn(IPatternOperation? pattern) => pattern switch
    {
        IDeclarationPatternOperation { MatchedType: { } type } => type,
        ITypePatternOperation { MatchedType: { } type } => type,
        IRecursivePatternOperation { MatchedType: { } type } => type,
        _ => null,
    };

    private static PathFact[] IsOf(IParameterSymbol parameter, ITypeSymbol type) =>
        TypeNames.Of(type) is { } name && !SymbolEqualityComparer.Default.Equals(type, parameter.Type)
            ? [new PathFact(PathFactKind.IsOfType, ExpressionKeys.Of(parameter), name)]
            : [];

    /// <summary>What a section of a switch over a parameter is for: one type, or nothing known.</summary>
    private static PathFact[] TestedBy(IOperation value, IReadOnlyList<IPatternOperation?> patterns) =>
        patterns.Count == 1 && ExpressionKeys.Strip(value) is IParameterReferenceOperation { Parameter: var parameter }
        && TypeIn(patterns[0]) is { } type
            ? IsOf(parameter, type)
            : [];

    /// <summary><c>task.Status switch { RanToCompletion … }</c>: in an arm that names an end, the task has reached it.</summary>
    private void VisitSwitchExpression(ISwitchExpressionOperation choice)
    {
        Visit(choice.Value);
        var task = ExpressionKeys.Strip(choice.Value)
            is IPropertyReferenceOperation { Property: { Name: "Status", ContainingType.Name: "Task" } } status
            ? ExpressionKeys.Of(status.Instance)
            : null;
        var (before, conditional) = (_body.Facts, _body.Conditional);
        foreach (var arm in choice.Arms)
        {
            var isEnd = arm.Pattern is IConstantPatternOperation { Value: var end } && IsEndOfTask(end);
            var tested = TestedBy(choice.Value, [arm.Pattern]);
            _body.Conditional = conditional || tested.Length == 0;
            _body.Facts = task is not null && isEnd ? before.And(new PathFact(PathFactKind.Completed, task)) : before.And(tested);
            Visit(arm.Guard);
            Visit(arm.Value);
        }

        (_body.Facts, _body.Conditional) = (before, conditional);
    }

    /// <summary>All the types of an object that is made here and passed as something more general.</summary>
    private string? MadeAs(IOperation value, IParameterSymbol parameter) =>
        parameter.Type is { IsReferenceType: true, IsSealed: false } && MadeBy(value) is IObjectCreationOperation { Type: { } made }
        && !SymbolEqualityComparer.Default.Equals(made, parameter.Type)
            ? TypeNames.AllOf(made)
            : null;
}

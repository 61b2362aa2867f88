using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// What a body does for an argument of one type only, or only when it is given one: a bus, a reducer or a handler of commands looks what it
// was given.
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

    /// <summary>Whoever asks for the parameter's own type asks whether it is there.</summary>
    private PathFact[] IsOf(IParameterSymbol parameter, ITypeSymbol type) =>
        IsSame(type, parameter.Type) ? IsThere(parameter)
        : TypeNames.Of(type) is { } name ? [new PathFact(PathFactKind.IsOfType, ExpressionKeys.Of(parameter), name)]
        : [];

    /// <summary>
    /// What was given is not null, which is of no type; what the body itself gives the parameter, a default for null first of all, says
    /// nothing of it.
    /// </summary>
    private PathFact[] IsThere(IParameterSymbol parameter) =>
        (TypeNames.Of(parameter.Type) ?? (TypeNames.IsNullable(parameter.Type) ? TypeNames.Nullable : null)) is { } name
        && !_body.Assigns(parameter.Name)
            ? [new PathFact(PathFactKind.IsOfType, ExpressionKeys.Of(parameter), name)]
            : [];

    /// <summary>Whether the pattern is for null, or for all that is not; null when it asks something else.</summary>
    private static bool? AsksForNull(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => true,
        INegatedPatternOperation { Pattern: var negated } => !AsksForNull(negated),
        _ => null,
    };

    private static IOperation? ComparedToNull(IBinaryOperation comparison) =>
        IsNull(comparison.RightOperand) ? ExpressionKeys.Strip(comparison.LeftOperand)
        : IsNull(comparison.LeftOperand) ? ExpressionKeys.Strip(comparison.RightOperand)
        : null;

    private static bool IsNull(IOperation value) =>
        ExpressionKeys.Strip(value) is IDefaultValueOperation { Type: { IsReferenceType: true } or { OriginalDefinition.SpecialType:
                SpecialType.System_Nullable_T } }
            or { ConstantValue: { HasValue: true, Value: null } };

    /// <summary><c>stream?.Flush()</c>: what stands behind the question mark is done for what is there.</summary>
    private void VisitConditionalAccess(IConditionalAccessOperation access)
    {
        Visit(access.Operation);
        var there = ExpressionKeys.Strip(access.Operation) is IParameterReferenceOperation { Parameter: var parameter }
            ? IsThere(parameter).Where(fact => !_body.Facts.Contains(fact)).ToArray()
            : [];
        _body.Facts = _body.Facts.And(there);
        Visit(access.WhenNotNull);
        _body.Facts = _body.Facts.Without(there);
    }

    /// <summary>What a section of a switch over a parameter is for: one type, or nothing known.</summary>
    private PathFact[] TestedBy(IOperation value, IReadOnlyList<IPatternOperation?> patterns) =>
        patterns.Count == 1 && ExpressionKeys.Strip(value) is IParameterReferenceOperation { Parameter: var parameter }
        && TypeIn(patterns[0]) is { } type
            ? IsOf(parameter, type)
            : patterns.Count == 1
                ? patterns[0] is IConstantPatternOperation { Value: var only } ? ChosenBy(value, only) : ChosenBy(value, patterns[0])
                : [];

    /// <summary>The task whose status is asked for.</summary>
    private static string? TaskOfStatus(IOperation value) =>
        ExpressionKeys.Strip(value) is IPropertyReferenceOperation { Property: { Name: "Status", ContainingType.Name: "Task" } } status
            ? ExpressionKeys.Of(status.Instance)
            : null;

    private void VisitSwitch(ISwitchOperation choice)
    {
        Visit(choice.Value);
        var (before, conditionalBefore) = (_body.Facts, _body.Conditional);
        var after = before;
        var waits = new List<int>();
        var task = TaskOfStatus(choice.Value);
        // `goto case` comes from another section.
        var isMixed = choice.Syntax.DescendantNodes().Any(static node => node is GotoStatementSyntax);
        foreach (var section in choice.Cases)
        {
            var isEnd = task is not null
                && section.Clauses.All(static clause => clause is ISingleValueCaseClauseOperation { Value: var end } && IsEndOfTask(end));
            var tested = TestedBy(choice.Value,
                [.. section.Clauses.Select(static clause => (clause as IPatternCaseClauseOperation)?.Pattern)]);
            if (!isMixed && section.Clauses.Length == 1 && section.Clauses[0] is ISingleValueCaseClauseOperation { Value: var only })
                tested = ChosenBy(choice.Value, only);
            else if (!isMixed && section.Clauses.Length == 1 && section.Clauses[0] is IDefaultCaseClauseOperation)
                tested = ChosenByNone(choice);
            _body.Conditional = conditionalBefore || tested.Length == 0;
            _body.Facts = isEnd ? before.And(new PathFact(PathFactKind.Completed, task!)) : before.And(tested);
            if (section.Clauses.Length == 1 && section.Clauses[0] is IPatternCaseClauseOperation { Pattern: var ended })
                _body.Facts = _body.Facts.And(EndedBy(choice.Value, ended, matches: true));
            foreach (var clause in section.Clauses) Visit(clause);
            var (start, arm) = (_body.Count, _body.Conditions());
            VisitStatements(section.Body);
            waits.Add(_body.FirstWait(start, arm));
            after = after.Meet(_body.Facts);
        }

        _body.Conditional = conditionalBefore;
        var hasDefault = choice.Cases.Any(static section => section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation));
        if (hasDefault) JoinAll(waits, before);
        _body.Facts = after;
    }

    /// <summary><c>task.Status switch { RanToCompletion … }</c>: in an arm that names an end, the task has reached it.</summary>
    private void VisitSwitchExpression(ISwitchExpressionOperation choice)
    {
        Visit(choice.Value);
        var task = TaskOfStatus(choice.Value);
        var (before, conditional, waits) = (_body.Facts, _body.Conditional, new List<int>());
        foreach (var arm in choice.Arms)
        {
            // Patterns are tried one after the other.
            _body.Conditional = conditional || arm != choice.Arms[0];
            _body.Facts = before;
            Visit(arm.Pattern);
            var isEnd = arm.Pattern is IConstantPatternOperation { Value: var end } && IsEndOfTask(end);
            var tested = TestedBy(choice.Value, [arm.Pattern]);
            _body.Conditional = conditional || tested.Length == 0;
            _body.Facts = task is not null && isEnd ? before.And(new PathFact(PathFactKind.Completed, task)) : before.And(tested);
            _body.Facts = _body.Facts.And(EndedBy(choice.Value, arm.Pattern, matches: true));
            if (arm.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool answer } })
                _body.Facts = _body.Facts.And(
                    Implied(choice.Value, answer).Where(static fact => fact.Kind == PathFactKind.Completed));
            Visit(arm.Guard);
            var (start, conditions) = (_body.Count, _body.Conditions());
            Visit(arm.Value);
            waits.Add(_body.FirstWait(start, conditions));
        }

        (_body.Facts, _body.Conditional) = (before, conditional);
        JoinAll(waits, before);
    }

    /// <summary>All the types of what is of a class that has none below it, where it is passed as something more general.</summary>
    private static string? OnlyTypes(IOperation value, IParameterSymbol parameter) =>
        ExpressionKeys.Strip(value)?.Type is { TypeKind: TypeKind.Class, IsSealed: true } only && parameter.Type is { IsSealed: false }
        && parameter.Type.TypeKind is TypeKind.Class or TypeKind.Interface
            ? TypeNames.AllOf(only)
            : null;

    /// <summary>The types of what is passed as something more general.</summary>
    private static string? DeclaredAs(IOperation value) =>
        value is IConversionOperation
        {
            IsImplicit: true, Operand.Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } type,
        }
            ? TypeNames.AllOf(type)
            : null;

    /// <summary>
    /// All the types of an object that is made here, or is of a class without others below it, and passed as something more general; null
    /// is of none.
    /// </summary>
    private string? MadeAs(IOperation value, IParameterSymbol parameter) =>
        IsNull(value) ? ""
        : OnlyTypes(value, parameter) is { } only ? only
        : parameter.Type is { IsReferenceType: true, IsSealed: false } && MadeBy(value) is IObjectCreationOperation { Type: { } made }
        && !SymbolEqualityComparer.Default.Equals(made, parameter.Type)
            ? TypeNames.AllOf(made)
            : null;
}

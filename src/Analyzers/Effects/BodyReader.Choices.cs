using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// Branches that a caller chooses with a number, a text or flags.
internal sealed partial class BodyReader
{
    /// <summary>What a comparison with a constant says of the body's own parameter when it comes out with the given value.</summary>
    private PathFact[] Choice(IOperation asked, bool value) => asked switch
    {
        IBinaryOperation comparison when TestIn(comparison) is var (parameter, test) => ChoiceOf(parameter, test, value),
        IIsPatternOperation { Value: var matched } match when ChoosableIn(matched) is { } parameter && TestIn(match.Pattern) is { } test =>
            ChoiceOf(parameter, test, value),
        IInvocationOperation { TargetMethod: { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum } } flag
            when ChoosableIn(flag.Instance) is { } parameter && Flag(flag.Arguments[0].Value) is { } bit =>
            ChoiceOf(parameter, new ValueTest(ValueRelation.Has, bit), value),
        IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty", IsStatic: true }, Arguments: { Length: 1 } texts } when !value
            && ChoosableIn(texts[0].Value) is { } parameter => ChoiceOf(parameter, new ValueTest(ValueRelation.IsNot, 0, ""), true),
        _ => [],
    };

    private static PathFact[] ChoiceOf(IParameterSymbol parameter, ValueTest test, bool value) =>
        [new PathFact(PathFactKind.Passed, ExpressionKeys.Of(parameter), (value ? test : test.Negated).Key)];

    /// <summary>The same as the condition of a branch that is there for those who choose it.</summary>
    private static IEnumerable<PathFact> AsAsked(IEnumerable<PathFact> facts) =>
        facts.Select(static fact => fact.Kind == PathFactKind.Passed ? fact with { Kind = PathFactKind.Asked } : fact);

    /// <summary><c>if (force || _text is null)</c>: what one of the two asks of a caller's choice is enough.</summary>
    private PathFact[] Enough(IBinaryOperation either) => (Enough(either.LeftOperand), Enough(either.RightOperand)) switch
    {
        ({ } left, null) => [left],
        (null, { } right) => [right],
        _ => [],
    };

    private PathFact? Enough(IOperation side)
    {
        if (ExpressionKeys.Strip(side)
            is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }) return null;
        var facts = Implied(side, true).Take(2).ToList();
        if (facts.Count != 1) return null;
        return facts[0] switch
        {
            { Kind: PathFactKind.Passed } test => test with { Kind = PathFactKind.Suffices },
            { Kind: PathFactKind.True or PathFactKind.False, Expression: var asked } flag
                when !asked.EndsWith("]", StringComparison.Ordinal) =>
                new PathFact(PathFactKind.Suffices, asked, new ValueTest(ValueRelation.Is, flag.Kind == PathFactKind.True ? 1 : 0).Key),
            _ => null,
        };
    }

    /// <summary>What a section of a switch over what a caller gives is for.</summary>
    private PathFact[] ChosenBy(IOperation value, IOperation constant) =>
        ChoosableIn(value) is not { } parameter || Constant(constant) is not { } chosen ? []
        : parameter.Type.TypeKind == TypeKind.Enum && chosen is long number
            ? [new PathFact(PathFactKind.True, PathFacts.WithValue(ExpressionKeys.Of(parameter), number))]
        : TestOf(BinaryOperatorKind.Equals, chosen) is { } test ? [.. AsAsked(ChoiceOf(parameter, test, true))]
        : [];

    /// <summary>What the section for everything else is for: none of the values that the others name.</summary>
    private PathFact[] ChosenByNone(ISwitchOperation choice)
    {
        if (ChoosableIn(choice.Value) is not { Type.TypeKind: TypeKind.Enum } parameter) return [];
        var named = choice.Cases.SelectMany(static section => section.Clauses)
            .Where(static clause => clause is not IDefaultCaseClauseOperation).ToList();
        return named.TrueForAll(static clause => clause is ISingleValueCaseClauseOperation { Value: var value } && Constant(value) is long)
            ? [.. named.Select(clause => new PathFact(PathFactKind.False, PathFacts.WithValue(
                ExpressionKeys.Of(parameter), (long)Constant(((ISingleValueCaseClauseOperation)clause).Value)!)))]
            : [];
    }

    /// <summary>The same of a section with a pattern.</summary>
    private PathFact[] ChosenBy(IOperation value, IPatternOperation? pattern) =>
        pattern is not null && ChoosableIn(value) is { } parameter && TestIn(pattern) is { } test
            ? [.. AsAsked(ChoiceOf(parameter, test, true))]
            : [];

    private (IParameterSymbol Parameter, ValueTest Test)? TestIn(IBinaryOperation comparison)
    {
        var (left, right) = (ExpressionKeys.Strip(comparison.LeftOperand)!, ExpressionKeys.Strip(comparison.RightOperand)!);
        var relation = comparison.OperatorKind;
        if (Constant(left) is not null && Constant(right) is null) (left, right, relation) = (right, left, Turned(relation));
        if (Constant(right) is not { } constant) return null;
        if (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.And } masked)
            return ChoosableIn(masked.LeftOperand) is { } flags && Flag(masked.RightOperand) is { } bit
                && FlagTest(relation, constant, bit) is { } flag ? (flags, flag) : null;
        return ChoosableIn(left) is { } parameter && TestOf(relation, constant) is { } test
            // Equality of enumerations is the reader's other way to say it, which a body's own waits depend on.
            && (parameter.Type.TypeKind != TypeKind.Enum || test.Relation is not (ValueRelation.Is or ValueRelation.IsNot))
                ? (parameter, test)
                : null;
    }

    private static ValueTest? TestIn(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var value } when Constant(value) is { } constant => TestOf(BinaryOperatorKind.Equals, constant),
        IRelationalPatternOperation { Value: var value } relational when Constant(value) is { } constant =>
            TestOf(relational.OperatorKind, constant),
        INegatedPatternOperation { Pattern: var negated } => TestIn(negated)?.Negated,
        _ => null,
    };

    private static BinaryOperatorKind Turned(BinaryOperatorKind relation) => relation switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => relation,
    };

    private static ValueTest? TestOf(BinaryOperatorKind relation, object constant) => (relation, constant) switch
    {
        (BinaryOperatorKind.Equals, string text) => new ValueTest(ValueRelation.Is, 0, text),
        (BinaryOperatorKind.NotEquals, string text) => new ValueTest(ValueRelation.IsNot, 0, text),
        (BinaryOperatorKind.Equals, long number) => new ValueTest(ValueRelation.Is, number),
        (BinaryOperatorKind.NotEquals, long number) => new ValueTest(ValueRelation.IsNot, number),
        (BinaryOperatorKind.GreaterThan, long number and < long.MaxValue) => new ValueTest(ValueRelation.AtLeast, number + 1),
        (BinaryOperatorKind.GreaterThanOrEqual, long number) => new ValueTest(ValueRelation.AtLeast, number),
        (BinaryOperatorKind.LessThan, long number) => new ValueTest(ValueRelation.Below, number),
        (BinaryOperatorKind.LessThanOrEqual, long number and < long.MaxValue) => new ValueTest(ValueRelation.Below, number + 1),
        _ => null,
    };

    private static ValueTest? FlagTest(BinaryOperatorKind relation, object constant, long bit) => (relation, constant) switch
    {
        (BinaryOperatorKind.NotEquals, 0L) => new ValueTest(ValueRelation.Has, bit),
        (BinaryOperatorKind.Equals, 0L) => new ValueTest(ValueRelation.HasNot, bit),
        (BinaryOperatorKind.Equals, long all) when all == bit => new ValueTest(ValueRelation.Has, bit),
        (BinaryOperatorKind.NotEquals, long all) when all == bit => new ValueTest(ValueRelation.HasNot, bit),
        _ => null,
    };

    /// <summary>The body's own parameter that nobody has given another value, of a type whose values are written down.</summary>
    private IParameterSymbol? ChoosableIn(IOperation? value) =>
        ExpressionKeys.Strip(value) is IParameterReferenceOperation { Parameter: var parameter } && BodyBuilder.IsChosen(parameter.Type)
        && _body.IsOwn(parameter) && !_body.Assigns(parameter.Name)
            ? parameter
            : null;

    /// <summary>A text or a whole number that is written down; true is one, and no time is none.</summary>
    private static object? Constant(IOperation value) => value.ConstantValue switch
    {
        { HasValue: true, Value: string text } => text,
        { HasValue: true, Value: bool flag } => flag ? 1L : 0L,
        { HasValue: true, Value: int or uint or long or short or ushort or byte or sbyte or char } number =>
            Convert.ToInt64(number.Value, CultureInfo.InvariantCulture),
        _ => NoTime.Is(value) ? 0L : null,
    };

    /// <summary>A single bit.</summary>
    private static long? Flag(IOperation value) =>
        Constant(ExpressionKeys.Strip(value)!) is long and > 0 and var bit && (bit & (bit - 1)) == 0 ? bit : null;
}

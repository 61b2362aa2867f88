using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// A text without one of its letters, as permutations hand it on: the recursion has one turn less, and as many branches as letters.
/// </summary>
internal static class CpuShortened
{
    /// <summary>The method's own text of which one letter is taken out, wherever it stands; null for anything else.</summary>
    public static IParameterSymbol? By(IOperation value, IMethodSymbol method)
    {
        var text = value switch
        {
            // rest.Remove(i, 1)
            IInvocationOperation
            {
                TargetMethod: { Name: "Remove", ContainingType.SpecialType: SpecialType.System_String }, Instance: var whole,
                Arguments: { Length: 2 } from,
            } when from[1].Value.ConstantValue is { HasValue: true, Value: 1 } && !from[0].Value.ConstantValue.HasValue => whole,
            // rest.Substring(0, i) + rest.Substring(i + 1), rest[..i] + rest[(i + 1)..]
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } joined
                when Cut(joined.LeftOperand) is (var first, null, { } end) && Cut(joined.RightOperand) is (var second, { } start, null)
                    && IsBehind(start, end) && IsSame(first, second) => first,
            _ => null,
        };
        return text is IParameterReferenceOperation { Parameter: var parameter }
            && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method)
                ? parameter
                : null;
    }

    /// <summary>A text, and where the part of it begins and ends; null for its own beginning and end.</summary>
    private static (IOperation? Text, IOperation? Start, IOperation? End)? Cut(IOperation part) => part switch
    {
        IInvocationOperation
        {
            TargetMethod: { Name: "Substring", ContainingType.SpecialType: SpecialType.System_String },
            Instance: var text, Arguments: var at,
        } => at.Length == 1 ? (text, at[0].Value, null)
            : at[0].Value.ConstantValue is { HasValue: true, Value: 0 } ? (text, null, at[1].Value)
            : null,
        IImplicitIndexerReferenceOperation { Instance: var text, Argument: IRangeOperation range } =>
            (text, Index(range.LeftOperand), Index(range.RightOperand)),
        _ => null,
    };

    private static IOperation? Index(IOperation? index)
    {
        while (index is IConversionOperation conversion) index = conversion.Operand;
        return index;
    }

    private static bool IsBehind(IOperation start, IOperation end) =>
        start is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } next
        && IsSame(next.LeftOperand, end);

    private static bool IsSame(IOperation? one, IOperation? other) =>
        ExpressionKeys.Of(one) is { } key && key == ExpressionKeys.Of(other);
}

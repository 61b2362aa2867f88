using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// A computation in floating-point numbers that is repeated until they say that it is enough, or for many rounds:
/// <c>while (n &lt; 1000 &amp;&amp; a * a + b * b &lt; 4) …</c>. Reading the digits of a number is none.
/// </summary>
internal static class CpuIteration
{
    // Fewer rounds are those over the corners or channels of something.
    public const int LeastRounds = 100;

    /// <summary>So many repetitions of an iteration are CPU-bound work, however few its rounds.</summary>
    public const long HeavyRepeats = LoopNest.HeavyTrips / LeastRounds;

    public static bool Is(CpuLoop loop) => loop is { Multiplies: true, Range.IsInput: false } && IsRepeated(loop)
        // `i < most && a * a + b * b < 4`: the number of rounds is a limit only.
        || loop is { Multiplies: true, Range.IsInput: true } && CpuLoop.ConditionOf(loop.Operation) is { } limit
            && Comparisons(limit).Any(static comparison => comparison.LeftOperand is IBinaryOperation computed && IsReal(computed.Type));

    private static bool IsRepeated(CpuLoop loop) => loop.Range.Trips switch
    {
        { } trips => trips >= LeastRounds,
        null => loop.Operation switch
        {
            IWhileLoopOperation { Condition: { ConstantValue.HasValue: false } condition } => Decides(condition),
            IForLoopOperation { Condition: { } condition } => Decides(condition),
            IWhileLoopOperation or IForLoopOperation => IsLeft(loop.Operation),
            _ => false,
        },
    };

    private static bool Decides(IOperation condition) => Comparisons(condition).Any(static comparison =>
        IsReal(comparison.LeftOperand.Type) || IsMany(comparison.LeftOperand) || IsMany(comparison.RightOperand));

    private static IEnumerable<IBinaryOperation> Comparisons(IOperation condition) =>
        condition.DescendantsAndSelf().OfType<IBinaryOperation>().Where(static part => part.OperatorKind
            is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual);

    // Without a condition of its own, those inside decide.
    private static bool IsLeft(IOperation loop) =>
        loop.Descendants().Any(static part => part is IConditionalOperation conditional && Decides(conditional.Condition));

    /// <summary>A floating-point number, which is no index.</summary>
    public static bool IsReal(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    private static bool IsMany(IOperation operand) =>
        operand.ConstantValue is { HasValue: true, Value: int and >= LeastRounds or long and >= LeastRounds };
}

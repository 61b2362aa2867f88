using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Branches that say nothing about how often they are taken: what has to be asked before the work can be done at all.
internal sealed partial class BodyReader
{
    /// <summary>How a condition comes out in any case: <c>Debugging &amp;&amp; …</c> where the constant is false.</summary>
    private static bool? Always(IOperation condition) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: bool constant } } => constant,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, LeftOperand: var left } when Always(left) == false => false,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, LeftOperand: var left } when Always(left) == true => true,
        _ => null,
    };

    /// <summary>Whether the branch behind a condition is the ordinary one: there is something to work on.</summary>
    private bool IsOrdinary(IOperation condition) => ExpressionKeys.Strip(condition) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var negated } => IsEmptiness(negated) || TellsOfDisposal(negated),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            IsOrdinaryOrDecided(both.LeftOperand) && IsOrdinaryOrDecided(both.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different =>
            different.RightOperand.ConstantValue is { HasValue: true, Value: null or "" } || IsOfConnection(different),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } same => IsOfConnection(same),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan } more =>
            more.RightOperand.ConstantValue is { HasValue: true, Value: 0 },
        IIsPatternOperation match => IsPresence(match.Pattern, match.Value.Type),
        IIsTypeOperation test => SymbolEqualityComparer.Default.Equals(test.TypeOperand, test.ValueOperand.Type),
        IInvocationOperation { TargetMethod.Name: "Exists" or "Any" or "MoveNext" or "Read" or "TryGetValue" } => true,
        IPropertyReferenceOperation { Property.Name: "Exists" or "HasValue" } => true,
        _ => false,
    };

    /// <summary>
    /// <c>if (valid) Work(); else MessageBox.Show("…");</c>, or <c>else return;</c>: the other branch turns the work down, as a guard does.
    /// </summary>
    private static bool IsRefusal(IOperation? other) => other switch
    {
        null => false,
        IBlockOperation { Operations: { IsEmpty: false } all } => all.All(IsRefusal),
        IReturnOperation { ReturnedValue: null or { ConstantValue.HasValue: true } } or IThrowOperation => true,
        IExpressionStatementOperation { Operation: var told } => ExpressionKeys.Strip(told) switch
        {
            IInvocationOperation { TargetMethod: var teller } => Tells(teller),
            IAwaitOperation { Operation: var awaited } => ExpressionKeys.Strip(awaited) is IInvocationOperation { TargetMethod: var teller }
                && Tells(teller),
            IThrowOperation => true,
            _ => false,
        },
        _ => false,
    };

    private static bool Tells(IMethodSymbol teller) => teller.ContainingType.Name == "MessageBox"
        || PascalWords.Of(teller.Name) is { Count: > 1 } words && words[0] is "Show" or "Report"
            && words.Skip(1).Any(static word => word is "Error" or "Message" or "Warning" or "Failure" or "Invalid");

    /// <summary>There is something: not null, not empty, more than none. Which of several types it has is another question.</summary>
    private static bool IsPresence(IPatternOperation pattern, ITypeSymbol? type) => pattern switch
    {
        INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } => true,
        IDeclarationPatternOperation declared => declared.MatchedType is null || IsSame(declared.MatchedType, type),
        IRecursivePatternOperation { PropertySubpatterns: var parts, MatchedType: var matched } => IsSame(matched, type)
            && parts.All(static part => part.Member is IPropertyReferenceOperation { Property.Name: "Length" or "Count" or "HasValue" }),
        IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThan, Value.ConstantValue: var least } => least.Value is 0,
        _ => pattern.Kind == OperationKind.ListPattern,
    };

    /// <summary>The type itself, or the one of which it is the nullable form.</summary>
    private static bool IsSame(ITypeSymbol matched, ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(matched, type)
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(matched, nullable.TypeArguments[0]);

    private bool IsOrdinaryOrDecided(IOperation condition) => IsOrdinary(condition) || IsDecided(Implied(condition, true));

    /// <summary>The caller's argument is a condition of what stands behind it, and judged with the call.</summary>
    private static bool IsDecided(IEnumerable<PathFact> implied) =>
        implied.Any(static fact => fact.Kind is PathFactKind.True or PathFactKind.False or PathFactKind.IsOfType
            or PathFactKind.Asked or PathFactKind.Suffices);

    /// <summary>The same, or who has given nothing is turned off.</summary>
    private static bool IsGiven(IEnumerable<PathFact> implied) =>
        implied.ToList() is var facts && (IsDecided(facts) || facts.Exists(static fact => fact.Kind == PathFactKind.Passed));

    private static bool IsEmptiness(IOperation asked) => ExpressionKeys.Strip(asked)
        is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }
            or IIsPatternOperation { Pattern: IConstantPatternOperation } or IPropertyReferenceOperation { Property.Name: "IsEmpty" };

    /// <summary>A connection is opened unless it is open.</summary>
    private static bool IsOfConnection(IBinaryOperation comparison) => comparison.LeftOperand.Type?.Name == "ConnectionState";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>Reads the head of a loop: how often does it run, and does that grow with input?</summary>
/// <param name="writes">Where the variables of the member are written.</param>
/// <param name="numbers">What is constant in fact.</param>
/// <param name="look">On which loops around it an expression depends.</param>
internal sealed class CpuRanges(CpuWrites writes, CpuNumbers numbers, Func<IOperation?, CpuValue> look)
{
    public CpuRange Of(ILoopOperation loop, CpuLoop? around) => loop switch
    {
        IForEachLoopOperation each => OfCollection(each.Collection),
        IForLoopOperation { Condition: { } condition } counted => OfFor(counted, condition, around),
        IWhileLoopOperation { Condition: { } condition } counted => OfWhile(counted, condition, around),
        _ => CpuRange.Unknown,
    };

    /// <summary>One round for each element of a collection.</summary>
    public CpuRange OfCollection(IOperation collection)
    {
        while (collection is IConversionOperation conversion) collection = conversion.Operand;
        if (collection is IInvocationOperation { TargetMethod: { Name: "Range" or "Repeat", ContainingType.Name: "Enumerable" } } sequence)
        {
            return OfExtent(sequence.Arguments[1].Value);
        }

        if (numbers.CountOf(collection) is { } count) return new CpuRange(count, false, Words(collection), null, null);
        // The names of an enumeration are few.
        if (collection is IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_Enum })
            return CpuRange.Unknown;
        return look(collection).All == 0 ? new CpuRange(null, true, Words(collection), null, null) : CpuRange.Unknown;
    }

    private CpuRange OfExtent(IOperation count)
    {
        if (numbers.Of(count) is { } number) return Constant(number, 0, number, 1, count, null);
        return DependsOnMembers(count)
            ? CpuRange.Unknown
            : new CpuRange(null, true, Words(count), null, null) { Given = GivenBy(count), Share = 1 };
    }

    /// <summary>The parameter that an expression is, as long as nothing has changed it.</summary>
    private IParameterSymbol? GivenBy(IOperation expression) =>
        Unwrap(expression) is IParameterReferenceOperation { Parameter: var parameter } && writes.WritesOf(parameter).Count == 0
            ? parameter
            : null;

    private CpuRange OfFor(IForLoopOperation loop, IOperation condition, CpuLoop? around)
    {
        var best = CpuRange.Unknown;
        foreach (var bound in Bounds(condition))
        {
            if ((StepAtBottom(loop, bound.Counter) ?? StepInCondition(condition, bound.Counter)) is not { } step) continue;
            if (IsMovedInside(loop, bound.Counter)) continue;
            var start = StartOf(loop, bound.Counter);
            if (start is null && !IsResetInside(bound.Counter, loop, around)) continue;
            // 'j < i + 16 && j < all': the window is the limit.
            if (step > 0 && IsWindow(bound.Limit, start)) return CpuRange.Unknown;
            var range = OfCounter(bound, step, start, around);
            // 'i < rows && i < 10': the constant is a limit for both.
            if (range.Trips is not null || best == CpuRange.Unknown) best = range;
        }

        return best;
    }

    private CpuRange OfWhile(IWhileLoopOperation loop, IOperation condition, CpuLoop? around)
    {
        // Another conjunct is a search that may end at once.
        if (Unwrap(condition) is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd }) return CpuRange.Unknown;
        foreach (var bound in Bounds(condition))
        {
            if (StepInside(loop, bound.Counter, out var isOnlyStep) is not { } step) continue;
            if (!IsResetInside(bound.Counter, loop, around)) return CpuRange.Unknown;
            return OfCounter(bound, step, isOnlyStep ? writes.InitialOf(bound.Counter) : null, around);
        }

        return CpuRange.Unknown;
    }

    /// <summary>The one constant by which everything inside a loop moves a counter; null when something else moves it.</summary>
    private double? StepInside(ILoopOperation loop, ISymbol counter, out bool isOnlyStep)
    {
        double? step = null;
        isOnlyStep = true;
        foreach (var write in writes.WritesOf(counter))
        {
            if (!loop.Syntax.Span.Contains(write.Syntax.Span))
            {
                isOnlyStep = false;
                continue;
            }

            if (StepOf(write, counter) is not { } found || (step is not null && step != found)) return null;
            step = found;
        }

        return step;
    }

    private CpuRange OfCounter(Bound bound, double step, IOperation? start, CpuLoop? around)
    {
        for (var loop = around; loop is not null; loop = loop.Parent)
        {
            // An inner loop that moves the counter of an outer one takes rounds from it.
            if (SymbolEqualityComparer.Default.Equals(loop.Range.Counter, bound.Counter)) return CpuRange.Unknown;
        }

        var rises = step > 0;
        if (bound.Rises is { } expected && expected != rises) return CpuRange.Unknown;
        var (upper, lower) = rises ? (bound.Limit, start) : (start, bound.Limit);
        if (numbers.Of(start) is { } first && numbers.Of(bound.Limit) is { } last)
        {
            return Constant((last - first) / step + (bound.Inclusive ? 1 / Math.Abs(step) : 0), first, last, step, upper!, bound.Counter);
        }

        // Counting down from a variable that nobody initialises here: the variable itself is the range.
        if (upper is null)
        {
            return new CpuRange(null, true, bound.Counter.Name, bound.Counter, null)
            {
                Given = numbers.Of(lower) is 0 or 1 ? bound.Counter as IParameterSymbol : null, Share = 1 / Math.Abs(step),
            };
        }

        if (numbers.Of(upper) is not null || IsSmall(upper) || DependsOnMembers(upper) || IsWindow(upper, lower)) return CpuRange.Unknown;
        return new CpuRange(null, true, Words(upper), bound.Counter, null)
        {
            // From a few on: what is not counted does not matter.
            Given = numbers.Of(lower) is > -10 and < 10 ? GivenBy(upper) : null, Share = 1 / Math.Abs(step),
        };
    }

    private static CpuRange Constant(double rounds, double first, double last, double step, IOperation range, ISymbol? counter)
    {
        var trips = rounds <= 0 ? 0 : rounds >= long.MaxValue ? long.MaxValue : (long)Math.Ceiling(rounds);
        return step == 0 ? CpuRange.Unknown : new CpuRange(trips, false, Words(range), counter, (first + last) / 2);
    }

    // The members of the loop variable, or what a call finds for it: together they are one collection, walked once.
    private bool DependsOnMembers(IOperation limit)
    {
        var value = look(limit);
        return (value.Element | value.Loose) != 0;
    }

    // From 'i' to 'i + size': the windows of all rounds together are about as long as the whole.
    private bool IsWindow(IOperation upper, IOperation? lower) => lower is not null && (look(upper).Index & look(lower).Index) != 0;

    /// <summary>A limit that cannot be large, though it is no constant.</summary>
    private bool IsSmall(IOperation limit)
    {
        limit = Unwrap(limit);
        if (limit.Type is { SpecialType: SpecialType.System_Byte or SpecialType.System_SByte } or { TypeKind: TypeKind.Enum }) return true;
        return limit is IInvocationOperation { TargetMethod: { Name: "Min" or "Clamp", ContainingType.Name: "Math" or "MathF" } } call
            && call.Arguments.Any(argument => numbers.Of(argument.Value) is < LoopNest.HeavyTrips and > 0);
    }

    /// <summary>Each round of the loop around starts the counter afresh; otherwise all rounds share one count.</summary>
    private bool IsResetInside(ISymbol counter, ILoopOperation loop, CpuLoop? around)
    {
        if (around is null) return true;
        var outer = around.Operation.Syntax.Span;
        var inner = loop.Syntax.Span;
        if (writes.InitialOf(counter) is { } initial && outer.Contains(initial.Syntax.Span)) return true;
        return writes.WritesOf(counter).Any(write => outer.Contains(write.Syntax.Span) && !inner.Contains(write.Syntax.Span));
    }

    private static IOperation? StartOf(IForLoopOperation loop, ISymbol counter)
    {
        foreach (var operation in loop.Before)
        {
            switch (operation)
            {
                case IVariableDeclarationGroupOperation group:
                    foreach (var declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    {
                        if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, counter)) return declarator.Initializer?.Value;
                    }

                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
                    when Names(assignment.Target, counter):
                    return assignment.Value;
            }
        }

        return null;
    }

    /// <summary><c>for (…; i++) { …; i = end; }</c>: a scanner goes through its text once, however often it looks ahead.</summary>
    private bool IsMovedInside(IForLoopOperation loop, ISymbol counter) => writes.WritesOf(counter)
        .Any(write => write is ISimpleAssignmentOperation && loop.Body.Syntax.Span.Contains(write.Syntax.Span));

    private double? StepAtBottom(IForLoopOperation loop, ISymbol counter)
    {
        foreach (var operation in loop.AtLoopBottom)
        {
            var step = operation is IExpressionStatementOperation statement ? statement.Operation : operation;
            if (StepOf(step, counter) is { } found) return found;
        }

        return null;
    }

    /// <summary><c>for (var i = n; i-- &gt; 0;)</c>.</summary>
    private double? StepInCondition(IOperation condition, ISymbol counter) =>
        condition.DescendantsAndSelf().Select(part => StepOf(part, counter)).FirstOrDefault(static step => step is not null);

    /// <summary>The constant that an operation adds to a counter. Doubling and halving are no steps: such loops are short.</summary>
    private double? StepOf(IOperation operation, ISymbol counter) => operation switch
    {
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } step when Names(step.Target, counter) => 1,
        IIncrementOrDecrementOperation { Kind: OperationKind.Decrement } step when Names(step.Target, counter) => -1,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } step when Names(step.Target, counter) =>
            numbers.Of(step.Value),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } step when Names(step.Target, counter) =>
            -numbers.Of(step.Value),
        _ => null,
    };

    private static List<Bound> Bounds(IOperation condition)
    {
        var bounds = new List<Bound>();
        var pending = new Stack<IOperation>();
        pending.Push(condition);
        while (pending.Count > 0)
        {
            if (Unwrap(pending.Pop()) is not IBinaryOperation binary) continue;
            if (binary.OperatorKind == BinaryOperatorKind.ConditionalAnd)
            {
                pending.Push(binary.RightOperand);
                pending.Push(binary.LeftOperand);
            }
            else
            {
                AddBounds(binary, bounds);
            }
        }

        return bounds;
    }

    private static void AddBounds(IBinaryOperation comparison, List<Bound> bounds)
    {
        var (rises, inclusive) = comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => ((bool?)true, false),
            BinaryOperatorKind.LessThanOrEqual => (true, true),
            BinaryOperatorKind.GreaterThan => (false, false),
            BinaryOperatorKind.GreaterThanOrEqual => (false, true),
            BinaryOperatorKind.NotEquals => ((bool?)null, false),
            _ => (null, true),
        };
        if (rises is null && inclusive) return;
        var (left, right) = (comparison.LeftOperand, comparison.RightOperand);
        if (CounterOf(left) is { } first) bounds.Add(new Bound(first, right, rises, inclusive));
        if (CounterOf(right) is { } second) bounds.Add(new Bound(second, left, !rises, inclusive));
    }

    /// <summary>The variable that is compared: <c>i</c>, <c>i + 1</c>, <c>n--</c>.</summary>
    private static ISymbol? CounterOf(IOperation side) => Unwrap(side) switch
    {
        ILocalReferenceOperation { Local.IsConst: false } local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IIncrementOrDecrementOperation step => CounterOf(step.Target),
        IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract,
            RightOperand.ConstantValue.HasValue: true,
        } moved => CounterOf(moved.LeftOperand),
        _ => null,
    };

    private static bool Names(IOperation target, ISymbol counter) =>
        SymbolEqualityComparer.Default.Equals(CpuWrites.VariableOf(target), counter);

    private static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation inner:
                    operation = inner.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    private static string Words(IOperation operation) => CpuWords.Quote(operation.Syntax);

    /// <summary>One comparison of a counter with its limit; <c>!=</c> fits both directions.</summary>
    private readonly record struct Bound(ISymbol Counter, IOperation Limit, bool? Rises, bool Inclusive);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// Where the way parts; and branches of which every one waits: whichever is taken, somebody does.
internal sealed partial class BodyReader
{
    private TurnedOff? _turnedOff;

    private ImmutableArray<Condition> ConditionsAt(PathFacts facts)
    {
        var now = _body.Facts;
        _body.Facts = facts;
        var conditions = _body.Conditions();
        _body.Facts = now;
        return conditions;
    }

    /// <summary>Each branch has a first wait of its own, -1 being none.</summary>
    private void JoinAll(List<int> waits, PathFacts before)
    {
        if (waits.Count > 1 && waits.TrueForAll(static wait => wait >= 0)) _body.Join(waits, ConditionsAt(before));
    }

    /// <summary><c>if (one) { Wait(); return; } Wait();</c>: what follows is the other branch. The last is the innermost.</summary>
    private void JoinParted(List<TurnedOff> parted)
    {
        for (var i = parted.Count - 1; i >= 0; i--)
        {
            var (wait, rest, conditions, before) = parted[i];
            var other = _body.FirstWait(rest, conditions);
            if (other >= 0) _body.Join([wait, other], before);
        }
    }

    /// <summary>A branch that waits and does not come back.</summary>
    /// <param name="Wait">Its first wait.</param>
    /// <param name="Rest">The first step behind it.</param>
    /// <param name="Conditions">What holds there.</param>
    /// <param name="Before">What holds before the two part.</param>
    private readonly record struct TurnedOff(
        int Wait, int Rest, ImmutableArray<Condition> Conditions, ImmutableArray<Condition> Before);

    /// <summary>Notes where there is more than one way on.</summary>
    private void Part(IOperation operation)
    {
        if (Parts(operation)) _body.Part(operation.Syntax.SpanStart);
        else if (operation is ITryOperation attempt && attempt.Catches.Any(static failed => !Completes(failed.Handler)))
            _body.Part(attempt.Syntax.Span.End);
    }

    /// <summary>Who is refused by a throw has no other way on, and what the caller gives is judged with the call.</summary>
    private void Part(IConditionalOperation conditional, List<PathFact> implied, int straight)
    {
        if (IsGiven(conditional.Condition, implied) || conditional.WhenFalse is null && Throws(conditional.WhenTrue))
            _body.StraightLength = straight;
        else if (LooksAtDisk(conditional.Condition))
        {
            _body.StraightLength = straight;
            _body.AskForFile(conditional.Syntax.SpanStart);
        }
        else _body.Part(conditional.Syntax.SpanStart);
    }

    /// <summary>What the caller gives decides alone: <c>path == null || _off</c> is decided by the object as well.</summary>
    private bool IsGiven(IOperation condition, IReadOnlyList<PathFact>? implied = null)
    {
        while (ExpressionKeys.Strip(condition) is IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr,
            } both)
        {
            if (!IsGiven(both.RightOperand)) return false;
            (condition, implied) = (both.LeftOperand, null);
        }

        return IsGiven(implied ?? Implied(condition, true)) || IsGiven(Implied(condition, false));
    }

    /// <summary>Who asks whether the file is there comes to read it.</summary>
    private static bool LooksAtDisk(IOperation condition)
    {
        var asked = ExpressionKeys.Strip(condition);
        while (asked is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not) asked = ExpressionKeys.Strip(not.Operand);
        return asked is IInvocationOperation { TargetMethod: { Name: "Exists", ContainingType.Name: "File" or "Directory" } }
            or IPropertyReferenceOperation
            {
                Property: { Name: "Exists", ContainingType.Name: "FileInfo" or "FileSystemInfo" or "DirectoryInfo" },
            };
    }

    private static bool Returns(IOperation statement) =>
        statement is IReturnOperation || statement is IBlockOperation block && block.Operations.Any(Returns);

    /// <summary>There is more than one way on from here.</summary>
    private static bool Parts(IOperation operation) => operation.Kind switch
    {
        OperationKind.Loop or OperationKind.Coalesce or OperationKind.CoalesceAssignment or OperationKind.Labeled => true,
        // What the caller gives is judged with the call.
        OperationKind.ConditionalAccess => operation is not IConditionalAccessOperation { Operation: IParameterReferenceOperation },
        OperationKind.Switch => operation is not ISwitchOperation { Value: IParameterReferenceOperation, Cases: var cases }
            || cases.Any(static one => one.Body.Any(Returns)),
        OperationKind.SwitchExpression => operation is not ISwitchExpressionOperation { Value: IParameterReferenceOperation },
        OperationKind.Binary => operation is IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr
        },
        _ => false,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Work that happens once: <c>if (x is null) x = Load();</c> and its relatives, with and without a second look under the lock.
/// </summary>
internal static class OneTimeLoad
{
    /// <summary>Whether one of the steps of a path is taken only until a field is set.</summary>
    public static bool Guards(Reach reach, SummarySource summaries, CancellationToken cancellation) =>
        reach.Links.Any(link => IsGuarded(link.Body, link.Step, summaries, cancellation));

    /// <summary>
    /// Whether one of the steps of a path makes an entry of a collection that lacks it:
    /// <c>if (_known.TryGetValue(key, out var found)) return found; … _known.Add(key, Load(key));</c>.
    /// </summary>
    public static bool GuardsEntry(Reach reach, SummarySource summaries, CancellationToken cancellation) =>
        reach.Links.Any(link => MakesEntry(link.Body, link.Step, summaries, cancellation));

    private static bool MakesEntry(BodySummary body, Step step, SummarySource summaries, CancellationToken cancellation)
    {
        var written = WrittenBy(body, step, summaries, cancellation);
        foreach (var node in Around(body, step, cancellation))
        {
            if (node is IfStatementSyntax { Condition: PrefixUnaryExpressionSyntax { Operand: var lacking } } branch
                && branch.Statement.Span.Contains(step.Span) && LooksUp(lacking, written)) return true;
            if (node is StatementSyntax { Parent: BlockSyntax block } statement
                && block.Statements.TakeWhile(other => other != statement).Any(other =>
                    other is IfStatementSyntax found && Leaves(found.Statement) && LooksUp(found.Condition, written)))
                return true;
        }

        return false;
    }

    private static bool LooksUp(ExpressionSyntax condition, HashSet<string> written) =>
        condition is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue" or "ContainsKey" } call,
        }
        && written.Contains(NameOf(call.Expression));

    private static bool IsGuarded(BodySummary body, Step step, SummarySource summaries, CancellationToken cancellation)
    {
        var written = WrittenBy(body, step, summaries, cancellation);
        ReadBody(written, body, cancellation);
        foreach (var node in Around(body, step, cancellation))
        {
            switch (node)
            {
                // x ??= Load()
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment
                    when written.Contains(NameOf(assignment.Left)):
                // return x ?? (x = Load())
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice
                    when choice.Right.Span.Contains(step.Span) && written.Contains(NameOf(choice.Left)):
                // if (x == null) x = Load()
                case IfStatementSyntax branch when branch.Statement.Span.Contains(step.Span) && AsksWhetherUnset(branch.Condition, written):
                // if (Lacks(x)) lock (gate) { if (Lacks(x)) Load(x); }
                case LockStatementSyntax held when IsAskedTwice(held):
                // if (x != null) return; x = Load()
                case StatementSyntax { Parent: BlockSyntax block } statement
                    when block.Statements.TakeWhile(other => other != statement).Any(other => LeavesWhenSet(other, written)):
                    return true;
            }
        }

        return false;
    }

    /// <summary>The same question before the lock and as the first thing under it: who loses the race finds the work done.</summary>
    private static bool IsAskedTwice(LockStatementSyntax held) =>
        (held.Parent is BlockSyntax block ? block.Parent : held.Parent) is IfStatementSyntax { Condition: var before }
        && (held.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements[0] : held.Statement)
            is IfStatementSyntax { Condition: var again }
        && SyntaxFactory.AreEquivalent(before, again);

    /// <summary>The place of a step and what of its body is around it, from the inside to the outside.</summary>
    private static IEnumerable<SyntaxNode> Around(BodySummary body, Step step, CancellationToken cancellation)
    {
        var root = body.Tree.GetRoot(cancellation);
        return root.FullSpan.Contains(step.Span)
            ? root.FindNode(step.Span, getInnermostNodeForTie: true).AncestorsAndSelf().TakeWhile(node => body.Span.Contains(node.Span))
            : [];
    }

    /// <summary>Names of the fields that the body, or what it calls at this step, assigns.</summary>
    private static HashSet<string> WrittenBy(BodySummary body, Step step, SummarySource summaries, CancellationToken cancellation)
    {
        var uses = body.Fields.AsEnumerable();
        if (step.Target is { } target && summaries.Get(target, cancellation) is { } callee) uses = uses.Concat(callee.Fields);
        return [.. uses.Where(static use => use.Writes).Select(static use => use.Field.Substring(use.Field.LastIndexOf('.') + 1))];
    }

    /// <summary>
    /// <c>var known = _known; if (known == null) lock (gate) …</c>: a local that a written field was copied to. What counts is no state:
    /// <c>if (_left == 0) { Refill(); } _left--;</c>.
    /// </summary>
    private static void ReadBody(HashSet<string> written, BodySummary body, CancellationToken cancellation)
    {
        var root = body.Tree.GetRoot(cancellation);
        if (!root.FullSpan.Contains(body.Span)) return;
        var nodes = root.FindNode(body.Span).DescendantNodes().ToList();
        foreach (var published in nodes.OfType<InvocationExpressionSyntax>().Select(Published).OfType<string>()) written.Add(published);
        if (written.Count == 0) return;
        foreach (var node in nodes)
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } value } copy when written.Contains(NameOf(value)):
                    written.Add(copy.Identifier.ValueText);
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } step:
                    written.Remove(NameOf(step.Operand));
                    break;
                case PrefixUnaryExpressionSyntax
                    { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step:
                    written.Remove(NameOf(step.Operand));
                    break;
                case AssignmentExpressionSyntax
                    { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } step:
                    written.Remove(NameOf(step.Left));
                    break;
            }
        }
    }

    /// <summary>
    /// <c>Volatile.Write(ref _known, …)</c>, <c>Interlocked.CompareExchange(ref _known, …)</c>: the field that is given a value.
    /// </summary>
    private static string? Published(InvocationExpressionSyntax call) =>
        call is
        {
            Expression: MemberAccessExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "Volatile" or "Interlocked" },
                Name.Identifier.ValueText: "Write" or "Exchange" or "CompareExchange",
            },
            ArgumentList.Arguments: { Count: > 1 } given,
        }
            ? LastName.Of(given[0].Expression)
            : null;

    private static bool LeavesWhenSet(StatementSyntax statement, HashSet<string> written) =>
        statement is IfStatementSyntax branch && Leaves(branch.Statement) && AsksWhetherSet(branch.Condition, written);

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => statements[statements.Count - 1] is ReturnStatementSyntax,
        _ => false,
    };

    private static bool AsksWhetherUnset(ExpressionSyntax condition, HashSet<string> written) => condition switch
    {
        ParenthesizedExpressionSyntax inner => AsksWhetherUnset(inner.Expression, written),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both =>
            AsksWhetherUnset(both.Left, written) || AsksWhetherUnset(both.Right, written),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal => ComparesWithNothing(equal, written),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax constant } test =>
            IsNothing(constant.Expression) && written.Contains(NameOf(test.Expression)),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => written.Contains(NameOf(not.Operand)),
        _ => false,
    };

    private static bool AsksWhetherSet(ExpressionSyntax condition, HashSet<string> written) => condition switch
    {
        ParenthesizedExpressionSyntax inner => AsksWhetherSet(inner.Expression, written),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both =>
            AsksWhetherSet(both.Left, written) || AsksWhetherSet(both.Right, written),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } different => ComparesWithNothing(different, written),
        // if (_state == 2) return;
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax state } reached =>
            state.IsKind(SyntaxKind.NumericLiteralExpression) && !IsNothing(state) && written.Contains(NameOf(reached.Left)),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax constant } } test =>
            IsNothing(constant.Expression) && written.Contains(NameOf(test.Expression)),
        IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax } test => written.Contains(NameOf(test.Expression)),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => written.Contains(NameOf(condition)),
        _ => false,
    };

    private static bool ComparesWithNothing(BinaryExpressionSyntax comparison, HashSet<string> written) =>
        IsNothing(comparison.Right) && written.Contains(NameOf(comparison.Left))
        || IsNothing(comparison.Left) && written.Contains(NameOf(comparison.Right));

    private static bool IsNothing(ExpressionSyntax value) => value.Kind() is
        SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.DefaultExpression
            or SyntaxKind.FalseLiteralExpression
        || value is LiteralExpressionSyntax { Token.Value: 0 };

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        // Volatile.Read(ref _known)
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "Volatile" or "Interlocked" },
            },
            ArgumentList.Arguments: { Count: > 0 } read,
        } => NameOf(read[0].Expression),
        _ => LastName.Of(expression) ?? "",
    };
}

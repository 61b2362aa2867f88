using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Where an asynchronous body has left its loop for good: what stands behind <c>await work.ConfigureAwait(false)</c> goes on wherever
/// the work has ended.
/// </summary>
internal static class OffLoop
{
    public const string Words = "a pool thread after 'ConfigureAwait(false)'";

    /// <summary>Whether such an await stands before a place on every way to it.</summary>
    /// <param name="place">A node of the body.</param>
    /// <param name="body">The span of the body.</param>
    public static bool IsBehind(SyntaxNode place, TextSpan body)
    {
        if (Leaves(place)) return true;
        for (var node = place; node.Parent is { } parent && node.Span != body; node = parent)
        {
            var isBehind = parent switch
            {
                BlockSyntax block => block.Statements.TakeWhile(one => one != node).Any(Always),
                SwitchSectionSyntax section => section.Statements.TakeWhile(one => one != node).Any(Always),
                IfStatementSyntax choice => node != choice.Condition && Leaves(choice.Condition),
                WhileStatementSyntax loop => node != loop.Condition && Leaves(loop.Condition),
                ForStatementSyntax loop => node == loop.Statement && Leaves(loop.Condition),
                ForEachStatementSyntax each => node == each.Statement
                    && (Leaves(each.Expression) || each.AwaitKeyword.RawKind != 0 && IsUnbound(each.Expression)),
                UsingStatementSyntax held => node == held.Statement && (Leaves(held.Expression) || Leaves(held.Declaration)),
                SwitchStatementSyntax choice => node != choice.Expression && Leaves(choice.Expression),
                _ => false,
            };
            if (isBehind) return true;
        }

        return false;
    }

    /// <summary><c>await _context;</c>: what is awaited in the same function and is no task may bring it back to the loop.</summary>
    public static bool MayComeBack(SyntaxNode place, SemanticModel model) =>
        MemberText.FunctionAround(place)?.DescendantNodes().OfType<AwaitExpressionSyntax>()
            .Any(await => model.GetTypeInfo(await.Expression).Type is not { } awaited || !IsTask(awaited)) == true;

    private static bool IsTask(ITypeSymbol awaited) => awaited.Name is "Task" or "ValueTask" or "ConfiguredTaskAwaitable"
        or "ConfiguredValueTaskAwaitable" or "ConfiguredAsyncDisposable" or "YieldAwaitable" or "DispatcherOperation";

    /// <summary>A statement that does not end on the loop.</summary>
    private static bool Always(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax or LocalDeclarationStatementSyntax => Leaves(statement),
        BlockSyntax block => block.Statements.Any(Always),
        IfStatementSyntax choice => Leaves(choice.Condition)
            || choice.Else is { } other && Always(choice.Statement) && Always(other.Statement),
        WhileStatementSyntax loop => Leaves(loop.Condition),
        DoStatementSyntax loop => Always(loop.Statement),
        UsingStatementSyntax held => Leaves(held.Expression) || Leaves(held.Declaration) || Always(held.Statement),
        // Whoever comes out of a catch may not have come so far.
        TryStatementSyntax { Catches.Count: 0 } attempt => Always(attempt.Block),
        TryStatementSyntax attempt => Always(attempt.Block) && attempt.Catches.All(static one => one.Block.Statements.LastOrDefault()
            is ReturnStatementSyntax or ThrowStatementSyntax),
        _ => false,
    };

    private static bool Leaves(SyntaxNode? part) => part is not null
        && part.DescendantNodesAndSelf(static node => !MemberText.IsFunction(node)).OfType<AwaitExpressionSyntax>()
            .Any(await => IsUnbound(await.Expression) && IsOnEveryWay(await, part));

    private static bool IsUnbound(ExpressionSyntax awaited)
    {
        return awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var work } access } call
            && access.Name.Identifier.ValueText == "ConfigureAwait"
            && call.ArgumentList.Arguments is { Count: 1 } given && IsNo(given[0].Expression) && !IsThereAlready(work);
    }

    /// <summary><c>false</c>, or options none of which is to go on where it was.</summary>
    private static bool IsNo(ExpressionSyntax asked) => asked switch
    {
        MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "None" or "ForceYielding" or "SuppressThrowing", Expression: var options,
        } => options.ToString().EndsWith("ConfigureAwaitOptions", StringComparison.Ordinal),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } both => IsNo(both.Left) && IsNo(both.Right),
        _ => asked.IsKind(SyntaxKind.FalseLiteralExpression),
    };

    /// <summary>What is complete when it is awaited goes on where it was.</summary>
    private static bool IsThereAlready(ExpressionSyntax work) => work switch
    {
        InvocationExpressionSyntax call => MemberText.NameOf(call) is "FromResult" or "FromException" or "FromCanceled",
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "CompletedTask",
        _ => false,
    };

    private static bool IsOnEveryWay(SyntaxNode await, SyntaxNode part)
    {
        for (var node = await; node != part && node.Parent is { } parent; node = parent)
        {
            var mayBeSkipped = parent switch
            {
                ConditionalExpressionSyntax choice => node != choice.Condition,
                BinaryExpressionSyntax both => node == both.Right && both.Kind() is SyntaxKind.LogicalAndExpression
                    or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression,
                AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
                ConditionalAccessExpressionSyntax access => node == access.WhenNotNull,
                SwitchExpressionArmSyntax => true,
                _ => false,
            };
            if (mayBeSkipped) return false;
        }

        return true;
    }
}

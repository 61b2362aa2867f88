using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Code that runs because something was cancelled: given the token, it would throw before it has done anything.</summary>
internal static class AfterCancellation
{
    public static bool Is(SemanticModel model, SyntaxNode at, CancellationToken cancellation)
    {
        for (var node = at; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case CatchClauseSyntax clause when clause.Block == node && TakesCancellation(model, clause, cancellation):
                case IfStatementSyntax choice when choice.Statement == node && Asks(choice.Condition, false):
                case ElseClauseSyntax { Parent: IfStatementSyntax other } when Asks(other.Condition, true):
                case ConditionalExpressionSyntax value when value.WhenTrue == node && Asks(value.Condition, false)
                    || value.WhenFalse == node && Asks(value.Condition, true):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both
                    when both.Right == node && Asks(both.Left, false):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either
                    when either.Right == node && Asks(either.Left, true):
                case WhileStatementSyntax loop when loop.Statement == node && Asks(loop.Condition, false):
                case StatementSyntax polls when Functions.IsLoop(polls) && IsPolling(polls) && IsFollowed(polls):
                case BlockSyntax block when block.Statements.Any(statement => statement.SpanStart < node.SpanStart
                    && EndsInCancellation(model, statement, cancellation)):
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } when unit.Members.OfType<GlobalStatementSyntax>()
                    .Any(one => one.SpanStart < node.SpanStart && EndsInCancellation(model, one.Statement, cancellation)):
                    return true;
            }
        }

        return false;
    }

    /// <summary>A loop that ends when it sees the token, as the code behind it expects.</summary>
    private static bool IsPolling(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Condition: var condition } when Asks(condition, true) => true,
        DoStatementSyntax { Condition: var condition } when Asks(condition, true) => true,
        ForStatementSyntax { Condition: { } condition } when Asks(condition, true) => true,
        _ => Functions.OwnNodes(loop).OfType<IfStatementSyntax>().Any(static choice => Asks(choice.Condition, false)
            && choice.Statement.DescendantNodesAndSelf().Any(static node => node is BreakStatementSyntax)),
    };

    private static bool IsFollowed(StatementSyntax loop)
    {
        for (SyntaxNode node = loop; node.Parent is { } parent && !Functions.IsFunction(node); node = parent)
        {
            if (parent is BlockSyntax block && block.Statements.Last() != node
                && block.Statements[block.Statements.IndexOf((StatementSyntax)node) + 1] is not LocalFunctionStatementSyntax
                || parent is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global
                && unit.Members.OfType<GlobalStatementSyntax>().Last() != global) return true;
        }

        return false;
    }

    /// <summary>Whether a condition asks for cancellation, or for the opposite of it, anywhere.</summary>
    private static bool Asks(ExpressionSyntax condition, bool isOpposite) => condition.DescendantNodesAndSelf()
        .OfType<IdentifierNameSyntax>().Where(static name => name.Identifier.ValueText == "IsCancellationRequested")
        .Any(name => isOpposite == IsDenied(name, condition));

    private static bool IsDenied(SyntaxNode name, SyntaxNode condition)
    {
        var isDenied = false;
        for (var node = name; ; node = node.Parent!)
        {
            if (node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }
                or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression,
                    Right.RawKind: (int)SyntaxKind.FalseLiteralExpression }
                or IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax
                    { Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression } }) isDenied = !isDenied;
            if (node == condition) return isDenied;
        }
    }

    /// <summary>A catch clause that takes what a cancelled call throws, unless one before it has taken that.</summary>
    private static bool TakesCancellation(SemanticModel model, CatchClauseSyntax clause, CancellationToken cancellation)
    {
        if (clause.Declaration is not { } declaration) return true;
        var type = model.GetTypeInfo(declaration.Type, cancellation).Type;
        if (type?.Name is "OperationCanceledException" or "TaskCanceledException") return true;
        if (type?.Name is not ("Exception" or "SystemException" or "AggregateException")) return false;
        // `catch (Exception e) when (e is not OperationCanceledException)`
        if (clause.Filter is { } filter && filter.DescendantNodes().OfType<UnaryPatternSyntax>()
            .Any(static not => not.ToString().EndsWith("OperationCanceledException", StringComparison.Ordinal))) return false;
        return clause.Parent is not TryStatementSyntax attempt || !attempt.Catches.TakeWhile(one => one != clause)
            .Any(one => one.Filter is null && one.Declaration is { } earlier
                && model.GetTypeInfo(earlier.Type, cancellation).Type?.Name == "OperationCanceledException");
    }

    /// <summary>A statement that cancels, or that is left behind only when cancellation was asked for.</summary>
    private static bool EndsInCancellation(
        SemanticModel model, StatementSyntax statement, CancellationToken cancellation) => statement switch
    {
        WhileStatementSyntax loop when Asks(loop.Condition, true) => true,
        DoStatementSyntax loop when Asks(loop.Condition, true) => true,
        ForStatementSyntax { Condition: { } condition } when Asks(condition, true) => true,
        IfStatementSyntax { Else: null } choice when Asks(choice.Condition, true)
            && model.AnalyzeControlFlow(choice.Statement) is { Succeeded: true, EndPointIsReachable: false } => true,
        LocalFunctionStatementSyntax => false,
        _ => Functions.OwnNodes(statement).OfType<InvocationExpressionSyntax>().Any(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" or "CancelAsync" } access
            && model.GetTypeInfo(access.Expression, cancellation).Type?.Name == "CancellationTokenSource"),
    };
}

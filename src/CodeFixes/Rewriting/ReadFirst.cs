using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Whether what work needs of its object can be read in a statement before the one that the work is part of.</summary>
internal static class ReadFirst
{
    public static bool CanBe(
        IReadOnlyList<ExpressionSyntax> reads, SemanticModel model, ExpressionSyntax work, SyntaxNode function,
        CancellationToken cancellation) =>
        HasRoom(work, function) && !Earlier(work, function).Any(node => MayChange(reads, model, node, cancellation));

    /// <summary>A statement of its own in a block, or the whole of a function, always evaluated.</summary>
    private static bool HasRoom(ExpressionSyntax work, SyntaxNode function)
    {
        for (SyntaxNode node = work; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax conditional when conditional.Condition != node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression
                    or (int)SyntaxKind.CoalesceExpression } logical when logical.Right == node:
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment
                    when assignment.Right == node:
                case SwitchExpressionArmSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax:
                    return parent == function;
                case ArrowExpressionClauseSyntax:
                    return parent.Parent == function;
                case ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax:
                    return parent.Parent is BlockSyntax;
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>What the same statement evaluates before the work.</summary>
    private static IEnumerable<SyntaxNode> Earlier(ExpressionSyntax work, SyntaxNode function)
    {
        SyntaxNode whole = work.FirstAncestorOrSelf<StatementSyntax>() is { } statement && function.Span.Contains(statement.Span)
            ? statement
            : Functions.Body(function)!;
        return whole.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
            .Where(node => node.Span.End <= work.SpanStart);
    }

    /// <summary>Code of ours may change anything; that of others what it is asked of.</summary>
    private static bool MayChange(
        IReadOnlyList<ExpressionSyntax> reads, SemanticModel model, SyntaxNode node, CancellationToken cancellation) => node switch
    {
        AwaitExpressionSyntax or AssignmentExpressionSyntax => true,
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression)
            || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax =>
            model.GetSymbolInfo(node, cancellation).Symbol is not { DeclaringSyntaxReferences.IsEmpty: true }
            || NamesIn(node).Intersect(reads.SelectMany(NamesIn)).Any(),
        _ => false,
    };

    private static IEnumerable<string> NamesIn(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText);
}

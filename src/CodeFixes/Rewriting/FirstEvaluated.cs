using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Whether a statement always evaluates an expression, and nothing before it but names.</summary>
internal static class FirstEvaluated
{
    public static bool Is(ExpressionSyntax expression, StatementSyntax statement)
    {
        for (SyntaxNode child = expression; child != statement; child = child.Parent!)
        {
            if (child.Parent is not { } parent || !Comes(child, parent)) return false;
        }

        return true;
    }

    private static bool Comes(SyntaxNode child, SyntaxNode parent) => parent switch
    {
        ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: 0 }
            or EqualsValueClauseSyntax or ReturnStatementSyntax or ExpressionStatementSyntax or PrefixUnaryExpressionSyntax => true,
        VariableDeclaratorSyntax or VariableDeclarationSyntax { Variables.Count: 1 } => true,
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.RawKind == 0 && !declaration.IsConst,
        BaseArgumentListSyntax list =>
            list.Arguments.TakeWhile(argument => argument != child).All(static argument => IsName(argument.Expression)),
        InvocationExpressionSyntax call => call.Expression == child || IsCallee(call.Expression),
        ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax => child is ArgumentListSyntax,
        ElementAccessExpressionSyntax access => access.Expression == child || IsName(access.Expression),
        MemberAccessExpressionSyntax => true,
        ConditionalAccessExpressionSyntax access => access.Expression == child,
        ConditionalExpressionSyntax choice => choice.Condition == child,
        AssignmentExpressionSyntax assignment => assignment.Left == child
            || !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && IsName(assignment.Left),
        BinaryExpressionSyntax binary => binary.Left == child
            || !binary.IsKind(SyntaxKind.LogicalAndExpression) && !binary.IsKind(SyntaxKind.LogicalOrExpression)
                && !binary.IsKind(SyntaxKind.CoalesceExpression)
                && IsName(binary.Left),
        IfStatementSyntax branch => branch.Condition == child,
        ForEachStatementSyntax loop => loop.Expression == child,
        SwitchStatementSyntax choice => choice.Expression == child,
        _ => false,
    };

    private static bool IsCallee(ExpressionSyntax callee) =>
        callee is SimpleNameSyntax || callee is MemberAccessExpressionSyntax access && IsName(access.Expression);

    /// <summary>Evaluating it does nothing and cannot go wrong in another way later.</summary>
    public static bool IsName(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or LiteralExpressionSyntax or PredefinedTypeSyntax => true,
        MemberAccessExpressionSyntax access => IsName(access.Expression),
        ElementAccessExpressionSyntax access =>
            IsName(access.Expression) && access.ArgumentList.Arguments.All(static argument => IsName(argument.Expression)),
        _ => false,
    };
}

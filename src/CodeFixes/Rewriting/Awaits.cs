using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Puts <c>await</c> in front of expressions so that they mean the same to the code around them.</summary>
internal static class Awaits
{
    /// <summary>The edit that awaits a call, or null where the syntax around it has no awaited form.</summary>
    /// <param name="call">The call in the original tree.</param>
    /// <param name="awaitable">Makes the awaitable expression of the (rewritten) call.</param>
    public static NodeEdit? Around(ExpressionSyntax call, Func<ExpressionSyntax, ExpressionSyntax> awaitable)
    {
        if (ConditionOf(call) is { } conditional) return AroundConditional(call, conditional, awaitable);
        return new NodeEdit(call, current => Wrap(call, awaitable((ExpressionSyntax)current)));
    }

    /// <summary>The call as it would be written without <c>?.</c>: for binding, and for the awaited form.</summary>
    public static ExpressionSyntax Plain(ExpressionSyntax call)
    {
        SyntaxNode chain = call;
        while (chain.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or PostfixUnaryExpressionSyntax
            || chain.Parent is ConditionalAccessExpressionSyntax outer && outer.Expression == chain) chain = chain.Parent;
        return chain.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == chain
            ? Join(Plain(conditional.Expression).WithoutTrivia(), call)
            : call;
    }

    /// <summary><c>await</c> with the trivia of what it replaces, in parentheses where precedence asks for them.</summary>
    public static ExpressionSyntax Wrap(ExpressionSyntax original, ExpressionSyntax awaitable)
    {
        var bare = AwaitExpression(Token(TriviaList(), SyntaxKind.AwaitKeyword, TriviaList(Space)), awaitable.WithoutLeadingTrivia()
            .WithoutTrailingTrivia());
        ExpressionSyntax whole = NeedsParentheses(original) ? ParenthesizedExpression(bare) : bare;
        return whole.WithLeadingTrivia(original.GetLeadingTrivia()).WithTrailingTrivia(original.GetTrailingTrivia());
    }

    private static bool NeedsParentheses(ExpressionSyntax original) => original.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == original,
        ElementAccessExpressionSyntax access => access.Expression == original,
        InvocationExpressionSyntax invocation => invocation.Expression == original,
        ConditionalAccessExpressionSyntax access => access.Expression == original,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };

    /// <summary>The <c>?.</c> that decides whether the call happens at all.</summary>
    private static ConditionalAccessExpressionSyntax? ConditionOf(ExpressionSyntax call)
    {
        SyntaxNode chain = call;
        while (chain.Parent
            is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax)
            chain = chain.Parent;
        return chain.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == chain ? conditional : null;
    }

    /// <summary>
    /// <c>x?.Flush();</c> becomes <c>if (x != null) await x.FlushAsync();</c>. Anything more than a statement about a
    /// plain name would need a temporary, and that is for the author.
    /// </summary>
    private static NodeEdit? AroundConditional(
        ExpressionSyntax call, ConditionalAccessExpressionSyntax conditional, Func<ExpressionSyntax, ExpressionSyntax> awaitable)
    {
        if (conditional.WhenNotNull != call) return null;
        if (conditional.Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }))
            return null;
        if (conditional.Parent is not ExpressionStatementSyntax statement || TakesAnElse(statement)) return null;
        return new NodeEdit(statement, current =>
        {
            var rewritten = (ConditionalAccessExpressionSyntax)((ExpressionStatementSyntax)current).Expression;
            var receiver = rewritten.Expression.WithoutTrivia();
            var awaited =
                AwaitExpression(Token(TriviaList(), SyntaxKind.AwaitKeyword, TriviaList(Space)),
                    awaitable(Join(receiver, rewritten.WhenNotNull)).WithoutTrivia());
            var condition = BinaryExpression(
                SyntaxKind.NotEqualsExpression,
                receiver,
                Token(TriviaList(Space), SyntaxKind.ExclamationEqualsToken, TriviaList(Space)),
                LiteralExpression(SyntaxKind.NullLiteralExpression));
            return IfStatement(
                    Token(TriviaList(), SyntaxKind.IfKeyword, TriviaList(Space)),
                    Token(SyntaxKind.OpenParenToken),
                    condition,
                    Token(TriviaList(), SyntaxKind.CloseParenToken, TriviaList(Space)),
                    ExpressionStatement(awaited),
                    null)
                .WithTriviaFrom(statement);
        });
    }

    /// <summary>Whether an <c>else</c> that belongs to an <c>if</c> further out would go to one that is put here.</summary>
    private static bool TakesAnElse(StatementSyntax statement)
    {
        for (SyntaxNode node = statement; node.Parent is StatementSyntax or ElseClauseSyntax; node = node.Parent!)
        {
            if (node.Parent is BlockSyntax) return false;
            if (node.Parent is IfStatementSyntax { Else: not null } choice && choice.Statement == node) return true;
        }

        return false;
    }

    private static ExpressionSyntax Join(ExpressionSyntax receiver, ExpressionSyntax whenNotNull)
    {
        if (whenNotNull is MemberBindingExpressionSyntax alone) return Access(receiver, alone);
        return whenNotNull.DescendantNodes().OfType<MemberBindingExpressionSyntax>().FirstOrDefault() is { } binding
            ? whenNotNull.ReplaceNode(binding, Access(receiver, binding))
            : whenNotNull;
    }

    private static MemberAccessExpressionSyntax Access(ExpressionSyntax receiver, MemberBindingExpressionSyntax binding) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, binding.Name);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Puts <c>await</c> in front of expressions so that they mean the same to the code around them.</summary>
internal static class Awaits
{
    /// <summary>The edit that awaits a call, or null where the syntax around it has no awaited form.</summary>
    /// <param name="model">Of the file that the call is in.</param>
    /// <param name="call">The call in the original tree.</param>
    /// <param name="awaitable">Makes the awaitable expression of the (rewritten) call.</param>
    public static NodeEdit? Around(SemanticModel model, ExpressionSyntax call, Func<ExpressionSyntax, ExpressionSyntax> awaitable)
    {
        if (ConditionalAwait.ConditionOf(call) is { } condition) return ConditionalAwait.Around(model, call, condition, awaitable);
        if (call is not MemberAccessExpressionSyntax { Name: var name })
            return new NodeEdit(call, current => Wrap(call, awaitable((ExpressionSyntax)current)));
        // What takes its name from the expression says it itself then.
        return call.Parent switch
        {
            AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } member => new NodeEdit(member, current =>
                AnonymousObjectMemberDeclarator(
                    NameEquals(IdentifierName(name.Identifier.WithoutTrivia()).WithTrailingTrivia(Space))
                        .WithEqualsToken(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space)),
                    Wrap(call, awaitable(((AnonymousObjectMemberDeclaratorSyntax)current).Expression)).WithoutLeadingTrivia())
                .WithLeadingTrivia(current.GetLeadingTrivia())),
            ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } element
                when IsNamed(model, tuple, name.Identifier.ValueText) => new NodeEdit(element, current => Argument(
                NameColon(IdentifierName(name.Identifier.WithoutTrivia())).WithTrailingTrivia(Space), default,
                Wrap(call, awaitable(((ArgumentSyntax)current).Expression)).WithoutLeadingTrivia())
                .WithLeadingTrivia(current.GetLeadingTrivia())),
            _ => new NodeEdit(call, current => Wrap(call, awaitable((ExpressionSyntax)current))),
        };
    }

    /// <summary>Of two elements that would take the same name neither has it.</summary>
    private static bool IsNamed(SemanticModel model, TupleExpressionSyntax tuple, string name) =>
        model.GetTypeInfo(tuple).Type is INamedTypeSymbol { IsTupleType: true } type
        && type.TupleElements.Any(element => element.Name == name);

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
    /// <param name="original">The call in the original tree.</param>
    /// <param name="awaitable">What is awaited.</param>
    /// <param name="isHead">Whether more follows, where the parent of the original does not tell.</param>
    public static ExpressionSyntax Wrap(ExpressionSyntax original, ExpressionSyntax awaitable, bool? isHead = null)
    {
        var bare = Keyword(awaitable.WithoutLeadingTrivia().WithoutTrailingTrivia());
        ExpressionSyntax whole = isHead ?? NeedsParentheses(original) ? ParenthesizedExpression(bare) : bare;
        return whole.WithLeadingTrivia(original.GetLeadingTrivia()).WithTrailingTrivia(original.GetTrailingTrivia());
    }

    /// <summary><c>await</c> in front of an expression, and nothing around it.</summary>
    public static AwaitExpressionSyntax Keyword(ExpressionSyntax awaitable) =>
        AwaitExpression(Token(TriviaList(), SyntaxKind.AwaitKeyword, TriviaList(Space)), awaitable)
            .WithAdditionalAnnotations(AwaitStyle.New);

    private static bool NeedsParentheses(ExpressionSyntax original) => original.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == original,
        ElementAccessExpressionSyntax access => access.Expression == original,
        InvocationExpressionSyntax invocation => invocation.Expression == original,
        ConditionalAccessExpressionSyntax access => access.Expression == original,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };

    /// <summary>A chain behind a question mark, asked of a receiver that is there.</summary>
    public static ExpressionSyntax Join(ExpressionSyntax receiver, ExpressionSyntax whenNotNull)
    {
        var binding = whenNotNull.DescendantNodesAndSelf()
            .First(static node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax);
        ExpressionSyntax access = binding is ElementBindingExpressionSyntax element
            ? ElementAccessExpression(receiver, element.ArgumentList)
            : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, ((MemberBindingExpressionSyntax)binding).Name);
        return binding == whenNotNull ? access : whenNotNull.ReplaceNode(binding, access);
    }
}

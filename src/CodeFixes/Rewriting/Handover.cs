using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>An expression that is handed as a lambda to somebody who runs it at once or elsewhere: <c>gate(() =&gt; work)</c>.</summary>
internal static class Handover
{
    /// <summary>Nothing in it has to stay in the function that it is written in.</summary>
    public static bool Allows(ExpressionSyntax work) => !work.DescendantNodes().Any(static node =>
        node is AwaitExpressionSyntax or SingleVariableDesignationSyntax or BaseExpressionSyntax
            or ArgumentSyntax { RefKindKeyword.RawKind: not 0 });

    public static NodeEdit To(ExpressionSyntax gate, SyntaxNode work) => new(work, current =>
        InvocationExpression(gate, ArgumentList(SingletonSeparatedList(Argument(
            ParenthesizedLambdaExpression(ParameterList(), null, ((ExpressionSyntax)current).WithoutTrivia())
                .WithArrowToken(Token(TriviaList(Space), SyntaxKind.EqualsGreaterThanToken, TriviaList(Space)))))))
            .WithTriviaFrom(current));
}

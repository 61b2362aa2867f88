using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>Functions that a method gives to whoever calls it: <c>Action Greeting() =&gt; () =&gt; Greet();</c>.</summary>
internal static class GivenBack
{
    /// <summary>Whether a lambda is what its own member returns.</summary>
    public static bool IsBy(IMethodSymbol owner, SyntaxNode function)
    {
        if (owner.ReturnType.TypeKind != TypeKind.Delegate || function is not AnonymousFunctionExpressionSyntax) return false;
        var place = function;
        while (place.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax) place = place.Parent;
        return place.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax
            && MemberText.FunctionAround(place.Parent) is MethodDeclarationSyntax;
    }
}

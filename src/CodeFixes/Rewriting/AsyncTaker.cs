using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// A call that would not wait for an asynchronous lambda, of a method that has a form beside it which does: <c>Assert.Throws</c> and
/// <c>Assert.ThrowsAsync</c>.
/// </summary>
internal static class AsyncTaker
{
    /// <summary>The call that takes a lambda, and the name of the method that waits for it and gives the same; null for none.</summary>
    public static (InvocationExpressionSyntax Call, SimpleNameSyntax Named)? Of(
        SemanticModel model, AnonymousFunctionExpressionSyntax lambda, CancellationToken cancellation)
    {
        if (lambda is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ReturnType: null }
            || lambda.Parent is not ArgumentSyntax { NameColon: null, Parent.Parent: InvocationExpressionSyntax call } argument
            || NameOf(call) is not { } named
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            || TaskWaits.IsTaskLike(method.ReturnType)
            || method.ContainingType.GetMembers(method.Name + "Async").IsEmpty) return null;
        var index = call.ArgumentList.Arguments.IndexOf(argument);
        var stand = SyntaxFactory.ParseExpression("async () => await global::System.Threading.Tasks.Task.Yield()");
        var name = named.WithIdentifier(SyntaxFactory.Identifier(method.Name + "Async"));
        var asked = call.ReplaceNodes([(SyntaxNode)named, argument.Expression], (old, _) => old == named ? name : stand);
        return model.GetSpeculativeSymbolInfo(call.SpanStart, asked, SpeculativeBindingOption.BindAsExpression).Symbol
                is IMethodSymbol taker
            && SymbolEqualityComparer.Default.Equals(taker.ContainingType, method.ContainingType)
            && taker.Parameters.Length > index
            && taker.Parameters[index].Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var given }
            && TaskWaits.IsTaskLike(given)
            && Gives(model, taker, call.SpanStart, method.ReturnType) ? (call, named) : null;
    }

    private static bool Gives(SemanticModel model, IMethodSymbol taker, int position, ITypeSymbol wanted) =>
        TaskWaits.IsTaskLike(taker.ReturnType)
        && SymbolEqualityComparer.Default.Equals(AwaitResult.Of(model, taker.ReturnType, position), wanted);

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax { Name: var name } => name,
        _ => null,
    };
}

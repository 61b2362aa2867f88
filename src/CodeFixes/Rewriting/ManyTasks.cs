using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Waits for several tasks whose asynchronous form has another shape: a token that ends the wait, and the index of the task that was first.
/// </summary>
internal static class ManyTasks
{
    public static Twin? Find(SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation)
    {
        if (!TaskWaits.IsTask(method.ContainingType) || method.Name is not ("WaitAll" or "WaitAny")
            || call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null)
            || call.Expression is not (MemberAccessExpressionSyntax or IdentifierNameSyntax)) return null;
        var isAny = method.Name == "WaitAny";
        var hasToken = call.ArgumentList.Arguments.Count == 2
            && CancellationThreading.IsToken(model.GetTypeInfo(call.ArgumentList.Arguments[1].Expression, cancellation).ConvertedType);
        if (!hasToken && (!isAny || call.ArgumentList.Arguments.Count != 1)) return null;
        if (!isAny && CaughtErrors.KnowTheWrapper(call)) return null;
        var imports = new List<string>();
        ExpressionSyntax? Written(SyntaxNode current) => Rewritten(model, (InvocationExpressionSyntax)current, call, hasToken, imports);
        if (Written(call) is not { } asked || !Binds(model, call, asked)) return null;
        return new Twin($"Await 'Task.{(isAny ? "WhenAny" : "WhenAll")}'", new NodeEdit(call, current => Written(current)!), imports)
        {
            UnwrapsErrors = !isAny,
        };
    }

    private static ExpressionSyntax? Rewritten(
        SemanticModel model, InvocationExpressionSyntax current, InvocationExpressionSyntax original, bool hasToken,
        ICollection<string> imports)
    {
        var tasks = current.ArgumentList.Arguments[0].Expression.WithoutTrivia();
        var isDropped = original.Parent is ExpressionStatementSyntax;
        if (isDropped && !hasToken) return null;
        var list = isDropped ? null : ListOf(model, original.ArgumentList.Arguments[0].Expression);
        if (!isDropped && list is null && !IsOwn<IArrayTypeSymbol>(model, original.ArgumentList.Arguments[0].Expression)) return null;
        ExpressionSyntax awaited = InvocationExpression(Renamed(current.Expression.WithoutTrivia()), ArgumentsOf(list ?? tasks));
        if (hasToken)
        {
            awaited = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, awaited, IdentifierName("WaitAsync")),
                ArgumentsOf(current.ArgumentList.Arguments[1].Expression.WithoutTrivia()));
        }

        awaited = Awaits.Keyword(awaited);
        if (isDropped) return awaited.WithTriviaFrom(current);
        var indexOf = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression,
            list ?? Imports.Owner(model, original.SpanStart, "System", "Array", imports), IdentifierName("IndexOf"));
        return InvocationExpression(indexOf, list is null ? ArgumentsOf(tasks, awaited) : ArgumentsOf(awaited)).WithTriviaFrom(current);
    }

    /// <summary><c>list</c> in <c>list.ToArray()</c>.</summary>
    private static ExpressionSyntax? ListOf(SemanticModel model, ExpressionSyntax tasks) =>
        tasks is InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Expression: var list },
        }
        && IsOwn<INamedTypeSymbol>(model, list) && model.GetTypeInfo(list).Type is { Name: "List", ContainingNamespace.Name: "Generic" }
            ? list.WithoutTrivia()
            : null;

    /// <summary>A local or parameter: while it is awaited nobody puts another in its place.</summary>
    private static bool IsOwn<T>(SemanticModel model, ExpressionSyntax tasks)
        where T : ITypeSymbol =>
        tasks is IdentifierNameSyntax && model.GetTypeInfo(tasks).Type is T
        && model.GetSymbolInfo(tasks).Symbol is ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None };

    private static ExpressionSyntax Renamed(ExpressionSyntax callee) => callee switch
    {
        MemberAccessExpressionSyntax access => access.WithName((SimpleNameSyntax)Renamed(access.Name)),
        _ => IdentifierName(((SimpleNameSyntax)callee).Identifier.ValueText == "WaitAny" ? "WhenAny" : "WhenAll"),
    };

    private static ArgumentListSyntax ArgumentsOf(params ExpressionSyntax[] values) => ArgumentList(SeparatedList(
        values.Select(Argument), values.Skip(1).Select(static _ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space))));

    private static bool Binds(SemanticModel model, ExpressionSyntax call, ExpressionSyntax asked)
    {
        var bare = asked.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().First().Expression;
        return model.GetSpeculativeSymbolInfo(call.SpanStart, bare, SpeculativeBindingOption.BindAsExpression).Symbol
            is IMethodSymbol method && TaskWaits.IsTask(method.ReturnType);
    }
}

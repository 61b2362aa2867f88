using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Arguments that are awaited before work leaves: the work itself waits for nothing.</summary>
internal static class AwaitedFirst
{
    /// <summary>Whether an argument has to be evaluated before the work leaves: it awaits, or a later one does and may change it.</summary>
    public static bool Takes(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation) => Is(argument)
        || ((BaseArgumentListSyntax)argument.Parent!).Arguments.SkipWhile(other => other != argument).Any(Is)
            && argument.Expression is not LiteralExpressionSyntax
            && model.GetSymbolInfo(argument.Expression, cancellation).Symbol is not (ILocalSymbol or IParameterSymbol);

    /// <summary>Work to be bound as if what it awaits were there.</summary>
    public static SyntaxNode Without(SemanticModel model, SyntaxNode work) =>
        work.ReplaceNodes(work.DescendantNodes().OfType<AwaitExpressionSyntax>(), (awaited, _) => SyntaxFactory.ParseExpression(
            $"default({model.GetTypeInfo(awaited).Type?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})!"));

    private static bool Is(ArgumentSyntax argument) =>
        argument.Expression.DescendantNodesAndSelf().Any(static node => node is AwaitExpressionSyntax);

    /// <summary>
    /// Whether an await in a call can go before it: it is an argument's own, and nothing that does anything is evaluated earlier.
    /// </summary>
    public static bool Allows(SyntaxNode work, SyntaxNode awaited)
    {
        if (work is not InvocationExpressionSyntax and not ObjectCreationExpressionSyntax
            || Functions.Around(awaited) != Functions.Around(work)
            || work.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !FirstEvaluated.Is((ExpressionSyntax)work, statement))
            return false;
        var list = work is InvocationExpressionSyntax call ? call.ArgumentList : ((ObjectCreationExpressionSyntax)work).ArgumentList;
        if (list?.Arguments.FirstOrDefault(argument => argument.Span.Contains(awaited.Span)) is not { } own) return false;
        var receiver = (work as InvocationExpressionSyntax)?.Expression;
        return (receiver is null or SimpleNameSyntax or MemberAccessExpressionSyntax
                && FirstEvaluated.IsName(receiver is MemberAccessExpressionSyntax access ? access.Expression : receiver!))
            && list.Arguments.TakeWhile(argument => argument != own)
                .All(static argument => Is(argument) || FirstEvaluated.IsName(argument.Expression));
    }
}

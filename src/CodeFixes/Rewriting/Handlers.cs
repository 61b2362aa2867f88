using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Event handlers: the one kind of <c>async void</c> that C# means.</summary>
internal static class Handlers
{
    /// <summary><c>void (object, EventArgs)</c>, a named method or a lambda that subscribes to an event.</summary>
    public static bool Is(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters.Length: 2, OverriddenMethod: null }
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object && IsEventArgs(method.Parameters[1].Type);

    /// <summary>Whether a lambda is what <c>+=</c> gives to an event, or what a command executes.</summary>
    public static bool IsSubscription(SemanticModel model, AnonymousFunctionExpressionSyntax lambda, CancellationToken cancellation) =>
        Commands.Take(model, lambda, cancellation)
        || lambda.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscription
        && subscription.Right == lambda
        && model.GetSymbolInfo(subscription.Left, cancellation).Symbol is IEventSymbol;

    /// <summary>Whether a lambda that subscribes to an event may go on after it has returned.</summary>
    public static bool CanBeAsync(
        SemanticModel model, AnonymousFunctionExpressionSyntax lambda, IMethodSymbol symbol, CancellationToken cancellation) =>
        Commands.Take(model, lambda, cancellation)
        || Is(symbol) && !AnswersThroughArguments(lambda, symbol) && UiEvents.Take(model, lambda, cancellation);

    /// <summary>
    /// The raiser reads what a handler puts into its arguments as soon as the handler returns, and an async handler
    /// returns at its first await.
    /// </summary>
    public static bool AnswersThroughArguments(SyntaxNode handler, IMethodSymbol method)
    {
        if (method.Parameters.IsEmpty || Functions.Body(handler) is not { } body) return false;
        var name = method.Parameters[method.Parameters.Length - 1].Name;
        return body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver }
            && receiver.Identifier.ValueText == name);
    }

    public static bool IsEventArgs(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type is { Name: "EventArgs", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        return false;
    }
}

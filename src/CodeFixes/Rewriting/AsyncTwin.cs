using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Finds the asynchronous counterpart of a blocking call. The catalogue, or the name, proposes; binding the awaited call
/// at the very place disposes: same arguments, a result that fits, not obsolete.
/// </summary>
internal static class AsyncTwin
{
    private const string Await = "await";
    private const string Auto = "auto";

    /// <remarks>The hint is what the finding says about the twin; null leaves it to the catalogue.</remarks>
    public static Twin? Find(SemanticModel model, SyntaxNode node, string? hint, CancellationToken cancellation)
    {
        if (AsyncDisposal.Find(model, node, cancellation) is { } disposal) return disposal;
        if (node is not ExpressionSyntax call || Awaits.Around(call, static same => same) is null) return null;
        if (!AwaitPosition.Allows(model, call, cancellation)) return null;
        var plain = Awaits.Plain(call);
        if (plain == call ? TaskWaits.Is(model, call, cancellation) : IsConditionalWait(model, call, cancellation))
        {
            if (TaskWaits.ErrorsAreUnwrapped(call)) return null;
            return new Twin("Await the task", Awaits.Around(call, TaskWaits.Operand)!, []);
        }

        if (call is not InvocationExpressionSyntax invocation
            || model.GetSymbolInfo(invocation, cancellation).Symbol is not IMethodSymbol method) return null;
        var entry = ApiCatalogue.Default.Find(method, ApiVerb.Blocks);
        if (entry is { Twin: null } && hint is null) return null;
        var twin = hint is { Length: > 0 } and not Auto ? hint : entry?.Twin ?? Auto;
        if (twin == Await && Awaitable(model, invocation, method) is { } receiver)
            return new Twin($"Await the '{method.ContainingType.Name}'", Awaits.Around(call, receiver)!, []);
        if (twin == Await || TaskWaits.IsTask(method.ContainingType) && twin == Auto) return null;
        return new TwinBinding(model, invocation, (InvocationExpressionSyntax)plain, method, cancellation).Find(twin == Auto ? null : twin);
    }

    /// <summary>The receiver of a wait that can be awaited itself, with the same result.</summary>
    private static Func<ExpressionSyntax, ExpressionSyntax>? Awaitable(
        SemanticModel model, InvocationExpressionSyntax wait, IMethodSymbol method) =>
        wait is { Expression: MemberAccessExpressionSyntax, ArgumentList.Arguments.Count: 0 }
        && SymbolEqualityComparer.Default.Equals(AwaitResult.Of(model, method.ContainingType, wait.SpanStart), method.ReturnType)
            ? static call => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression
            : null;

    /// <summary><c>task?.Wait();</c></summary>
    private static bool IsConditionalWait(SemanticModel model, ExpressionSyntax call, CancellationToken cancellation) =>
        call is InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Wait" },
            ArgumentList.Arguments.Count: 0 }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && TaskWaits.IsTask(method.ContainingType);
}

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

    /// <param name="model">The model of <paramref name="node"/>.</param>
    /// <param name="node">The call.</param>
    /// <param name="hint">What the finding says about the twin; null leaves it to the catalogue.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <param name="onLoop">The finding says that the code runs on an event loop, and so has what follows it.</param>
    /// <param name="elsewhere">The same call in the other projects that compile the file: what is awaited has to be there, too.</param>
    public static Twin? Find(
        SemanticModel model, SyntaxNode node, string? hint, CancellationToken cancellation, bool onLoop = false,
        IReadOnlyList<(SemanticModel Model, SyntaxNode Node)>? elsewhere = null)
    {
        if (AsyncDisposal.Find(model, node, cancellation) is { } disposal) return disposal;
        if (node is not ExpressionSyntax call || Awaits.Around(model, call, static same => same) is null) return null;
        if (!AwaitPosition.Allows(model, call, cancellation)) return null;
        var plain = Awaits.Plain(call);
        if (TaskWaits.Is(plain, model.GetSymbolInfo(call, cancellation).Symbol))
        {
            if (TaskWaits.WrapsErrors(plain) && CaughtErrors.KnowTheWrapper(call)) return null;
            // Behind a question mark nothing tells whether the task is one that can be left alone with its thread.
            if (plain != call && TaskWaits.IsConfigured(plain)) return null;
            var comesBack = plain == call && TaskWaits.GivesUpItsThread(model, plain, cancellation)
                && (onLoop || LoopCode.Is(model, call, cancellation));
            var withToken = plain == call && TaskWaits.StartedBy(call) is { } start
                ? TokenArgument.For(model, start, elsewhere ?? [], byOverload: true, cancellation)
                : null;
            ExpressionSyntax Awaited(ExpressionSyntax current)
            {
                if (withToken is not null && TaskWaits.StartedBy(current) is { } started)
                    current = current.ReplaceNode(started.ArgumentList, withToken(started.ArgumentList));
                return comesBack ? TaskWaits.OperandOnItsThread(current) : TaskWaits.Operand(current);
            }

            return new Twin("Await the task", Awaits.Around(model, call, Awaited)!, [])
            {
                UnwrapsErrors = TaskWaits.WrapsErrors(plain),
            };
        }

        if (call is not InvocationExpressionSyntax invocation
            || model.GetSymbolInfo(invocation, cancellation).Symbol is not IMethodSymbol method) return null;
        if (SocketSettings.MayMatter(method, call, cancellation)) return null;
        var entry = ApiCatalogue.Default.Find(method, ApiVerb.Blocks);
        if (entry is { Twin: null } && hint is null) return null;
        var twin = hint is { Length: > 0 } and not Auto ? hint : entry?.Twin ?? Auto;
        if (AsyncLoops.Unblocked(model, invocation, cancellation) is { } walked) return walked;
        if (ManyTasks.Find(model, invocation, method, cancellation) is { } many) return many;
        if (twin == Await && Awaitable(model, invocation, method) is { } receiver)
            return new Twin($"Await the '{method.ContainingType.Name}'", Awaits.Around(model, call, receiver)!, []);
        if (twin == Await || TaskWaits.IsTask(method.ContainingType) && (twin == Auto || CaughtErrors.KnowTheWrapper(call))) return null;
        return new TwinBinding(model, invocation, (InvocationExpressionSyntax)plain, method, elsewhere ?? [], cancellation)
            .Find(twin == Auto ? null : twin);
    }

    /// <summary>The receiver of a wait that can be awaited itself, with the same result.</summary>
    private static Func<ExpressionSyntax, ExpressionSyntax>? Awaitable(
        SemanticModel model, InvocationExpressionSyntax wait, IMethodSymbol method) =>
        wait is { Expression: MemberAccessExpressionSyntax, ArgumentList.Arguments.Count: 0 }
        && SymbolEqualityComparer.Default.Equals(AwaitResult.Of(model, method.ContainingType, wait.SpanStart), method.ReturnType)
            ? static call => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression
            : null;
}

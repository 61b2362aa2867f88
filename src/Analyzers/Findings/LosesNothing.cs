using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A coroutine of which nothing is lost when nobody awaits it: whatever it waits for stands within a handler for everything, here or one
/// call further, or is work on the pool that has such a handler or none to need.
/// </summary>
internal static class LosesNothing
{
    private const int Deepest = 4;

    /// <param name="method">The coroutine; null for a function without a name.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="isFollowed">
    /// Whether what it awaits is looked into; an asynchronous caller could simply await, and waits for the end.
    /// </param>
    /// <param name="facts">Of the compilation.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static bool Is(
        IMethodSymbol? method, SyntaxNode declaration, bool isFollowed, Facts facts, CancellationToken cancellation) =>
        Is(method, declaration, facts, cancellation, isFollowed ? 0 : Deepest - 1);

    private static bool Is(IMethodSymbol? method, SyntaxNode declaration, Facts facts, CancellationToken cancellation, int depth)
    {
        if (depth >= Deepest || BodyOf(declaration) is not { } body || facts.Models.Of(body.SyntaxTree) is not { } model) return false;
        var hasHandler = InBody(body).Any(static node => node is TryStatementSyntax);
        return body.DescendantNodesAndSelf().Any(static node => node is TryStatementSyntax or AwaitExpressionSyntax)
        && InBody(body).All(node => node switch
        {
            ThrowStatementSyntax or ThrowExpressionSyntax => IsCaught(node, body),
            AwaitExpressionSyntax await => IsCaught(node, body)
                || depth < Deepest - 1 && IsHarmless(await.Expression, method, model, facts, cancellation, depth),
            CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
                or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } => IsCaught(node, body),
            // Whoever has a handler has thought of what may fail outside of it; who has none has nothing there that may.
            InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax =>
                hasHandler || IsAwaited(node),
            _ => true,
        });
    }

    /// <summary>A part of what is awaited, which is judged as a whole.</summary>
    private static bool IsAwaited(SyntaxNode node) => node.Ancestors().Any(static outer => outer is AwaitExpressionSyntax);

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax declared => (SyntaxNode?)declared.Body ?? declared.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax declared => (SyntaxNode?)declared.Body ?? declared.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax function => function.Body,
        _ => null,
    };

    /// <summary>The parts of a body that it runs itself.</summary>
    private static IEnumerable<SyntaxNode> InBody(SyntaxNode body) => body.DescendantNodesAndSelf(
        static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool IsHarmless(
        ExpressionSyntax awaited, IMethodSymbol? method, SemanticModel model, Facts facts, CancellationToken cancellation, int depth)
    {
        if (LostCall.Inner(awaited) is not InvocationExpressionSyntax call) return false;
        if (LostCall.IsBroadcast(call, model, cancellation)) return true;
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol called) return false;
        if (called is { Name: "Run", ContainingType: { Name: "Task" } task } && TypeShape.IsTask(task))
        {
            return call.ArgumentList.Arguments is { Count: > 0 } given
                && given[0].Expression is AnonymousFunctionExpressionSyntax work && IsQuiet(work);
        }

        var implemented = LostCall.Implemented(called.OriginalDefinition, facts.Summaries, cancellation);
        return implemented is { IsAsync: true, DeclaringSyntaxReferences: { Length: 1 } declared }
            && !SymbolEqualityComparer.Default.Equals(implemented, method)
            && Is(implemented, declared[0].GetSyntax(cancellation), facts, cancellation, depth + 1);
    }

    /// <summary>Every statement either has its handler or only keeps values.</summary>
    private static bool IsQuiet(AnonymousFunctionExpressionSyntax work) => work.Body switch
    {
        BlockSyntax block => block.Statements.All(statement =>
            statement is TryStatementSyntax attempt ? CatchesAll(attempt) : KeepsValues(statement)),
        var value => KeepsValues(value),
    };

    private static bool KeepsValues(SyntaxNode part) => !part.DescendantNodesAndSelf().Any(static node => node
        is InvocationExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or AwaitExpressionSyntax
            or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax);

    private static bool IsCaught(SyntaxNode node, SyntaxNode body)
    {
        for (var place = node; place is not null && place != body; place = place.Parent)
        {
            if (place is BlockSyntax { Parent: TryStatementSyntax attempt } tried && attempt.Block == tried && CatchesAll(attempt))
                return true;
        }

        return false;
    }

    private static bool CatchesAll(TryStatementSyntax attempt) => attempt.Catches.Any(static handler => handler.Filter is null
        && (handler.Declaration is null || handler.Declaration.Type.ToString() is "Exception" or "System.Exception")
        && !handler.Block.DescendantNodes().Any(static node => node is ThrowStatementSyntax));
}

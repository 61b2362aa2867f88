using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Callbacks that hand themselves to a queue which is emptied before the loop turns (QNT5004): ticks and microtasks of the Node loop, and
/// <c>CallSoon</c> of asyncio, whose loop then never waits. Whether they do is seen in the callback itself: nothing on the way to the
/// call may leave it out.
/// </summary>
internal sealed class SelfTicks(Facts facts)
{
    private static readonly string[] Words = ["NextTick", "QueueMicrotask", "CallSoon"];

    public IEnumerable<Finding> In(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is not IMethodSymbol method) yield break;
        foreach (var (part, model) in MemberText.Parts(facts, owner, cancellation))
        {
            if (!MemberText.Mentions(part, Words)) continue;
            foreach (var call in part.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (MemberText.NameOf(call) is not { } name || !Words.Contains(name) || call.ArgumentList.Arguments.Count == 0) continue;
                if (!IsQueue(model, call, cancellation) || MemberText.FunctionAround(call) is not { } function) continue;
                if (!NamesItself(model, call.ArgumentList.Arguments[0].Expression, function, cancellation)) continue;
                if (!AlwaysReaches(function, call)) continue;
                yield return new Finding(
                    "QNT5004", facts.LocationOf(call.SyntaxTree, call.Span), ImmutableArray<Location>.Empty,
                    [MemberText.BodyName(facts, method, call, cancellation), name, Advice(name)],
                    ImmutableDictionary<string, string?>.Empty);
            }
        }
    }

    private static string Advice(string name) => name == "CallSoon"
        ? "the loop never waits and keeps a processor for itself; call it later with CallLater, or await in a loop"
        : "the queue is emptied before the loop turns, so no timer, no input and no immediate comes to its turn; SetImmediate takes turns";

    private static bool IsQueue(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { } type }
        && (TypeShape.IsIn(type, "Quintet", "Node") || TypeShape.IsIn(type, "Quintet", "Asyncio"));

    /// <summary><c>NextTick(Tick)</c> in <c>Tick</c>, <c>NextTick(() =&gt; Tick(n + 1))</c>, or a delegate's own variable.</summary>
    private static bool NamesItself(SemanticModel model, ExpressionSyntax argument, SyntaxNode function, CancellationToken cancellation)
    {
        var named = argument is ParenthesizedLambdaExpressionSyntax { AsyncKeyword.RawKind: 0 } lambda ? CalledBy(lambda) : argument;
        if (named is null || model.GetSymbolInfo(named, cancellation).Symbol is not { } symbol) return false;
        var self = function is AnonymousFunctionExpressionSyntax
            ? VariableOf(model, function, cancellation)
            : model.GetDeclaredSymbol(function, cancellation);
        return self is not null && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, self.OriginalDefinition);
    }

    private static ExpressionSyntax? CalledBy(ParenthesizedLambdaExpressionSyntax lambda) => lambda switch
    {
        { ExpressionBody: InvocationExpressionSyntax call } => call.Expression,
        { Block.Statements: { Count: 1 } statements } =>
            (statements[0] as ExpressionStatementSyntax)?.Expression is InvocationExpressionSyntax call ? call.Expression : null,
        _ => null,
    };

    /// <summary>The local or field that a lambda is given to.</summary>
    private static ISymbol? VariableOf(SemanticModel model, SyntaxNode lambda, CancellationToken cancellation) => lambda.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => model.GetDeclaredSymbol(declarator, cancellation),
        AssignmentExpressionSyntax assignment =>
            model.GetSymbolInfo(assignment.Left, cancellation).Symbol is ILocalSymbol or IFieldSymbol
                ? model.GetSymbolInfo(assignment.Left, cancellation).Symbol
                : null,
        _ => null,
    };

    /// <summary>No branch, loop, return or await stands between the beginning of the function and the call. A throw ends it all.</summary>
    private static bool AlwaysReaches(SyntaxNode function, InvocationExpressionSyntax call)
    {
        for (SyntaxNode node = call; node.Parent is { } parent; node = parent)
        {
            if (parent == function) break;
            var straight = parent is BlockSyntax or ExpressionStatementSyntax or ArrowExpressionClauseSyntax or UsingStatementSyntax
                or LockStatementSyntax or CheckedStatementSyntax or FinallyClauseSyntax
                || parent is TryStatementSyntax attempt && (attempt.Block == node || attempt.Finally == node)
                // _ = loop.CallSoon(…), handle = loop.CallSoon(…)
                || parent.IsKind(SyntaxKind.SimpleAssignmentExpression);
            if (!straight) return false;
        }

        return !function.DescendantNodes(node => node == function || !MemberText.IsFunction(node))
            .Any(node => node is YieldStatementSyntax // whoever calls it has run nothing yet
                || node.SpanStart < call.SpanStart && node is ReturnStatementSyntax or AwaitExpressionSyntax or GotoStatementSyntax);
    }
}

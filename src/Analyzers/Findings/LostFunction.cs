using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A delegate that is called like a statement, <c>_save();</c>, where every function that it can hold is seen to be a coroutine, or an
/// asynchronous function forgets to await it: it is as lost as one that is called by its name.
/// </summary>
internal static class LostFunction
{
    public static LostCall? Of(
        Facts facts, IMethodSymbol owner, SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } invoked
            || LostCall.KindOf(invoked.ReturnType) != "Task") return null;
        var step = facts.Summaries.BodiesOf(owner, cancellation)
            .Where(body => body.Tree == call.SyntaxTree && body.Span.Contains(call.Span)).SelectMany(static body => body.Steps)
            .FirstOrDefault(step => step is { Kind: StepKind.Calls, Target: not null } && step.Span.IntersectsWith(call.Span)
                && step.Span.End == call.Span.End);
        IReadOnlyList<string> held = step is null ? [] : facts.Summaries.TargetsOf(step.Target!, cancellation);
        // Of any function the compiler says so in an asynchronous one (CS4014), where nothing else is to be known of it.
        if (held.Count == 0 && NameOf(call) is { } name && MemberText.IsAsync(MemberText.FunctionAround(call)))
            return LostCall.OfFunction(call, name, invoked);
        return step is not null && held.Count > 0
            && held.All(key => IsLost(facts.Summaries.Get(key, cancellation), call, facts, cancellation))
            ? LostCall.OfFunction(call, step.Name, invoked)
            : null;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke", Expression: IdentifierNameSyntax name } =>
            name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsLost(BodySummary? held, InvocationExpressionSyntax call, Facts facts, CancellationToken cancellation) =>
        held is { IsAsync: true, Suspends: true }
        && !LosesNothing.Is(
            facts.Summaries.SymbolOf(held.Key) as IMethodSymbol,
            held.Tree.GetRoot(cancellation).FindNode(held.Span, getInnermostNodeForTie: true),
            isFollowed: !MemberText.IsAsync(MemberText.FunctionAround(call)), facts, cancellation);
}

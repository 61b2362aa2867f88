using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// The loop waits for what cannot end without the loop: a coroutine that comes back to it, a function of the pool that hands it work and
/// waits until that is done, or work that it was given itself. RULES, QNT5006.
/// </summary>
internal sealed class LoopDeadlocks(Facts facts, CancellationToken cancellation)
{
    /// <summary>Tasks are handed on by few methods before somebody awaits one; and a method may hand on its own.</summary>
    private const int LongestHandingOn = 6;

    /// <summary>Whether a path on the loop ends in such a wait.</summary>
    public bool IsOne(Reach reach) => (WaitsForTheLoop(reach.Cause)
        || GivenSource(reach) is { } given && ResumesOnLoop(given, LongestHandingOn)) && !TakesContextOff(reach);

    /// <summary>
    /// <c>RunSync(() =&gt; LoadAsync())</c>, where the task of what is given is waited for: the function that the path gives for it.
    /// </summary>
    public static string? GivenSource(Reach reach)
    {
        var asked = reach.Cause.TaskParameter;
        if (asked < 0) return null;
        var calls = reach.Links.Select(static link => link.Step).ToList();
        for (var i = calls.Count - 2; i >= 0 && asked >= 0 && asked < calls[i].Arguments.Length; i--)
        {
            var given = calls[i].Arguments[asked];
            if (given.Knowledge == ArgumentKnowledge.Function) return given.Function;
            asked = given.Knowledge == ArgumentKnowledge.Parameter ? given.Parameter : -1;
        }

        return null;
    }

    /// <summary>Whether the task that is waited for needs the loop.</summary>
    public bool WaitsForTheLoop(Step cause) => cause.IsOfLoop
        || cause.TaskSource is { } source && ResumesOnLoop(source, LongestHandingOn)
        || cause.PoolFunction is { } function && HandsWorkToLoop(function);

    private bool ResumesOnLoop(string source, int left) =>
        left > 0 && facts.Summaries.TargetsOf(source, cancellation) is { Count: > 0 } targets
        && targets.All(target => facts.Summaries.Get(target, cancellation) switch
        {
            { IsAsync: true, ResumesOnCapturedContext: true } => true,
            { TaskBehind: { } behind } => ResumesOnLoop(behind, left - 1),
            _ => false,
        });

    /// <summary><c>Task.Run(() =&gt; Invoke(Show))</c>: whatever else it does, it waits until the loop has shown.</summary>
    private bool HandsWorkToLoop(string function) =>
        facts.Summaries.TargetsOf(function, cancellation) is { Count: > 0 } targets
        && targets.All(target => facts.Summaries.Get(target, cancellation) is { } body
            && facts.Effects.OfSteps(body, cancellation).Any(reach =>
                reach is { Cause.Marshals: true, Certainty: Certainty.Definite } && reach.Links.All(IsTakenAlways)));

    /// <summary>No branch stands before it but the question whether this is the loop's own thread.</summary>
    private bool IsTakenAlways(Reach link) =>
        link.Step.Span.Start - link.Body.Span.Start < link.Body.StraightLength
        || link.Place(cancellation).Ancestors().TakeWhile(outer => outer.Span != link.Body.Span).OfType<IfStatementSyntax>().ToList()
            is { Count: 1 } branches && IsAboutThread(branches[0].Condition)
            && branches[0].SpanStart - link.Body.Span.Start <= link.Body.StraightLength;

    private static bool IsAboutThread(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .Any(static name => name.Identifier.ValueText is "InvokeRequired" or "CheckAccess" or "IsInvokeRequired");

    /// <summary>Before it waits, some body on the path takes the context away that the awaits would come back to.</summary>
    private bool TakesContextOff(Reach reach) =>
        (reach.Cause.TaskSource is not null || reach.Cause.TaskParameter >= 0) && reach.Links.Any(link =>
            link.Place(cancellation) is var place && MemberText.FunctionAround(place) is { } function
        && function.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.SpanStart < place.SpanStart
            && MemberText.NameOf(call) == "SetSynchronizationContext"
            // Who runs what he is given may put another context there, which he serves himself.
            && (reach.Cause.TaskParameter >= 0 || call.ArgumentList.Arguments
                .Any(static argument => argument.Expression.IsKind(SyntaxKind.NullLiteralExpression)))));
}

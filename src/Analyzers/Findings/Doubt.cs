using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>Why a path takes the possible form, in words for the message's "may"; null where only its place speaks for that.</summary>
internal static class Doubt
{
    public static string? Of(Reach reach)
    {
        var links = reach.Links.ToList();
        // What was read from a body elsewhere is long as a rule, and not always come to.
        if (reach.Cause is { Brief: true, Entry: { Via.Count: > 0, Brief: false } }) return reach.Cause.Hedge ?? "not on every call";
        if (reach.Cause.Brief) return "mostly brief";
        if (reach.Cause.Little) return "so little that it is brief";
        if (links.Exists(static link => link.Step.Exceptional)) return "after an exception";
        if (links.Exists(static link => link.Step.Cold)) return "on a rare path";
        if (reach.Cause.Hedge is { } hedge) return hedge;
        if (links.Exists(static link => link.Step.Once || link.Step.Dispatch == Dispatch.Once)) return "the first time only";
        // A branch of the body itself is one that its author sees.
        if (links.Skip(1).FirstOrDefault(static link => link.Step.Conditional || link.Step.IsChosen) is { } turn)
            return $"on a branch of '{turn.Body.Name}'";
        if (reach.Certainty == Certainty.Definite) return null;
        if (links.Exists(static link => link.Step.Dispatch == Dispatch.Virtual)) return "in one of several implementations";
        if (links.Exists(static link => link.Step.Dispatch == Dispatch.Field)) return "in one of several functions";
        if (links.Exists(static link => link.Step.UnknownStream)) return "if the stream is a device";
        return reach.IsFarAway ? "so many calls away" : null;
    }

    /// <summary>Where nothing else speaks for the "may": a <c>bool</c> of the body itself, that its callers choose.</summary>
    public static string? OfCaller(Reach reach) =>
        reach.Step.Conditions.Any(static condition => condition.Kind == ConditionKind.ParameterIs) ? "where its caller asks for it" : null;
}

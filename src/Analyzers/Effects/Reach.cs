using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// One effect that a body reaches, with its witness: the step taken here, and what is reached behind it. Following
/// <see cref="Next"/> tells the whole path; the last link is the root cause.
/// </summary>
internal sealed class Reach
{
    /// <summary>
    /// Behind more hops than this nobody can say what really happens, unless none of them stands behind a branch; defects that teams mend
    /// lie one to three calls down.
    /// </summary>
    private const int LongestCertainPath = 8;

    /// <summary>
    /// Whoever comes to one file through more than one call, some of them behind a branch, mostly comes to settings or to a record of a few
    /// values.
    /// </summary>
    private const int LongestCertainPathToFile = 2;

    /// <summary>So it is a call further on, where the only branches ask whether the file is there.</summary>
    private const int LongestCertainPathToFileAskedFor = 3;

    private Reach(BodySummary body, Step step, Reach? next, Certainty certainty, ImmutableArray<Condition> conditions)
    {
        (Body, Step, Next, Certainty, Conditions) = (body, step, next, certainty, conditions);
        Length = next is null ? 1 : next.Length + 1;
        IsStraight = step.Span.Start - body.Span.Start < body.StraightLength && next is not { IsStraight: false };
        IsAskedFor = step.Span.Start - body.Span.Start >= body.UnaskedLength || next is { IsAskedFor: true };
        Cause = next is null ? step : next.Cause;
        _causeIsOneFile = next is null ? IsOneFile(step) : next._causeIsOneFile;
        IsConditional = step.Conditional || next is { IsConditional: true };
        IsRepeated = step.Loops != LoopNest.None && !step.CountsInLoops || next is { IsRepeated: true };
        // A wrapper is the primitive under another name, and every call of it a cause of its own.
        var isCause = next is null || next is { Next: null, Body.IsWrapper: true };
        RootCause = isCause ? $"{body.Key}@{(step.Span.Start - body.Span.Start).ToString(CultureInfo.InvariantCulture)}" : next!.RootCause;
        // What a body in another assembly does is reached, and every call of it has one cause, unless it is a wrapper there.
        if (step.Entry is { Via.Count: > 0 } line && !(line.Via.Count == 1 && (line.Unless & ApiConditions.Completed) != 0))
            (RootCause, isCause) = (line.Id, false);
        IsDirect = isCause;
        RootHash = next is not null && ReferenceEquals(RootCause, next.RootCause)
            ? next.RootHash
            : StringComparer.Ordinal.GetHashCode(RootCause);
    }

    /// <summary>The body that takes the step.</summary>
    public BodySummary Body { get; }

    public Step Step { get; }

    public Reach? Next { get; }

    public Certainty Certainty { get; }

    /// <summary>What must hold of the body's own parameters.</summary>
    public ImmutableArray<Condition> Conditions { get; }

    /// <summary>No caller's argument but one of another type rules it out.</summary>
    public bool HoldsForAnybody => Conditions.All(static condition =>
        condition.Kind is ConditionKind.ParameterIsOfType or ConditionKind.NotBelow or ConditionKind.ValuePassed);

    /// <summary>It happens only for callers that give the body a great number, or call it in loops.</summary>
    public bool IsAsked => Conditions.Any(static condition => condition.Kind == ConditionKind.AtLeast || condition.IsOnLoops);

    /// <summary>It happens only when somebody walks through the sequence that the body gives.</summary>
    public bool IsDeferred => Conditions.Any(static condition => condition.Kind == ConditionKind.WalkedThrough);

    /// <summary>More calls lie between than a warning can vouch for.</summary>
    public bool IsFarAway => Next is { IsTooFar: true };

    /// <summary>So many calls are no evidence for a warning.</summary>
    private bool IsTooFar => !IsStraight && Length >= (EndsInOneFile ? LongestCertainPathToFile : LongestCertainPath)
        || IsAskedFor && Length >= LongestCertainPathToFileAskedFor && EndsInOneFile;

    /// <summary>All that it ends in is one file, read or written once, or its hash.</summary>
    public bool EndsInOneFile => _causeIsOneFile && !IsRepeated;

    private readonly bool _causeIsOneFile;

    /// <summary>Some body on the path takes its step in a loop; one that only counts, as attempts are counted, is none.</summary>
    public bool IsRepeated { get; }

    /// <summary>No body on the path has a branch before the step that it takes: it happens whenever the first one is called.</summary>
    public bool IsStraight { get; }

    /// <summary>Some body on the path asks before whether a file is there.</summary>
    private bool IsAskedFor { get; }

    /// <summary>Number of links, for choosing the shortest witness.</summary>
    public int Length { get; }

    /// <summary>Some body on the path may take another branch.</summary>
    public bool IsConditional { get; }

    /// <summary>The cause is written in this body (a wrapped primitive counts as written).</summary>
    public bool IsDirect { get; }

    /// <summary>Identity of the place where it all ends, stable across callers.</summary>
    public string RootCause { get; }

    /// <summary>The hash of <see cref="RootCause"/>: asked for at every call through which a cause is reached.</summary>
    public int RootHash { get; }

    /// <summary>The conditions in words, whatever their order.</summary>
    public string ConditionsKey => Conditions.IsEmpty ? "" : _conditionsKey ??= string.Join(";", Conditions
        .Select(static condition => $"{(int)condition.Kind}.{condition.Parameter}.{condition.Value}{condition.Type}{condition.Least}")
        .OrderBy(static text => text, StringComparer.Ordinal));

    private string? _conditionsKey;

    /// <summary>A dual-mode member does it only for those who ask for its synchronous form.</summary>
    public bool IsOfSynchronousForm => Conditions.Any(static condition => condition.ModeSwitch);

    /// <summary>The last step of the path.</summary>
    public Step Cause { get; }

    public StepKind Kind => Cause.Kind;

    /// <summary>The node of the step in its tree.</summary>
    public SyntaxNode Place(CancellationToken cancellation) =>
        Body.Tree.GetRoot(cancellation).FindNode(Step.Span, getInnermostNodeForTie: true);

    /// <summary>Every link, from the body itself to the cause.</summary>
    public IEnumerable<Reach> Links
    {
        get
        {
            for (Reach? link = this; link is not null; link = link.Next) yield return link;
        }
    }

    public static Reach Direct(BodySummary body, Step step) =>
        new(body, step, null, step.Cold ? Certainty.Possible : Certainty.Definite, step.Conditions) 
            { RunParameter = step.Parameter, RunParameterOf = step.ParameterOf };

    /// <summary>What the caller reaches through a call, or null when the call site rules it out.</summary>
    /// <param name="caller">The body that calls.</param>
    /// <param name="call">Its step.</param>
    /// <param name="reached">What the callee reaches.</param>
    /// <param name="oneOfSeveral">The call may run another body.</param>
    /// <param name="walked">The callee walks through the sequence that it is given, and this is what the sequence does.</param>
    public static Reach? Through(BodySummary caller, Step call, Reach reached, bool oneOfSeveral, bool walked = false)
    {
        var certainty = IsUnsure(call, reached) || oneOfSeveral ? Certainty.Possible : reached.Certainty;
        var conditions = call.Conditions;
        // What is called logging writes on purpose, from everywhere (RULES: logging is not blocking); that it writes to a file is told.
        if (call.Logs && reached.Cause.BlockKind == BlockKind.Console) return null;
        if (call.Logs && reached.Cause.BlockKind == BlockKind.File) certainty = Certainty.Possible;
        // An awaiter gives the result of what is done: its GetResult() waits for nothing.
        if (call.TakesResult && reached.Cause.BlockKind is BlockKind.Task or BlockKind.Wait) return null;
        // A recursion that counts down says no more of where it begins than its first call does.
        if (!reached.Conditions.IsEmpty && reached.Body.Key == caller.Key && reached.Conditions.Any(IsOfRound)) return null;
        if (call.Sequence == SequenceUse.WalkedThroughLater && !reached.IsDeferred) return null;
        foreach (var condition in reached.Conditions)
        {
            if (condition.Kind == ConditionKind.WalkedThrough)
            {
                if (walked) continue;
                if (call.Sequence == SequenceUse.None) return null;
                if (call.Sequence == SequenceUse.GivenOn && !conditions.Contains(condition)) conditions = conditions.Add(condition);
                continue;
            }

            if (condition.IsOnLoops)
            {
                if (condition.IsMetBy(call.ChosenByLoops)) continue;
                if (condition.GivenOn(call.Arguments) is not { } given) return null;
                if (!conditions.Contains(given)) conditions = conditions.Add(given);
                continue;
            }

            var argument = condition.Parameter < call.Arguments.Length ? call.Arguments[condition.Parameter] : default;
            // Of an object and its text only how much there is is the same.
            if (argument.IsText && condition.Kind != ConditionKind.NotOfRecord) argument = default;
            // Only of what is true or false the opposite says something.
            if (argument.IsNegated && condition.Kind != ConditionKind.ParameterIs) argument = default;
            var asked = condition.Inside(call.Loops);
            switch (Judge(asked, argument))
            {
                case Verdict.Refuted: return null;
                case Verdict.Unsure when !asked.Joined: certainty = Certainty.Possible; break;
                case Verdict.PassedOn:
                    var passed = asked with { Parameter = argument.Parameter, Value = asked.Value != argument.IsNegated };
                    if (Contradicts(conditions, passed)) return null;
                    if (!conditions.Contains(passed)) conditions = conditions.Add(passed);
                    break;
            }
        }

        return new Reach(caller, call, reached, certainty, conditions);
    }

    private static readonly string[] OfOneFile = ["File.", "FileInfo.", "StreamReader.", "StreamWriter.", "XmlDocument.", "XDocument."];

    /// <summary>Of what a package does, the name says where it ends: <c>Load → File.ReadAllText</c>.</summary>
    private static bool IsOneFile(Step cause)
    {
        var name = cause.Name;
        // The hash of a file reads it once.
        if (cause.Kind == StepKind.Burns) return name.EndsWith(".ComputeHash", StringComparison.Ordinal)
            || name.EndsWith(".HashData", StringComparison.Ordinal);
        if (cause.BlockKind != BlockKind.File) return false;
        var end = name.LastIndexOf(' ') + 1;
        return OfOneFile.Any(type => string.CompareOrdinal(name, end, type, 0, type.Length) == 0);
    }

    private static bool IsUnsure(Step call, Reach reached) =>
        call.Cold || call.Once || call.Dispatch == Dispatch.Once || reached.Step.Exceptional || reached.Step.Once
        // What a handler of exceptions has written down is written once in a while; where it sleeps before it tries again, it sleeps.
        || call.Exceptional && reached.Cause.BlockKind == BlockKind.File
        // A path on which a callee may turn off is a conditional one (RULES, QNT4003).
        || reached.IsTooFar || reached.IsConditional
        || reached.Step.UnknownStream && reached.HoldsForAnybody && reached.Next is null;

    /// <summary>For <see cref="StepKind.RunsParameter"/>: the ordinal in this body of the delegate that is run.</summary>
    public int RunParameter { get; private init; } = -1;

    /// <summary>The key of the function around that the delegate is a parameter of; null for the body's own.</summary>
    public string? RunParameterOf { get; private init; }

    /// <summary>The caller passes its own delegate parameter on to a body that runs it.</summary>
    public Reach Running(int parameter) => new(Body, Step, Next, Certainty, Conditions) { RunParameter = parameter };

    /// <summary>A function in it runs a parameter of a function around: the body's own, perhaps.</summary>
    public Reach Running(Reach captured) => new(Body, Step, Next, Certainty, Conditions)
    {
        RunParameter = captured.RunParameter, RunParameterOf = captured.RunParameterOf == Body.Key ? null : captured.RunParameterOf,
    };

    /// <summary>The same where its bodies stand elsewhere.</summary>
    public Reach At(BodySummary body, Step step, Reach? next) =>
        new(body, step, next, Certainty, Conditions) { RunParameter = RunParameter, RunParameterOf = RunParameterOf };

    private static Verdict Judge(Condition condition, ArgumentFact argument) => (condition.Kind, argument.Knowledge) switch
    {
        (ConditionKind.NotOfRecord, _) when argument.IsRecord => Verdict.Unsure,
        (ConditionKind.ParameterIsOfType, _) when argument.Types is { } types && !TypeNames.Contain(types, condition.Type!) =>
            Verdict.Refuted,
        (ConditionKind.ParameterIsOfType, _) when argument.IsOf is { } known && TypeNames.Contain(known, condition.Type!) =>
            Verdict.Holds,
        (_, ArgumentKnowledge.Parameter) => Verdict.PassedOn,
        (ConditionKind.ParameterIs, ArgumentKnowledge.True) => condition.Value ? Verdict.Holds : Verdict.Refuted,
        (ConditionKind.ParameterIs, ArgumentKnowledge.False) => condition.Value ? Verdict.Refuted : Verdict.Holds,
        (ConditionKind.ParameterIs, _) => Verdict.Unsure,
        (ConditionKind.ParameterEquals, ArgumentKnowledge.Number) =>
            (argument.Number == condition.Least) == condition.Value ? Verdict.Holds : Verdict.Refuted,
        (ConditionKind.ParameterEquals, ArgumentKnowledge.Zero) =>
            (condition.Least == 0) == condition.Value ? Verdict.Holds : Verdict.Refuted,
        (ConditionKind.ParameterEquals, _) => Verdict.Unsure,
        (ConditionKind.ValueAsked or ConditionKind.ValuePassed, _) => ValueTest.Of(condition.Type!).Holds(argument) switch
        {
            true => Verdict.Holds,
            false => Verdict.Refuted,
            null => condition.Kind == ConditionKind.ValueAsked ? Verdict.Unsure : Verdict.Holds,
        },
        (ConditionKind.ValueSuffices, _) => ValueTest.Of(condition.Type!).Holds(argument) == true ? Verdict.Holds : Verdict.Unsure,
        (ConditionKind.NotOfRecord, _) => Verdict.Holds,
        (ConditionKind.NotCompleted, ArgumentKnowledge.Completed) => Verdict.Refuted,
        (ConditionKind.NotCompleted, _) => Verdict.Holds,
        (ConditionKind.NotZero, ArgumentKnowledge.Zero) => Verdict.Refuted,
        (ConditionKind.NotZero, _) => Verdict.Holds,
        // What is passed as something more general may be of another type; null is passed by those who mean to.
        (ConditionKind.ParameterIsOfType, _) => !condition.Value || argument.Types is not null ? Verdict.Holds : Verdict.Unsure,
        (ConditionKind.NotBelow, ArgumentKnowledge.Zero) => Verdict.Refuted,
        (ConditionKind.NotBelow, _) when argument.Text is { } text && text.Length < condition.Least => Verdict.Refuted,
        (ConditionKind.NotBelow, ArgumentKnowledge.Number) when argument.Number < condition.Least => Verdict.Refuted,
        (ConditionKind.NotBelow, _) => Verdict.Holds,
        (ConditionKind.AtLeast, ArgumentKnowledge.Number) when argument.Number >= condition.Least => Verdict.Holds,
        (ConditionKind.AtLeast, _) => Verdict.Refuted,
        (ConditionKind.NotInMemory, ArgumentKnowledge.InMemory) => Verdict.Refuted,
        (ConditionKind.NotInMemory, ArgumentKnowledge.Device) => Verdict.Holds,
        _ => Verdict.Unsure,
    };

    private static bool IsOfRound(Condition condition) =>
        condition.Kind is ConditionKind.NotBelow or ConditionKind.AtLeast || condition.IsOnLoops;

    private static bool Contradicts(ImmutableArray<Condition> known, Condition condition) =>
        condition.Kind == ConditionKind.ParameterEquals && condition.Value
            && known.Any(other => other.Kind == condition.Kind && other.Parameter == condition.Parameter && other.Value
                && other.Least != condition.Least)
        || condition.Kind == ConditionKind.ParameterIs
        && known.Any(other => other.Kind == ConditionKind.ParameterIs && other.Parameter == condition.Parameter
            && other.Value != condition.Value);

    private enum Verdict
    {
        Holds,
        Refuted,
        PassedOn,
        Unsure,
    }
}

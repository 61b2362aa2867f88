using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Analyzers.Effects;

/// <summary>Bodies that say the same at another place of another tree, and what was derived from them put there.</summary>
/// <remarks>
/// That something was derived from a body depends on its steps, and on the order of their places where nothing else decides between two
/// witnesses. Where both are the same, deriving again would only give the same chains with other places in them.
/// </remarks>
internal sealed class BodyMoves
{
    private readonly Dictionary<BodySummary, BodySummary> _moved = [];
    private readonly Dictionary<Reach, Reach> _reaches = [];

    /// <summary>Keys of the bodies that moved.</summary>
    public IEnumerable<string> Keys => _moved.Keys.Select(static body => body.Key);

    /// <returns>False where the two do not say the same.</returns>
    public bool TryAdd(BodySummary old, BodySummary now)
    {
        if (ReferenceEquals(old, now)) return true;
        if (!SaysTheSame(old, now)) return false;
        _moved[old] = now;
        return true;
    }

    public BodySummary Of(BodySummary body) => _moved.TryGetValue(body, out var now) ? now : body;

    public BodyEffects Of(BodyEffects effects)
    {
        if (_moved.Count == 0 || effects.Reaches.All(reach => ReferenceEquals(Of(reach), reach))) return effects;
        return new BodyEffects(effects.Reaches.Select(Of).ToImmutableArray(), effects.Deepest);
    }

    /// <summary>The sites of a body, which stand in the order of its steps.</summary>
    public ImmutableArray<CallSite> Of(BodySummary body, ImmutableArray<CallSite> sites)
    {
        var now = Of(body);
        if (ReferenceEquals(now, body) && !sites.Any(site => site.Callees.Any(_moved.ContainsKey)
            || site.Coroutines.Any(_moved.ContainsKey) || site.Multiplied is { } inner && _moved.ContainsKey(inner))) return sites;
        return sites.Select((site, at) => new CallSite(now.Steps[at])
        {
            Direct = site.Direct is { } direct ? Of(direct) : null,
            Callees = site.Callees.Select(Of).ToImmutableArray(),
            Coroutines = site.Coroutines.Select(Of).ToImmutableArray(),
            IsOneOfSeveral = site.IsOneOfSeveral,
            Functions = site.Functions,
            Targets = site.Targets,
            Leads = site.Leads,
            Multiplied = site.Multiplied is { } callee ? Of(callee) : null,
        }).ToImmutableArray();
    }

    private Reach Of(Reach reach)
    {
        if (_reaches.TryGetValue(reach, out var known)) return known;
        var (body, next) = (Of(reach.Body), reach.Next is null ? null : Of(reach.Next));
        var moved = ReferenceEquals(body, reach.Body) && ReferenceEquals(next, reach.Next)
            ? reach
            : reach.At(body, StepOf(reach, body), next);
        _reaches.Add(reach, moved);
        return moved;
    }

    private static Step StepOf(Reach reach, BodySummary now)
    {
        if (ReferenceEquals(reach.Body, now)) return reach.Step;
        for (var i = 0; i < reach.Body.Steps.Length; i++)
            if (ReferenceEquals(reach.Body.Steps[i], reach.Step)) return now.Steps[i];
        // The one kind of step that is no body's own: loops of a caller around it.
        return reach.Step with { Span = MultipliedWork.PlaceIn(now) };
    }

    private static bool SaysTheSame(BodySummary old, BodySummary now)
    {
        if ((old.Key, old.Name, old.Contexts, old.IsAsync, old.IsNested, old.IsWrapper, old.Suspends, old.TaskBehind) !=
            (now.Key, now.Name, now.Contexts, now.IsAsync, now.IsNested, now.IsWrapper, now.Suspends, now.TaskBehind)) return false;
        if (old.ReturnsCompletedTask != now.ReturnsCompletedTask || old.ResumesOnCapturedContext != now.ResumesOnCapturedContext
            || !old.SuspendsIf.SequenceEqual(now.SuspendsIf) || old.Cpu.Deepest != now.Cpu.Deepest
            || old.Steps.Length != now.Steps.Length) return false;
        for (var i = 0; i < old.Steps.Length; i++)
            if (!SaysTheSame(old.Steps[i], now.Steps[i])) return false;
        return HasSameOrder(old, now);
    }

    private static bool SaysTheSame(Step old, Step now) =>
        ReferenceEquals(old, now)
        || old.Span.Length == now.Span.Length && old.Conditions.SequenceEqual(now.Conditions)
        && old.Arguments.SequenceEqual(now.Arguments) && old.ChosenByLoops.SequenceEqual(now.ChosenByLoops)
        && old.Locks.SequenceEqual(now.Locks) && WithoutPlace(old) == WithoutPlace(now);

    private static Step WithoutPlace(Step step) => step with
    {
        Span = default,
        Conditions = ImmutableArray<Condition>.Empty,
        Arguments = ImmutableArray<ArgumentFact>.Empty,
        Locks = ImmutableArray<string>.Empty,
        ChosenByLoops = ImmutableArray<LoopArgument>.Empty,
    };

    /// <summary>Places decide between witnesses by their order, and causes by the words that name them.</summary>
    private static bool HasSameOrder(BodySummary old, BodySummary now)
    {
        var (before, after) = (Places(old), Places(now));
        if (before.SequenceEqual(after)) return true;
        return HasSameOrder(before, after, static (left, right) => left.CompareTo(right))
            && HasSameOrder(Words(before), Words(after), string.CompareOrdinal);
    }

    /// <summary>Where in a body its steps stand, and the loops that a caller's go on in.</summary>
    private static List<int> Places(BodySummary body) =>
        [.. body.Steps.Select(step => step.Span.Start - body.Span.Start), MultipliedWork.PlaceIn(body).Start - body.Span.Start];

    private static List<string> Words(List<int> places) => places.ConvertAll(static place => place.ToString(CultureInfo.InvariantCulture));

    private static bool HasSameOrder<T>(List<T> before, List<T> after, Comparison<T> compare)
    {
        var order = Enumerable.Range(0, before.Count).ToArray();
        Array.Sort(order, (left, right) => compare(before[left], before[right]));
        for (var i = 1; i < order.Length; i++)
        {
            var (left, right) = (order[i - 1], order[i]);
            if (Math.Sign(compare(before[left], before[right])) != Math.Sign(compare(after[left], after[right]))) return false;
        }

        return true;
    }
}

using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>A total order of witnesses: certain before possible, unconditional before conditional, short before long, early before late.</summary>
internal static class ReachOrder
{
    public static int Compare(Reach left, Reach right)
    {
        var order = left.Certainty.CompareTo(right.Certainty);
        if (order == 0) order = left.Cause.Brief.CompareTo(right.Cause.Brief);
        if (order == 0) order = left.Conditions.Length.CompareTo(right.Conditions.Length);
        if (order == 0) order = left.Length.CompareTo(right.Length);
        if (order == 0) order = left.Step.Span.Start.CompareTo(right.Step.Span.Start);
        if (order == 0) order = string.CompareOrdinal(left.RootCause, right.RootCause);
        if (order == 0) order = left.Kind.CompareTo(right.Kind);
        if (order == 0) order = left.Step.Span.Length.CompareTo(right.Step.Span.Length);
        if (order == 0) order = string.CompareOrdinal(left.Step.Target, right.Step.Target);
        if (order == 0) order = CompareConditions(left.Conditions, right.Conditions);
        return order;
    }

    private static int CompareConditions(ImmutableArray<Condition> left, ImmutableArray<Condition> right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = (left[i].Kind, left[i].Parameter, left[i].Value).CompareTo((right[i].Kind, right[i].Parameter, right[i].Value));
            if (order != 0) return order;
        }

        return 0;
    }
}

/// <summary>Keeps the best witnesses of a body: one for each cause, site and set of conditions, and a bounded number in all.</summary>
internal sealed class BestReaches(int most)
{
    private readonly Dictionary<(string Cause, StepKind Kind, int Site, string Conditions, Certainty Certainty), Reach> _best = [];

    public void Add(Reach reach)
    {
        // Nobody reads a path of more than this many hops, and recursion cannot grow one for ever.
        if (reach.Length > LongestPath) return;
        var conditions = reach.Conditions.IsEmpty ? "" : string.Join(";", reach.Conditions.Select(static condition => $"{(int)condition.Kind}.{condition.Parameter}.{condition.Value}").OrderBy(static text => text, StringComparer.Ordinal));
        var site = reach.Next is null ? reach.Step.Span.Start : -1;
        var key = (reach.RootCause, reach.Kind, site, conditions, reach.Certainty);
        if (!_best.TryGetValue(key, out var known) || ReachOrder.Compare(reach, known) < 0) _best[key] = reach;
    }

    public ImmutableArray<Reach> ToImmutable()
    {
        var sorted = _best.Values.ToList();
        sorted.Sort(ReachOrder.Compare);
        return sorted.Take(most).ToImmutableArray();
    }

    private const int LongestPath = 32;
}

/// <summary>Loops of a caller around a call of a body that loops itself.</summary>
internal static class MultipliedWork
{
    /// <summary>CPU-bound work that neither body shows alone, or null.</summary>
    public static Reach? Of(BodySummary body, Step call, BodySummary callee, LoopNest inner)
    {
        if (call.Loops == LoopNest.None || inner == LoopNest.None) return null;
        var nest = call.Loops.Times(inner);
        string evidence;
        var certain = true;
        if (nest.ConstantTrips >= LoopNest.HeavyTrips)
            evidence = FormattableString.Invariant($"loops of {nest.ConstantTrips:N0} iterations together");
        else if (nest.InputDepth >= 3)
        {
            evidence = FormattableString.Invariant($"{nest.InputDepth} nested loops over input, {callee.Name} inside {body.Name}");
            certain = call.CountsInLoops;
        }
        else return null;

        var work = new Step
        {
            Kind = certain ? StepKind.Burns : StepKind.Sized,
            Span = new Microsoft.CodeAnalysis.Text.TextSpan(callee.Cpu.DeepestStart == 0 ? callee.Span.Start : callee.Cpu.DeepestStart, callee.Cpu.DeepestLength),
            Name = evidence,
            Evidence = evidence,
        };
        return Reach.Through(body, call, Reach.Direct(callee, work), oneOfSeveral: false);
    }
}

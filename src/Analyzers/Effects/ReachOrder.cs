using System.Collections.Immutable;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// A total order of witnesses: certain before possible, unconditional before conditional, the content of a file, which may be short, behind
/// all other waits and one file behind many, short paths before long ones, early before late.
/// </summary>
internal static class ReachOrder
{
    public static int Compare(Reach left, Reach right)
    {
        var order = left.Certainty.CompareTo(right.Certainty);
        if (order == 0) order = left.Cause.Brief.CompareTo(right.Cause.Brief);
        // The pause before another attempt is the least of what an attempt costs.
        if (order == 0) order = left.Cause.Exceptional.CompareTo(right.Cause.Exceptional);
        if (order == 0) order = left.Conditions.Length.CompareTo(right.Conditions.Length);
        if (order == 0) order = (left.Cause.BlockKind == BlockKind.File).CompareTo(right.Cause.BlockKind == BlockKind.File);
        if (order == 0) order = left.EndsInOneFile.CompareTo(right.EndsInOneFile);
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
            var order = (left[i].Kind, left[i].Parameter, left[i].Value, left[i].Least)
                .CompareTo((right[i].Kind, right[i].Parameter, right[i].Value, right[i].Least));
            if (order == 0) order = string.CompareOrdinal(left[i].Type, right[i].Type);
            if (order != 0) return order;
        }

        return 0;
    }
}

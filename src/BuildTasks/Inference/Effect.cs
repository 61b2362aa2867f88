using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>What a method of a referenced assembly does to the thread that calls it, with the path that shows it.</summary>
/// <param name="Verb">Blocks or burns.</param>
/// <param name="Kind">What a blocked thread waits for.</param>
/// <param name="IsBrief">One operation on metadata: never a warning.</param>
/// <param name="IsPossible">Not on every call: a cold or conditional path, a dispatched call, first use.</param>
/// <param name="Unless">What must not hold of the arguments.</param>
/// <param name="Path">Names from the method that is called next to the end.</param>
internal sealed record Effect(ApiVerb Verb, BlockKind Kind, bool IsBrief, bool IsPossible, ApiConditions Unless, IReadOnlyList<string> Path)
{
    /// <summary>How many methods on the path may take another branch.</summary>
    public int ConditionalHops { get; init; }

    /// <summary>The parameter of the method on which <see cref="Unless"/> depends; -1 for none.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>The parameter that is a time-out where <see cref="Unless"/> speaks of another one; -1 for none.</summary>
    public int Time { get; init; } = -1;

    /// <summary>The value of a parameter of the method without which nothing happens.</summary>
    public Given? Given { get; init; }

    /// <summary>The lock that a method holds meanwhile; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>A total order: sure before possible, long before brief, short paths before long ones.</summary>
    public int CompareTo(Effect other)
    {
        var order = IsPossible.CompareTo(other.IsPossible);
        if (order == 0) order = IsBrief.CompareTo(other.IsBrief);
        if (order == 0) order = Path.Count.CompareTo(other.Path.Count);
        if (order == 0) order = ConditionalHops.CompareTo(other.ConditionalHops);
        if (order == 0) order = string.CompareOrdinal(string.Join(">", Path), string.Join(">", other.Path));
        if (order == 0) order = Kind.CompareTo(other.Kind);
        if (order == 0) order = Unless.CompareTo(other.Unless);
        if (order == 0) order = string.CompareOrdinal(Lock, other.Lock);
        return order;
    }
}

using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>A step of a body with the bodies that it leads to.</summary>
internal sealed class CallSite(Step step)
{
    public Step Step { get; } = step;

    /// <summary>For a step that is an effect itself.</summary>
    public Reach? Direct { get; init; }

    /// <summary>The bodies that may run, but for those that report for themselves.</summary>
    public ImmutableArray<BodySummary> Callees { get; init; } = ImmutableArray<BodySummary>.Empty;

    /// <summary>Coroutines that may run: they report for themselves, but for the functions that they are given here.</summary>
    public ImmutableArray<BodySummary> Coroutines { get; init; } = ImmutableArray<BodySummary>.Empty;

    /// <summary>The call may run one body or another.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>Keys of the functions given as arguments that run where they are called.</summary>
    public IReadOnlyCollection<string> Functions { get; init; } = [];

    /// <summary>Keys of the bodies that the step's target may run.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Keys of all bodies whose effects have to be known first.</summary>
    public ImmutableArray<string> Leads { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The one body in which the loops around the call go on.</summary>
    public BodySummary? Multiplied { get; init; }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// What one body does by itself: its steps in source order. A body is a method, accessor, constructor, initialiser, lambda
/// or local function; a lambda that its receiver runs at once belongs to the body that it stands in.
/// </summary>
/// <remarks>
/// Holds no symbols: keys, spans and names only. It stays valid in every later compilation that contains <see cref="Tree"/>
/// and in which no declaration changed (see <see cref="SummaryStore"/>).
/// </remarks>
internal sealed class BodySummary
{
    public required string Key { get; init; }

    /// <summary>As the user reads it: <c>OrderView.Refresh</c>'s last word, <c>new Report</c>, <c>lambda in Load</c>.</summary>
    public required string Name { get; init; }

    public required SyntaxTree Tree { get; init; }

    public required TextSpan Span { get; init; }

    /// <summary>Contexts that the body has of its own; <see cref="RunContext.Unknown"/> for none.</summary>
    public RunContext Contexts { get; init; }

    public bool IsAsync { get; init; }

    /// <summary>A lambda or local function.</summary>
    public bool IsNested { get; init; }

    public ImmutableArray<Step> Steps { get; init; } = ImmutableArray<Step>.Empty;

    public ImmutableArray<LockRegion> Locks { get; init; } = ImmutableArray<LockRegion>.Empty;

    public CpuShape Cpu { get; init; } = CpuShape.Empty;

    /// <summary>
    /// Its first suspension resumes on the captured context (no ConfigureAwait(false)), so a loop that waits for it deadlocks.
    /// </summary>
    public bool ResumesOnCapturedContext { get; init; }

    /// <summary>Every task that it returns is complete already (Task.FromResult, Task.CompletedTask).</summary>
    public bool ReturnsCompletedTask { get; init; }

    /// <summary>An async body that awaits something which need not be complete; without, its task is complete when it returns.</summary>
    public bool Suspends { get; init; }

    /// <summary>What its parameters are at every place at which it awaits: with another one it has done its work when it returns.</summary>
    public ImmutableArray<Guard> SuspendsIf { get; init; } = ImmutableArray<Guard>.Empty;

    /// <summary>The body whose task it returns as its own, or awaits before anything else.</summary>
    public string? TaskBehind { get; init; }

    /// <summary>Only wraps one primitive over its own parameter: calling it counts as that primitive.</summary>
    public bool IsWrapper { get; init; }

    /// <summary>
    /// How far from its beginning no branch, loop or handler has been met: what stands before it happens whenever the body is called.
    /// </summary>
    public int StraightLength { get; init; } = int.MaxValue;

    /// <summary>How far from its beginning nobody asks whether a file is there, and goes another way if not.</summary>
    public int UnaskedLength { get; init; } = int.MaxValue;

    /// <summary>The fields that it reads or writes, by documentation id; for lock granularity.</summary>
    public ImmutableArray<FieldUse> Fields { get; init; } = ImmutableArray<FieldUse>.Empty;

    /// <summary>It loops over input, or lets LINQ do so.</summary>
    public bool HasLoop { get; init; }

    /// <summary>Keys of the methods that it hands, by name, to somebody who runs them several times at once.</summary>
    public ImmutableArray<string> RunsInParallel { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>
    /// A name of a lock says where a local or parameter is declared: nothing that can be moved. All else is a place in the text or a key.
    /// </summary>
    public bool CanMove => Locks.All(static region => region.IsField) && Steps.All(static step => step.Locks.All(IsPlaceless))
        && Fields.All(static use => use.Locks.All(IsPlaceless));

    /// <summary>The same text at another place of another tree.</summary>
    public BodySummary Moved(SyntaxTree tree, int by) => new()
    {
        Key = Key,
        Name = Name,
        Tree = tree,
        Span = Move(Span, by),
        Contexts = Contexts,
        IsAsync = IsAsync,
        IsNested = IsNested,
        Steps = by == 0 ? Steps : Steps.Select(step => step with { Span = Move(step.Span, by) }).ToImmutableArray(),
        Locks = by == 0 ? Locks : Locks.Select(region => region.Moved(by)).ToImmutableArray(),
        Cpu = by == 0 ? Cpu : Cpu.Moved(by),
        ResumesOnCapturedContext = ResumesOnCapturedContext,
        ReturnsCompletedTask = ReturnsCompletedTask,
        Suspends = Suspends,
        SuspendsIf = SuspendsIf,
        TaskBehind = TaskBehind,
        IsWrapper = IsWrapper,
        StraightLength = StraightLength,
        UnaskedLength = UnaskedLength,
        Fields = by == 0 ? Fields : Fields.Select(use => use with { Start = use.Start + by }).ToImmutableArray(),
        HasLoop = HasLoop,
        RunsInParallel = RunsInParallel,
    };

    private static bool IsPlaceless(string identity) => !identity.StartsWith("expression ", StringComparison.Ordinal);

    private static TextSpan Move(TextSpan span, int by) => new(span.Start + by, span.Length);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>One thing that a body does. Free of symbols, so that it outlives the compilation it was read in.</summary>
internal sealed record Step
{
    /// <summary>The name of a step that goes through a query of a database, which no member stands for.</summary>
    public const string EnumeratedQuery = "foreach over an IQueryable";

    /// <summary>How a query is called in a path that is given to what goes through it: <c>set.RemoveRange</c>, <c>new List</c>.</summary>
    public const string GivenQuery = " over an IQueryable";

    public required StepKind Kind { get; init; }

    /// <summary>The place that a finding marks.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The member as the user reads it in a path: <c>File.ReadAllText</c>, <c>Refresh</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For <see cref="StepKind.Calls"/>: the body called. See <see cref="BodyKey"/>.</summary>
    public string? Target { get; init; }

    public Dispatch Dispatch { get; init; }

    /// <summary>For catalogue effects: the line that says so.</summary>
    public ApiEntry? Entry { get; init; }

    public BlockKind BlockKind { get; init; }

    /// <summary>Only ever the possible form (RULES, "Weight").</summary>
    public bool Brief { get; init; }

    /// <summary>Who only reaches it, waits for a lock meanwhile, or has a thread of the pool for himself, hardly notices.</summary>
    public bool IsSlight => Brief || Entry is { OnlyWritten: true, Kind: BlockKind.Wait };

    /// <summary>For CPU work: the evidence in words. For a wait: what is waited for.</summary>
    public string? Evidence { get; init; }

    /// <summary>Only on a path that ends in a throw.</summary>
    public bool Cold { get; init; }

    /// <summary>In the handler of an exception: definite where written, possible where reached.</summary>
    public bool Exceptional { get; init; }

    /// <summary>In a branch that the body may not take.</summary>
    public bool Conditional { get; init; }

    /// <summary>
    /// Only while something is missing that this makes, or while a value task is not complete: definite where written, possible where
    /// reached.
    /// </summary>
    public bool Once { get; init; }

    /// <summary>Why <see cref="Once"/> makes it possible, in words; null where it happens the first time only.</summary>
    public string? Hedge { get; init; }

    /// <summary>
    /// So little is read or written that a coroutine or a loop hardly notices; under a lock, others may wait for it all the same.
    /// </summary>
    public bool Little { get; init; }

    /// <summary>Waits for a user interface's thread to run a delegate; on that thread itself the delegate is just called.</summary>
    public bool Marshals { get; init; }

    /// <summary>The stream is of an abstract type and its origin is not seen: definite where written, possible where reached.</summary>
    public bool UnknownStream { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = ImmutableArray<Condition>.Empty;

    /// <summary>A caller chooses the branch that it stands on, and the others do not wait.</summary>
    public bool IsChosen => Conditions.Any(static condition => !condition.Joined
        && condition.Kind is ConditionKind.ParameterIs or ConditionKind.ParameterEquals or ConditionKind.ValueAsked
            or ConditionKind.ValueSuffices);

    /// <summary>For calls, by parameter ordinal of the target.</summary>
    public ImmutableArray<ArgumentFact> Arguments { get; init; } = ImmutableArray<ArgumentFact>.Empty;

    /// <summary>The target is an async method asked for its synchronous form: it runs to its end right here.</summary>
    public bool RunsSynchronously { get; init; }

    /// <summary>The caller's own choice between asynchronous and synchronous work is passed on.</summary>
    public bool PassesMode { get; init; }

    /// <summary>A call of a member that is called logging.</summary>
    public bool Logs { get; init; }

    /// <summary>An await asks for the result, when what is awaited is done.</summary>
    public bool TakesResult { get; init; }

    /// <summary>What becomes of the sequence that the target gives.</summary>
    public SequenceUse Sequence { get; init; }

    /// <summary>It happens only when somebody walks through the sequence that the body gives.</summary>
    public bool IsDeferred => Conditions.Any(static condition => condition.Kind == ConditionKind.WalkedThrough);

    /// <summary>For <see cref="StepKind.RunsParameter"/>: the ordinal.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>The key of the function around that the parameter belongs to; null for the body's own.</summary>
    public string? ParameterOf { get; init; }

    /// <summary>Identities of the locks held here, outermost first; see <see cref="LockRegion"/>.</summary>
    public ImmutableArray<string> Locks { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>What the body says of a global interpreter lock at this place.</summary>
    public GilHold Gil { get; init; }

    /// <summary>How often the place runs.</summary>
    public LoopNest Loops { get; init; } = LoopNest.None;

    /// <summary>All loops around the place count a number.</summary>
    public bool CountsInLoops { get; init; }

    /// <summary>What the call is given depends on each loop over input around the place.</summary>
    public bool PassesLoops { get; init; }

    /// <summary>What the call is given that loops over input around the place choose.</summary>
    public ImmutableArray<LoopArgument> ChosenByLoops { get; init; } = ImmutableArray<LoopArgument>.Empty;

    /// <summary>For a wait on a task: the body that produced the task, where that is seen.</summary>
    public string? TaskSource { get; init; }

    /// <summary>For a wait on the task of a function that the body is given: the ordinal of that parameter; otherwise -1.</summary>
    public int TaskParameter { get; init; } = -1;

    /// <summary>For a wait on a task: the function that the pool runs meanwhile, where that is seen.</summary>
    public string? PoolFunction { get; init; }

    /// <summary>A wait on a task that an event loop completes, as it was given the work.</summary>
    public bool IsOfLoop { get; init; }

    /// <summary>An await inside the same loop gives others a turn.</summary>
    public bool HasCheckpoint { get; init; }

    /// <summary>A loop that never ends and never awaits.</summary>
    public bool Forever { get; init; }

    /// <summary>The codec or the transform of a picture, by the library that has it.</summary>
    public bool IsPicture => Entry is { Via.Count: 0, Id: var id }
        && (id.IndexOf("SkiaSharp.", StringComparison.Ordinal) == 2 || id.IndexOf(".ImageSharp.", StringComparison.Ordinal) > 0
            || id.IndexOf("ImageMagick.", StringComparison.Ordinal) == 2 || id.IndexOf("System.Drawing.", StringComparison.Ordinal) == 2);
}

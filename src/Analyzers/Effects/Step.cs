using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>What one place of a body does, as far as it matters for concurrency.</summary>
internal enum StepKind
{
    /// <summary>A known member that holds the thread.</summary>
    Blocks,

    /// <summary>Work that is CPU-bound for certain: a heavy API, or loops and recursion of this body.</summary>
    Burns,

    /// <summary>Work that may be CPU-bound: its cost grows with input that is not known here.</summary>
    Sized,

    /// <summary>Control goes on in other source.</summary>
    Calls,

    /// <summary>Invokes one of the body's own delegate parameters, at once.</summary>
    RunsParameter,
}

/// <summary>How the target of a call is chosen.</summary>
internal enum Dispatch
{
    Direct,

    /// <summary>An interface or virtual member: one implementation is followed as definite, several as possible.</summary>
    Virtual,

    /// <summary>A delegate field: its one assignment is followed.</summary>
    Field,

    /// <summary>Runs at most once and perhaps long before: a static initialiser or a lazy value.</summary>
    Once,
}

/// <summary>Something about the parameters of a body on which a step depends.</summary>
internal enum ConditionKind
{
    /// <summary>The bool parameter has the given value (dual-mode methods).</summary>
    ParameterIs,

    /// <summary>The task parameter is not known to be complete.</summary>
    NotCompleted,

    /// <summary>The stream parameter is not known to be in memory.</summary>
    NotInMemory,
}

/// <param name="Kind">What is asked of the parameter.</param>
/// <param name="Parameter">Its ordinal.</param>
/// <param name="Value">The value asked for by <see cref="ConditionKind.ParameterIs"/>.</param>
/// <param name="ModeSwitch">The parameter's name says that it selects between asynchronous and synchronous work.</param>
internal readonly record struct Condition(ConditionKind Kind, int Parameter, bool Value, bool ModeSwitch = false);

/// <summary>What a call site knows about one argument, in terms of the caller's own parameters.</summary>
internal readonly record struct ArgumentFact(ArgumentKnowledge Knowledge, int Parameter = -1, string? Function = null);

internal enum ArgumentKnowledge
{
    Unknown,
    True,
    False,

    /// <summary>The caller's own parameter, passed on.</summary>
    Parameter,

    /// <summary>A task that is complete.</summary>
    Completed,

    /// <summary>A stream in memory.</summary>
    InMemory,

    /// <summary>A device: file, socket, pipe.</summary>
    Device,

    /// <summary>A delegate whose body is known.</summary>
    Function,
}

/// <summary>How sure a step or a path is.</summary>
internal enum Certainty
{
    /// <summary>Happens whenever the body runs this far.</summary>
    Definite,

    /// <summary>Only on a path that ends in a throw, through dynamic dispatch, once, or on an unknown stream.</summary>
    Possible,
}

/// <summary>One thing that a body does. Free of symbols, so that it outlives the compilation it was read in.</summary>
internal sealed class Step
{
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

    /// <summary>For CPU work: the evidence in words. For a wait: what is waited for.</summary>
    public string? Evidence { get; init; }

    /// <summary>Only on a path that ends in a throw.</summary>
    public bool Cold { get; init; }

    /// <summary>In the handler of an exception: definite where written, possible where reached.</summary>
    public bool Exceptional { get; init; }

    /// <summary>In a branch that the body may not take.</summary>
    public bool Conditional { get; init; }

    /// <summary>Only while something is missing that this makes: definite where written, possible where reached.</summary>
    public bool Once { get; init; }

    /// <summary>Waits for a user interface's thread to run a delegate; on that thread itself the delegate is just called.</summary>
    public bool Marshals { get; init; }

    /// <summary>The stream is of an abstract type and its origin is not seen: definite where written, possible where reached.</summary>
    public bool UnknownStream { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = ImmutableArray<Condition>.Empty;

    /// <summary>For calls, by parameter ordinal of the target.</summary>
    public ImmutableArray<ArgumentFact> Arguments { get; init; } = ImmutableArray<ArgumentFact>.Empty;

    /// <summary>The target is an async method asked for its synchronous form: it runs to its end right here.</summary>
    public bool RunsSynchronously { get; init; }

    /// <summary>For <see cref="StepKind.RunsParameter"/>: the ordinal.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>Identities of the locks held here, outermost first; see <see cref="LockRegion"/>.</summary>
    public ImmutableArray<string> Locks { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>How often the place runs.</summary>
    public LoopNest Loops { get; init; } = LoopNest.None;

    /// <summary>All loops around the place count a number.</summary>
    public bool CountsInLoops { get; init; }

    /// <summary>For a wait on a task: the body that produced the task, where that is seen.</summary>
    public string? TaskSource { get; init; }

    /// <summary>An await inside the same loop gives others a turn.</summary>
    public bool HasCheckpoint { get; init; }

    /// <summary>A loop that never ends and never awaits.</summary>
    public bool Forever { get; init; }
}

/// <summary>A stretch of a body that holds a lock that belongs to its thread.</summary>
/// <param name="Lock">Documentation id of the lock's field, or a description for anything else (<c>this</c>, a local, an expression).</param>
/// <param name="Name">As the user reads it.</param>
/// <param name="Span">From where the lock is taken to where it is given up.</param>
/// <param name="Keyword">What a finding marks: <c>lock (gate)</c>, or the call that takes the lock.</param>
/// <param name="IsField">The lock is a field of this or of the type itself, so that its takers can be found.</param>
/// <param name="Awaits">Where the region suspends, if it does.</param>
/// <param name="LockKind">The type of the lock, as the user reads it: Monitor, ReaderWriterLockSlim…</param>
/// <param name="IsShared">A read lock: others may hold the like at the same time.</param>
/// <param name="OnlyTries">Gives up at once when another thread holds the lock, and so never waits.</param>
/// <param name="HasLoop">A loop over input runs while the lock is held.</param>
internal sealed record LockRegion(
    string Lock, string Name, TextSpan Span, TextSpan Keyword, bool IsField, TextSpan? Awaits, string LockKind,
    bool IsShared = false, bool OnlyTries = false, bool HasLoop = false);

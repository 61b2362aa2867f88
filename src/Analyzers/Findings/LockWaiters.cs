using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>Who stands still while a lock is held over work.</summary>
internal sealed class LockWaiters(Facts facts, LockIndex index, CancellationToken cancellation)
{
    private const RunContext MustNotWait = RunContext.EventLoop | RunContext.Turn | RunContext.Coroutine | RunContext.Request
        | RunContext.Parallel;

    private static readonly string[] Devices =
        ["Stream", "Writer", "Reader", "Socket", "Connection", "Client", "Process", "Handle", "Port", "Pipe", "Channel", "Transaction",
            "Command", "Listener"];

    /// <summary>The takers that wait for this holder; a reader waits for no reader, and who only tries waits for nobody.</summary>
    public IReadOnlyList<Taker> Of(Taker holder)
    {
        var (field, key) = SeenByOthers(holder.Region);
        var all = index.All(holder.Owner.ContainingType.OriginalDefinition, cancellation).Where(taker => key is null
            ? taker.Region.Lock == holder.Region.Lock && SymbolEqualityComparer.Default.Equals(taker.Owner, holder.Owner)
            : taker.Region.Lock == key || taker.Region.FieldOfOther == key);
        if (field is not null) all = all.Concat(index.Anywhere(field, key!, cancellation));
        var takers = all.Where(taker => !taker.Region.OnlyTries && !(taker.Region.IsShared && holder.Region.IsShared)
            && !IsLifeCycle(taker.Body, taker.Owner))
            .GroupBy(static taker => (taker.Body.Key, taker.Region.Span)).Select(static same => same.First()).ToList();
        // Who runs what it is given under the lock is nobody beside those who give it.
        takers.RemoveAll(taker => RunsOthers(taker) && takers.Any(other => other.Region.Through == taker.Body.Name));
        return takers;
    }

    /// <summary>The field that the lock is, and its symbol where it is one of another type or one that other types see.</summary>
    private (ISymbol? Field, string? Key) SeenByOthers(LockRegion region)
    {
        if (region.IsField)
        {
            var own = facts.Summaries.SymbolOf(region.Lock);
            var isSeen = own is IFieldSymbol or IPropertySymbol && SourceModels.HasSource(own)
                && own.DeclaredAccessibility != Accessibility.Private;
            return (isSeen ? own : null, region.Lock);
        }

        // `list.SyncRoot` of the base library says nothing of which list.
        return region.FieldOfOther is { } key && facts.Summaries.SymbolOf(key) is { } other && SourceModels.HasSource(other)
            ? (other, key)
            : (null, null);
    }

    private static bool RunsOthers(Taker taker) => taker.Body.Steps.Any(step =>
        step.Kind == StepKind.RunsParameter && LockIndex.IsUnder(step, taker.Region));

    /// <summary>A taker that shares its thread, or runs beside others of its kind, as the message tells it; null for none.</summary>
    public string? Cooperative(Taker holder, IEnumerable<Taker> takers)
    {
        string? itself = null;
        foreach (var taker in takers)
        {
            var context = BodyFindings.MostSpecific(ContextsOf(taker) & MustNotWait);
            if (context == RunContext.Unknown) continue;
            if (taker.Body.Key != holder.Body.Key) return $"'{taker.Body.Name}' ({LockAdvice.Noun(context)})";
            itself ??= $"another '{taker.Body.Name}' ({LockAdvice.Noun(context)})";
        }

        return itself;
    }

    /// <summary>A taker that does no work of the kind and only wants the state that the lock guards; null for none.</summary>
    public string? OfState(Taker holder, IEnumerable<Taker> takers)
    {
        var held = new HashSet<string>(index.FieldsUnder(holder.Body, holder.Region, cancellation).Select(static use => use.Field),
            StringComparer.Ordinal);
        foreach (var taker in takers)
        {
            if (taker.Body.Key == holder.Body.Key || Works(taker)) continue;
            var uses = index.FieldsUnder(taker.Body, taker.Region, cancellation).Where(use => IsState(use.Field)).ToList();
            if (uses.Any(use => use.Writes || held.Contains(use.Field))) return $"'{taker.Body.Name}'";
        }

        return null;
    }

    /// <summary>Whether every taker itself works under the lock, so that the lock is there for the work.</summary>
    public bool AllWork(IEnumerable<Taker> takers) => takers.All(Works);

    /// <summary>The lock guards more than what is on the disk: something that the taker changes while it holds it.</summary>
    public bool ChangesState(Taker taker) =>
        index.FieldsUnder(taker.Body, taker.Region, cancellation).Any(use => use.Writes && IsState(use.Field));

    /// <summary>Construction and disposal: nobody else is there yet, or any more.</summary>
    public static bool IsLifeCycle(IMethodSymbol member) =>
        member.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor
        || member.Name is "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore" or "Close" or "CloseAsync"
            or "Disconnect"
        || member.Name.EndsWith(".Dispose", StringComparison.Ordinal) || member.Name.EndsWith(".DisposeAsync", StringComparison.Ordinal);

    /// <summary>The same of a body; a function that a constructor gives to a timer or the pool runs after it.</summary>
    public static bool IsLifeCycle(BodySummary body, IMethodSymbol owner) => IsLifeCycle(owner)
        && !(owner.MethodKind == MethodKind.Constructor && body.IsNested && (body.Contexts & ~RunContext.Caller) != 0);

    private bool Works(Taker taker) =>
        index.Under(taker.Body, taker.Region, cancellation)
            .Any(static reach => reach.Kind is StepKind.Blocks && !reach.Cause.IsSlight || reach.Kind == StepKind.Burns);

    private RunContext ContextsOf(Taker taker) =>
        taker.Body.IsNested && (taker.Body.Contexts & ~RunContext.Caller) != 0
            ? taker.Body.Contexts
            : taker.Body.Contexts | facts.Contexts.Of(taker.Owner, cancellation).Contexts;

    /// <summary>
    /// The holder and all who want the lock are handlers of one window, or only handlers of windows lead to them: none of them runs
    /// while another does.
    /// </summary>
    public bool TakeTurnsOnLoop(Taker holder, IReadOnlyList<Taker> takers)
    {
        if (holder.Region.IsField && facts.LivesOnLoop(holder.Owner)
            && facts.Summaries.SymbolOf(holder.Region.Lock) is IFieldSymbol { IsStatic: false }
            && IsInTurn(holder) && takers.All(IsInTurn)) return true;
        return IsOnWindowsOnly(holder) && takers.All(IsOnWindowsOnly) && facts.Contexts.Windows.IsOne(cancellation);
    }

    private bool IsInTurn(Taker taker) => IsOnLoopOnly(taker) || IsOnWindowsOnly(taker);

    private bool IsOnWindowsOnly(Taker taker) =>
        taker.Body.IsNested
            ? facts.Contexts.Windows.Runs(taker.Body.Contexts & ~RunContext.Caller, taker.Owner, cancellation)
            : facts.Contexts.Windows.Runs(ContextInference.Definition(taker.Owner), cancellation);

    public bool IsOnLoopOnly(Taker taker) => (ContextsOf(taker) & ~RunContext.Caller) == RunContext.EventLoop;

    /// <summary>State is what a lock guards; the device that it serialises, and whether that one is closed, is not.</summary>
    private bool IsState(string field)
    {
        var name = field.Substring(field.LastIndexOf('.') + 1);
        if (name.IndexOf("dispos", StringComparison.OrdinalIgnoreCase) >= 0
            || name.IndexOf("closed", StringComparison.OrdinalIgnoreCase) >= 0) return false;
        return !IsDevice(field);
    }

    /// <summary>A field that holds what input and output goes through.</summary>
    public bool IsDevice(string field)
    {
        var type = facts.Summaries.SymbolOf(field) switch
        {
            IFieldSymbol symbol => symbol.Type,
            IPropertySymbol symbol => symbol.Type,
            _ => null,
        };
        return type is not null && Devices.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal));
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A lock that is held while its holder waits or computes. Whether that is a mistake depends on who else wants the lock:
/// QNT3003 and QNT3004 when somebody stands still who need not, QNT3020 when the lock exists to put the work in a row.
/// </summary>
internal sealed class LockContention(Facts facts, LockIndex index, CancellationToken cancellation)
{
    private readonly LockWaiters _waiters = new(facts, index, cancellation);
    private readonly BriefGates _gates = new(facts, cancellation);
    private readonly ManyFiles _files = new(facts, cancellation);

    private sealed record Candidate(string Id, Reach Reach, LockRegion Region, string Waiter, string Advice);

    public IEnumerable<Finding> In(BodySummary body, IMethodSymbol owner)
    {
        if (LockWaiters.IsLifeCycle(body, owner) || body.Locks.IsEmpty) return [];
        var candidates = new List<Candidate>();
        foreach (var region in body.Locks)
        {
            // Who awaits it holds nobody up while it waits, and is told of what it waits for itself.
            if (region.IsAwaited) continue;
            var holder = new Taker(body, owner, region);
            candidates.AddRange(index.Under(body, region, cancellation).Select(reach => Judge(holder, reach)).OfType<Candidate>());
        }

        return candidates.Count == 0 || IsStartUpOrTest(body, owner)
            || !body.IsNested && facts.Contexts.IsPartOfConstruction(owner, cancellation) ? [] : Group(body, candidates);
    }

    private Candidate? Judge(Taker holder, Reach reach)
    {
        // Who takes the same lock again on the way reports for itself.
        if (reach.Links.Skip(1).Any(link => link.Step.Locks.Contains(holder.Region.Lock))) return null;
        // On the loop itself, what is marshalled to the loop is just called.
        if (reach.Cause.Marshals && _waiters.IsOnLoopOnly(holder)) return null;
        var blocks = (IsLongWait(reach) || IsWholeFile(reach)) && !_gates.IsBehind(reach);
        var loads = !blocks && IsFirstUse(reach) && OneTimeLoad.Guards(reach, facts.Summaries, cancellation);
        if (!blocks && !loads && !IsWork(reach) && !IsOwnText(holder, reach)) return null;
        var takers = _waiters.Of(holder);
        if (_waiters.TakeTurnsOnLoop(holder, takers)) return null;
        if (loads) return takers.Count > 0 ? new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.LoadOnce) : null;
        if (!blocks && reach.Kind == StepKind.Blocks)
        {
            return takers.Count > 0 && !takers.Any(_waiters.ChangesState)
                ? new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise)
                : null;
        }

        // The second comer wants what the first is waiting for.
        if (StopsWorker(holder, reach) && takers.All(taker => taker.Region == holder.Region)) return null;
        if (takers.Count == 0 || StopsWorker(holder, reach) && _waiters.Cooperative(holder, takers) is null) return null;
        if (OneTimeLoad.Guards(reach, facts.Summaries, cancellation))
            return blocks ? new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.LoadOnce) : null;

        // Who locks the device itself puts its use in a row on purpose.
        if (blocks && (_waiters.IsDevice(holder.Region.Lock) || IsOneWire(reach.Cause)))
            return new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise);

        // A lock that is named after the saving of a file is there for it, whoever wants to save.
        if (reach.Cause.BlockKind == BlockKind.File && IsNamedAfterSaving(holder.Region.Name))
            return new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise);

        if (reach.Cause.BlockKind == BlockKind.File && IsForAFile([holder, .. takers])
            && !GuardsBesideFiles(holder, reach, takers))
            return new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise);

        if (blocks && _waiters.Cooperative(holder, takers) is null && OneTimeLoad.GuardsEntry(reach, facts.Summaries, cancellation))
            return new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.LoadOnce);

        if (IsDevice(reach.Cause.BlockKind) && _waiters.AllWork(takers) && SerialisesOnPurpose(holder, reach)
            && !GuardsBesideFiles(holder, reach, takers))
            return new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise);
        var waiter = _waiters.Cooperative(holder, takers) ?? _waiters.OfState(holder, takers);
        if (waiter is not null)
            return new Candidate(blocks ? "QNT3003" : "QNT3004", reach, holder.Region, waiter,
                LockAdvice.MoveOut(blocks ? WorkKind.Blocking : WorkKind.CpuBound));
        return IsDevice(reach.Cause.BlockKind) ? new Candidate("QNT3020", reach, holder.Region, "", LockAdvice.Serialise) : null;
    }

    /// <summary>Somebody waits who need not, for state, while a file of somebody else's is written.</summary>
    private bool GuardsBesideFiles(Taker holder, Reach reach, IReadOnlyList<Taker> takers) =>
        _files.IsReached(reach) && _waiters.Cooperative(holder, takers) is not null
        && (_waiters.ChangesState(holder) || _files.ChangesCaptured(holder));

    /// <summary>Writing has to happen one after the other, and so has anything on a device that the object keeps.</summary>
    private bool SerialisesOnPurpose(Taker holder, Reach reach) =>
        reach.Links.Any(static link => Writes(link.Step.Name))
        || index.FieldsUnder(holder.Body, holder.Region, cancellation).Any(use => _waiters.IsDevice(use.Field));

    /// <summary>
    /// A line for a text file that the object keeps open: each fills a buffer, and now and then one waits for the disk, with all the others
    /// behind it.
    /// </summary>
    private bool IsOwnText(Taker holder, Reach reach) =>
        reach is { Kind: StepKind.Blocks, IsDirect: true, Certainty: Certainty.Definite, Cause.BlockKind: BlockKind.File }
        && reach.Cause.Name.StartsWith("StreamWriter.", StringComparison.Ordinal) && Writes(reach.Cause.Name)
        && index.FieldsUnder(holder.Body, holder.Region, cancellation).Any(use => _waiters.IsDevice(use.Field));

    /// <summary>
    /// Whoever takes the lock reads or writes a file and changes nothing else, and somebody writes: it is there so that nobody reads what
    /// is half written.
    /// </summary>
    private bool IsForAFile(IReadOnlyList<Taker> takers)
    {
        var isWritten = false;
        foreach (var taker in takers)
        {
            var reads = index.Under(taker.Body, taker.Region, cancellation)
                .Where(static reach => reach is { Kind: StepKind.Blocks, Cause.BlockKind: BlockKind.File }).ToList();
            if (reads.Count == 0 || _waiters.ChangesState(taker)) return false;
            isWritten |= reads.Any(static reach => reach.Links.Any(static link => Writes(link.Step.Name)));
        }

        return isWritten;
    }

    /// <summary>A serial port carries one question and its answer at a time: whoever locks it means that.</summary>
    private static bool IsOneWire(Step cause) => cause.Name.StartsWith("SerialPort.", StringComparison.Ordinal);

    private static bool IsNamedAfterSaving(string gate) =>
        gate.TrimStart('_').StartsWith("save", StringComparison.OrdinalIgnoreCase) || gate.IndexOf("Save", StringComparison.Ordinal) > 0;

    private static bool Writes(string member)
    {
        var name = member.Substring(member.LastIndexOf('.') + 1);
        return name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal)
            || name.StartsWith("Send", StringComparison.Ordinal) || name.StartsWith("Flush", StringComparison.Ordinal)
            || name.StartsWith("Save", StringComparison.Ordinal);
    }

    private static bool IsDevice(BlockKind kind) =>
        kind is BlockKind.File or BlockKind.Network or BlockKind.Database or BlockKind.Process or BlockKind.Console or BlockKind.Task;

    private bool IsLongWait(Reach reach) =>
        reach.Kind == StepKind.Blocks && BodyFindings.IsDefinite(reach) && !reach.Cause.IsSlight && !reach.IsOfSynchronousForm
        // What a handler does after a failure is rare.
        && !reach.Step.Exceptional
        // What ends a device's life is mostly quick and always last.
        && (reach.Links.FirstOrDefault(static link => Ends(link.Step.Name)) is not { } end
            || !Ends(reach.Cause.Name) && IsEndOfUsing(end));

    /// <summary>
    /// A method that goes through all that the lock guards and writes it line by line into a file of its own: whoever calls it waits for
    /// the disk, although no line does for sure.
    /// </summary>
    private static bool IsWholeFile(Reach reach) =>
        reach is { Kind: StepKind.Blocks, IsConditional: false, Cause: { Hedge: BodyReader.Pieces, IsSlight: false } cause }
        && cause.Loops != LoopNest.None && Doubt.Of(reach) == BodyReader.Pieces;

    /// <summary>What is called only until something is there waits for sure, as long as it is called.</summary>
    private static bool IsFirstUse(Reach reach) =>
        reach is
        {
            Kind: StepKind.Blocks, Step: { Once: true, Cold: false, Exceptional: false }, Next.Certainty: Certainty.Definite,
            Cause: { Brief: false, IsSlight: false },
        };

    /// <summary><c>using (new Scope()) { … }</c>: what was begun under the lock is ended under it, every time.</summary>
    private bool IsEndOfUsing(Reach link) =>
        link.Step.Kind == StepKind.Calls
        && link.Place(cancellation) is var place
        && !(place is InvocationExpressionSyntax call && MemberText.NameOf(call) is { } name && Ends(name));

    private static bool Ends(string member) => member.Substring(member.LastIndexOf('.') + 1) is "Dispose" or "Close";

    /// <summary>Start and Stop take turns, and Stop waits until what Start has started has ended: that is what the lock is for.</summary>
    private static bool StopsWorker(Taker holder, Reach reach) => reach.Cause.Name is "Thread.Join" or "Task.Wait"
        && (Stops(holder.Owner.Name) || reach.Links.Any(static link => Stops(link.Step.Name)));

    private static bool Stops(string member) =>
        PascalWords.Of(member.Substring(member.LastIndexOf('.') + 1)).FirstOrDefault() is "Stop" or "Shutdown" or "Terminate";

    private static bool IsWork(Reach reach) =>
        reach is { Kind: StepKind.Burns, Certainty: Certainty.Definite } && (reach.IsDirect || reach.HoldsForAnybody);

    private bool IsStartUpOrTest(BodySummary body, IMethodSymbol owner)
    {
        const RunContext Quiet = RunContext.StartUp | RunContext.Test;
        if (facts.IsTestProject || (body.Contexts & Quiet) != 0) return true;
        if ((body.Contexts & ContextInference.Serving) != 0) return false;
        var inherited = facts.Contexts.Of(owner, cancellation);
        return inherited.OnlyAtEdges || body.IsNested && (inherited.Contexts & Quiet) != 0;
    }

    /// <summary>A lock that is held too long in a body is one story, whatever is done under it.</summary>
    private IEnumerable<Finding> Group(BodySummary body, List<Candidate> candidates)
    {
        candidates.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Id, right.Id);
            if (order == 0) order = ReachOrder.Compare(left.Reach, right.Reach);
            return order == 0 ? left.Region.Span.Start.CompareTo(right.Region.Span.Start) : order;
        });
        var sites = new HashSet<int>();
        foreach (var story in candidates.GroupBy(static candidate => candidate.Region.Lock))
        {
            var first = story.First();
            var others = story.Select(static candidate => candidate.Reach.Step.Span.Start).Distinct().Count() - 1;
            if (sites.Add(first.Reach.Step.Span.Start)) yield return ToFinding(body, first, others);
        }
    }

    private Finding ToFinding(BodySummary body, Candidate candidate, int others)
    {
        var (reach, cause) = (candidate.Reach, candidate.Reach.Cause);
        var path = CallPath.Of(body, reach);
        var told = others > 0 ? $"{path}, +{others} more" : path;
        var doing = reach.Kind == StepKind.Blocks ? Advisor.Doing(cause.BlockKind) : $"while it computes: {cause.Evidence ?? cause.Name}";
        if (candidate.Region.Through is { } through) doing = $"(taken by '{through}') {doing}";
        object?[] arguments = candidate.Id == "QNT3020"
            ? [body.Name, candidate.Region.Name, doing, told, candidate.Advice]
            : [body.Name, candidate.Region.Name, doing, told, candidate.Waiter, candidate.Advice];
        var hops = reach.Links.Skip(1).Select(link => facts.LocationOf(link.Body.Tree, link.Step.Span)).ToImmutableArray();
        return new Finding(candidate.Id, facts.LocationOf(body.Tree, reach.Step.Span), hops, arguments, Properties(path, candidate, body));
    }

    private static ImmutableDictionary<string, string?> Properties(string path, Candidate candidate, BodySummary body)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties[FindingProperties.Path] = path;
        properties[FindingProperties.Kind] = "Lock";
        properties[FindingProperties.Context] = BodyFindings.MostSpecific(body.Contexts).ToString();
        properties[FindingProperties.RootCause] = candidate.Reach.RootCause;
        properties[FindingProperties.Lock] = LockFindings.FieldOf(candidate.Region);
        if (candidate.Region.Through is { } through) properties[FindingProperties.Through] = through;
        if (candidate.Reach.IsDirect) properties[FindingProperties.Direct] = "true";
        if (candidate.Reach.Cause.Entry is { } entry) properties[FindingProperties.Root] = entry.Id;
        return properties.ToImmutable();
    }
}

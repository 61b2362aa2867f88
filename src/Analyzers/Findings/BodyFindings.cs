using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// What is wrong in one body, decided once for all rules: which id speaks for a reach (precedence), and which reaches
/// are the same story (grouping). RULES, "Where a chain is reported".
/// </summary>
internal sealed class BodyFindings(Facts facts, CancellationToken cancellation)
{
    private readonly BriefGates _gates = new(facts, cancellation);
    private readonly LoopDeadlocks _deadlocks = new(facts, cancellation);
    private readonly LoopSignals _signals = new(facts, cancellation);
    private readonly FindingStory _story = new(facts, cancellation);
    private bool? _startsHost;

    /// <summary>From the most specific context to the least; the first that a body has reports.</summary>
    private static readonly RunContext[] Precedence =
    [
        RunContext.EventLoop, RunContext.Turn, RunContext.Coroutine, RunContext.Request, RunContext.GilThread, RunContext.Parallel,
        RunContext.Pool, RunContext.Dedicated, RunContext.StartUp, RunContext.Test,
    ];

    public IEnumerable<Finding> Of(BodySummary body, IMethodSymbol? owner, RunContext ownerContexts)
    {
        var reaches = facts.Effects.OfSteps(body, cancellation);
        if (reaches.Count == 0) return [];
        var handedOn = owner is null ? RunContext.Unknown : HandedOn(body, owner);
        var contexts = body.Contexts | handedOn;
        var context = MostSpecific(contexts);
        // A goroutine that parks its thread does so wherever it was started, and an asynchronous function of a request is a coroutine that
        // others wait for.
        var mayBeQuiet = !IsGoroutine(body, context) && (contexts & ContextInference.Serving) == 0;
        var isQuiet = mayBeQuiet && IsStartUpOrTest(body, ownerContexts);

        var candidates = new List<(string Id, Reach Reach)>();
        foreach (var reach in isQuiet ? [] : reaches)
        {
            var id = RuleFor(reach, ContextAt(reach, context, body), body, owner);
            // The fixtures of a test project block on purpose; a deadlock is one there, too.
            if (id is not null && (!facts.IsTestProject || id == "QNT5006")) candidates.Add((id, reach));
        }

        // Who calls the member is asked last: it is sought in the whole project.
        if (candidates.Count > 0 && mayBeQuiet && owner is not null && facts.Contexts.Of(owner, cancellation).OnlyStartUpOrTest)
            candidates.Clear();
        // Where the program starts, its threads wait for the lock as anywhere.
        if (!facts.IsTestProject) candidates.AddRange(UnderGil(reaches, context));
        return candidates.Count == 0 ? [] : Group(candidates, context, body, owner);
    }

    /// <summary>Behind <c>ConfigureAwait(false)</c> the body of a loop is a coroutine like any other.</summary>
    private RunContext ContextAt(Reach reach, RunContext context, BodySummary body) =>
        context == RunContext.EventLoop && body is { IsAsync: true, Suspends: true } && IsOffLoop(reach, body)
            ? RunContext.Coroutine
            : context;

    private bool IsOffLoop(Reach reach, BodySummary body) => reach.Place(cancellation) is var place && OffLoop.IsBehind(place, body.Span)
        && facts.Models.Of(body.Tree) is { } model && !OffLoop.MayComeBack(place, model);

    /// <summary>Where a member, or the function that it gives to its callers, runs because somebody hands it on.</summary>
    private RunContext HandedOn(BodySummary body, IMethodSymbol owner)
    {
        if (!body.IsNested) return facts.Contexts.HandedOn(owner, cancellation);
        return (body.Contexts & ~RunContext.Coroutine) == 0 && owner.ReturnType.TypeKind == TypeKind.Delegate
            && GivenBack.IsBy(owner, NodeOf(body))
            ? facts.Contexts.OfResult(owner, cancellation)
            : RunContext.Unknown;
    }

    public static RunContext MostSpecific(RunContext contexts)
    {
        foreach (var context in Precedence)
            if ((contexts & context) != 0) return context;
        return RunContext.Unknown;
    }

    /// <summary>Nobody waits while a program starts or a test runs; loops, turns and requests matter even there.</summary>
    private static bool IsStartUpOrTest(BodySummary body, RunContext ownerContexts)
    {
        const RunContext Quiet = RunContext.StartUp | RunContext.Test;
        return (body.Contexts & Quiet) != 0 || body.IsNested && (ownerContexts & Quiet) != 0;
    }

    private string? RuleFor(Reach reach, RunContext context, BodySummary body, IMethodSymbol? owner) => reach.Kind switch
    {
        StepKind.Blocks => ForBlocking(reach, context, body, owner),
        // On the pool is where CPU-bound work belongs; a lambda given to Task.Run has been moved already.
        StepKind.Burns or StepKind.Sized when IsOffloaded(body) && context == RunContext.Coroutine => null,
        StepKind.Burns or StepKind.Sized => ForCpu(reach, context, body, owner),
        _ => null,
    };

    private string? ForBlocking(Reach reach, RunContext context, BodySummary body, IMethodSymbol? owner)
    {
        // A dual-mode method blocks only for those who asked for it.
        if (reach.IsOfSynchronousForm) return null;
        // A look at the disk once in the life of a program is not worth a word.
        if ((reach.Cause.Brief || reach.Cause.Little) && reach.Links.Any(static link => link.Step.Dispatch == Dispatch.Once)) return null;
        var definite = IsDefinite(reach) && !reach.Cause.Little && !IsAtAnEdge(reach, body, owner) && !_gates.IsBehind(reach);
        // A window that is held by its installer is held, and whoever answers a request or a message serves somebody; a thread of the pool
        // that nobody else wants is not.
        var serves = (body.Contexts & ContextInference.Serving) != 0;
        if (!serves && context != RunContext.EventLoop && LoneWork.IsDoneBy(owner)
            || LoneWork.IsForDevelopers(owner)) definite = false;
        if (context == RunContext.Coroutine && IsOnItsOwn(body)) definite = false;
        // What is made on first use, written here; a request is told of it, as it has no possible form.
        if (reach.Step is { Once: true, Hedge: null, BlockKind: BlockKind.File } && context != RunContext.Request) definite = false;
        definite = definite && !IsMeant(reach);
        switch (context)
        {
            case RunContext.EventLoop:
                if (reach.Cause.Marshals) return null;
                if (!definite || _signals.IsBehind(reach)) return "QNT5010";
                return _deadlocks.IsOne(reach) ? "QNT5006" : "QNT5001";
            case RunContext.Turn or RunContext.Coroutine:
                if (reach.Cause.Marshals && (body.Contexts & RunContext.Pool) == 0 && facts.LivesOnLoop(owner)) return null;
                // Whoever hands a result to the window has nothing else to do until it is shown, nor who collects garbage until it is gone.
                definite &= !reach.Cause.Marshals && reach.Cause.Name != "GC.WaitForPendingFinalizers";
                definite &= !_signals.IsBehind(reach);
                // Whoever runs a loop in parallel works along: the thread computes, and only a window is missed meanwhile.
                definite &= reach.Cause.BlockKind != BlockKind.Parallel
                    || reach.IsDirect && !IsParallelQuery(reach.Cause) && (facts.LivesOnLoop(owner) || WaitsInParallel(reach, owner));
                definite &= serves || !IsOnlySqlites(reach);
                // A tree of folders has no asynchronous form: another thread of the pool would walk it, which helps a loop or a turn only.
                definite &= context != RunContext.Coroutine || reach.IsDirect || !WalksFolders(reach.Cause);
                return !definite || IsOwnConsole(reach, context) || IsOutOfTheWay(reach, body, owner)
                    ? "QNT4003"
                    : reach.IsDirect ? "QNT4001" : "QNT4002";
            case RunContext.Request:
                definite &= reach.Cause.BlockKind != BlockKind.Parallel || reach.IsDirect && WaitsInParallel(reach, owner);
                return definite && !reach.Cause.IsSlight ? "QNT4008" : null;
            case RunContext.Dedicated or RunContext.GilThread:
                return null;
            case RunContext.Parallel when IsGoroutine(body, context):
                return definite && IsOurWait(reach.Cause) ? "QNT1011" : null;
            default:
                // What waits in a body of another assembly is that body's to tell, as it is where its source is at hand.
                // Who merely wraps the wait is the wait under another name.
                var syncOverAsync = !body.IsAsync && reach is { IsDirect: true, Certainty: Certainty.Definite }
                    && reach.Cause is { BlockKind: BlockKind.Task, Entry: not { Via.Count: > 0 } };
                return syncOverAsync
                    && (owner is null
                        || (facts.Contexts.Of(owner, cancellation).Contexts & (RunContext.Request | RunContext.Dedicated)) == 0
                            && !IsReportedAbove(reach, body, owner) && !Continuations.IsWaitOf(reach, owner, facts, cancellation))
                        ? "QNT4004"
                        : null;
        }
    }

    /// <summary>Whoever runs it has a context of its own, and reports it there.</summary>
    private bool IsReportedAbove(Reach reach, BodySummary body, IMethodSymbol owner) => !body.IsNested
        ? facts.Contexts.IsReportedByCallers(owner, cancellation)
        : facts.Summaries.BodiesOf(owner, cancellation).Any(outer => !outer.IsNested
            && (outer.Contexts & ContextInference.Reporting) != 0
            && facts.Effects.OfSteps(outer, cancellation).Any(through => through.RootCause == reach.RootCause));

    /// <summary>A command does one thing at a time, unless it does many side by side.</summary>
    private bool IsOnItsOwn(BodySummary body) =>
        facts.IsCommandLine && (body.Contexts & (ContextInference.Serving | RunContext.Parallel | RunContext.EventLoop)) == 0;

    private static bool WalksFolders(Step cause) =>
        cause.Entry is { Via.Count: 0, Id: var id } && id.StartsWith("M:System.IO.Directory", StringComparison.Ordinal);

    /// <summary>What is run in parallel waits itself: all its threads, this one too, hold still.</summary>
    private bool WaitsInParallel(Reach reach, IMethodSymbol? owner) => owner is not null
        && reach.Place(cancellation).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Span: var call }
        && facts.Summaries.BodiesOf(owner, cancellation).Any(inner => inner.IsNested && inner.Tree == reach.Body.Tree
            && call.Contains(inner.Span) && (inner.Contexts & RunContext.Parallel) != 0
            && facts.Effects.OfSteps(inner, cancellation).Any(static waits => waits.Kind == StepKind.Blocks && IsDefinite(waits)));

    private static bool IsParallelQuery(Step cause) => cause.Name.StartsWith("ParallelEnumerable.", StringComparison.Ordinal);

    /// <summary>What this body does, or reaches, while it holds a global interpreter lock that it has taken or was started with.</summary>
    private IEnumerable<(string Id, Reach Reach)> UnderGil(IReadOnlyList<Reach> reaches, RunContext context)
    {
        foreach (var reach in reaches)
        {
            var held = reach.Step.Gil switch
            {
                GilHold.Held => true,
                GilHold.Released => false,
                _ => context == RunContext.GilThread,
            };
            // Below a body that takes the lock itself, that one reports; below one that gives it up, nobody does.
            if (!held || reach.Links.Skip(1).Any(static link => link.Step.Gil != GilHold.AsEntered)) continue;
            if (!IsDefinite(reach) || reach.IsOfSynchronousForm) continue;
            if (reach.Kind == StepKind.Burns && (reach.IsDirect || reach.HoldsForAnybody)) yield return ("QNT3012", reach);
            else if (reach.Kind == StepKind.Blocks && !reach.Cause.Little && !_gates.IsBehind(reach)) yield return ("QNT3013", reach);
        }
    }

    /// <summary>An asynchronous function of our goroutines; any other asynchronous body is a coroutine as well.</summary>
    private static bool IsGoroutine(BodySummary body, RunContext context) => context == RunContext.Parallel && body.IsAsync;

    /// <summary>The synchronous form of a wait for another goroutine.</summary>
    private static bool IsOurWait(Step cause)
    {
        if (cause.Entry is not { Via.Count: 0 } entry || !entry.Id.StartsWith("M:Quintet.Goroutines.", StringComparison.Ordinal))
            return false;
        var id = ApiCatalogue.WithoutParameters(entry.Id);
        return id.Substring(id.LastIndexOf('.') + 1) is "Send" or "Receive" or "Wait";
    }

    /// <summary>Whether the evidence carries a warning.</summary>
    public static bool IsDefinite(Reach reach)
    {
        if (reach.Certainty != Certainty.Definite || reach.Cause.Brief) return false;
        // Who is given a query does not know who answers it.
        if (reach.Cause.BlockKind == BlockKind.Database && reach.Conditions.Any(static asked => asked.Kind == ConditionKind.NotInMemory))
            return false;
        // What a parameter decides is certain for those who wrote it, and open for those who only reach it.
        return reach.IsDirect
            || reach.Conditions.All(condition => condition.Joined || condition.Kind
                is ConditionKind.NotCompleted or ConditionKind.NotZero or ConditionKind.NotOfRecord or ConditionKind.ValuePassed
                || condition is { Kind: ConditionKind.ParameterIsOfType, Value: false }
                // A branch of the body itself.
                || condition.Kind is ConditionKind.ValueAsked or ConditionKind.ValueSuffices or ConditionKind.ParameterIsOfType
                    && reach.Step.Conditions.Contains(condition));
    }

    /// <summary>
    /// At the beginning or the end of the program or of a window, or where only those lead, nobody waits; nor in what is compiled for the
    /// program's developers. A deadlock is one there, too.
    /// </summary>
    private bool IsAtAnEdge(Reach reach, BodySummary body, IMethodSymbol? owner)
    {
        if (_deadlocks.WaitsForTheLoop(reach.Cause)) return false;
        if (body.IsNested && ProgramEdges.Ends(NodeOf(body))) return true;
        if (body.IsNested && reach.Cause.BlockKind == BlockKind.File && ProgramEdges.StartsLoop(NodeOf(body))) return true;
        if (reach.Links.Select(link => link.Place(cancellation))
            .Any(static place => ProgramEdges.EndsProgramBehind(place) || DebugCode.Contains(place))) return true;
        // A function that has a context of its own runs when that says, not when the member runs in which it is written.
        if (owner is null || body.IsNested) return false;
        _startsHost ??= owner.DeclaringSyntaxReferences.Any(declared => ProgramEdges.StartsHost(declared.GetSyntax(cancellation)));
        if (_startsHost.Value) return true;
        // Whoever writes a sleep there holds the window for nothing.
        if (ProgramEdges.StartsApplication(owner) || ProgramEdges.Ends(owner) && !(reach.IsDirect && reach.Cause.Name == "Thread.Sleep"))
            return true;
        return reach.Cause.BlockKind == BlockKind.File && (ProgramEdges.Opens(owner) || ProgramEdges.OpensMainWindow(owner))
            || facts.Contexts.Of(owner, cancellation).OnlyAtEdges;
    }

    /// <summary>Why what is certain to wait is only possible where it stands, in words.</summary>
    private string? PlaceOf(Reach reach, RunContext context, BodySummary body, IMethodSymbol? owner) =>
        IsAtAnEdge(reach, body, owner) ? "where the program or a window begins or ends"
        : IsMeant(reach) ? "where a rule like this is switched off"
        : _signals.IsBehind(reach) ? "for a signal that only the same loop sets"
        : _gates.IsBehind(reach) ? "for a gate that is held briefly"
        : reach.Cause.BlockKind == BlockKind.Parallel ? "while this thread works along"
        : context != RunContext.Coroutine ? null
        : IsOnItsOwn(body) ? "in a program of the command line"
        : LoneWork.IsDoneBy(owner) ? "in work that runs alone"
        : IsOnlySqlites(reach) ? "which SQLite does in this process"
        : !reach.IsDirect && !body.IsNested && IsAdapter(owner) ? "behind a signature that a contract asks for"
        : IsOutOfTheWay(reach, body, owner) ? "on a thread of the pool" : null;

    /// <summary>What only SQLite answers cannot be awaited; who awaits its other answers is told what he has overlooked.</summary>
    private bool IsOnlySqlites(Reach reach) => reach.Cause.BlockKind == BlockKind.Database && facts.HasOnlySqlite
        && !(reach.IsDirect && AskedAsynchronously.Around(reach.Place(cancellation)));

    private bool IsMeant(Reach reach) => PeerPragmas.AllowBlocking(reach.Place(cancellation));

    private SyntaxNode NodeOf(BodySummary body) => body.Tree.GetRoot(cancellation).FindNode(body.Span, getInnermostNodeForTie: true);

    /// <summary>
    /// An asynchronous lambda given to the pool to get its work out of somebody's way: only what it writes itself is certain to matter.
    /// </summary>
    private static bool IsOffloaded(BodySummary body) => body.IsNested && (body.Contexts & RunContext.Pool) != 0;

    /// <summary>
    /// Somebody put the coroutine where its waits hold nobody up: a thread of its own awaits it, or it was given to the pool and only
    /// reaches the wait, or it is a synchronous method under an asynchronous signature and says so by its one statement.
    /// </summary>
    private bool IsOutOfTheWay(Reach reach, BodySummary body, IMethodSymbol? owner)
    {
        if (!reach.IsDirect && (IsOffloaded(body) || !body.IsNested && IsAdapter(owner))) return true;
        // There, only whoever writes a wait himself is told, if it could be awaited: a file would be read as well by another thread of the
        // pool, and whose body awaits nothing runs there from its beginning to its end.
        if (!body.IsNested && (!reach.IsDirect || reach.Cause.BlockKind == BlockKind.File || owner is { IsAsync: false })
            && IsMovedAsAWhole(owner)) return true;
        var callers = body.IsNested ? RunContext.Unknown : CallersOf(owner);
        return (callers & RunContext.Dedicated) != 0 || !reach.IsDirect && (callers & RunContext.Pool) != 0;
    }

    private bool IsMovedAsAWhole(IMethodSymbol? owner) => owner is not null && facts.Contexts.IsMovedAsAWhole(owner, cancellation);

    private RunContext CallersOf(IMethodSymbol? owner) =>
        owner is null ? RunContext.Unknown : facts.Contexts.Of(owner, cancellation).Contexts;

    /// <summary><c>Task&lt;int&gt; CountAsync() =&gt; Task.FromResult(Count())</c>, where a contract asks for the task.</summary>
    private bool IsAdapter(IMethodSymbol? owner)
    {
        if (owner is not { IsAsync: false, DeclaringSyntaxReferences: { Length: 1 } references }
            || !Exposure.IsImposed(owner)) return false;
        return OnlyResult.Of(references[0].GetSyntax(cancellation))
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" } };
    }

    /// <summary>
    /// A console program that waits for its user in a coroutine mostly means to: nobody else is there to wait. So does who calls a
    /// member that asks a question.
    /// </summary>
    private bool IsOwnConsole(Reach reach, RunContext context) =>
        reach.Cause.BlockKind == BlockKind.Console && context == RunContext.Coroutine
        && (!reach.IsDirect || facts.Models.Compilation.Options.OutputKind == OutputKind.ConsoleApplication);

    private string? ForCpu(Reach reach, RunContext context, BodySummary body, IMethodSymbol? owner)
    {
        if (reach.Cause.HasCheckpoint || reach.IsOfSynchronousForm) return null;
        var definite = reach is { Kind: StepKind.Burns, Certainty: Certainty.Definite } && (reach.IsDirect || reach.HoldsForAnybody);
        if (definite && !reach.Cause.Forever && (IsAtAnEdge(reach, body, owner) || LoneWork.IsForDevelopers(owner))) definite = false;
        // A key that is made because there is none yet is made once; only a window is felt to stand still.
        if (definite && context != RunContext.EventLoop && (reach.Cause.Once || LoneWork.IsDoneBy(owner))) definite = false;
        // A coroutine that a function on the pool, on a thread of its own or beside others of its kind awaits may have been moved already.
        const RunContext Elsewhere = RunContext.Pool | RunContext.Parallel | RunContext.Dedicated;
        if (definite && context == RunContext.Coroutine
            && ((CallersOf(owner) & Elsewhere) != 0 || !body.IsNested && IsMovedAsAWhole(owner))) definite = false;
        if (definite && context == RunContext.Coroutine && IsOnItsOwn(body)) definite = false;
        // In a program with windows the pool is where it belongs, and behind ConfigureAwait(false) it is there.
        if (definite && context == RunContext.Coroutine && facts.IsDesktop && IsOffLoop(reach, body)) definite = false;
        // A service draws and scales its pictures on the pool, which is where another thread would do it.
        if (definite && context == RunContext.Coroutine && facts.IsService && reach.Cause.IsPicture) definite = false;
        return context switch
        {
            RunContext.EventLoop => !definite ? "QNT5009" : reach.Cause.Forever ? "QNT5007" : "QNT5002",
            RunContext.Turn or RunContext.Coroutine => definite ? "QNT4005" : "QNT4020",
            RunContext.Request => "QNT4020",
            _ => null,
        };
    }

    /// <summary>One finding for each root cause, and at most one of a family at a site.</summary>
    private IEnumerable<Finding> Group(
        List<(string Id, Reach Reach)> candidates, RunContext context, BodySummary body, IMethodSymbol? owner)
    {
        candidates.Sort(static (left, right) => ReachOrder.Compare(left.Reach, right.Reach));
        SitePrecedence.RemoveTwice(candidates);
        var sites = new HashSet<(char Family, int Site)>();
        var findings = new List<Finding>();
        foreach (var cause in candidates.GroupBy(candidate => (candidate.Id[3], CauseOf(candidate.Reach)))
            .OrderBy(static cause => SitePrecedence.RankOf(cause.First().Id))
            // A look at the disk that is certain says less than the work behind it that is not.
            .ThenBy(static cause => cause.First().Reach.Cause is { Brief: true } or { Little: true }))
        {
            var (id, reach) = cause.First();
            var others = cause.Select(static candidate => candidate.Reach.Step.Span).Where(span => span.Start != reach.Step.Span.Start)
                .GroupBy(static span => span.Start).Select(static same => same.First()).OrderBy(static span => span.Start).ToList();
            if (!sites.Add((id[3], reach.Step.Span.Start))) continue;
            var doubt = id is "QNT4003" or "QNT5010"
                ? Doubt.Of(reach) ?? PlaceOf(reach, SpokenOf(id, context), body, owner) ?? Doubt.OfCaller(reach)
                : null;
            findings.Add(_story.Of(id, reach, SpokenOf(id, context), body, others, doubt));
        }

        findings.Sort(static (left, right) => left.Location.SourceSpan.Start.CompareTo(right.Location.SourceSpan.Start));
        return findings;
    }

    /// <summary>The context of which a finding of that id speaks.</summary>
    private static RunContext SpokenOf(string id, RunContext context) =>
        id is "QNT3012" or "QNT3013" ? RunContext.GilThread
        : context == RunContext.EventLoop && id[3] == '4' ? RunContext.Coroutine
        : context;

    /// <summary>What is read or written here piece by piece, with one reader or writer, is one cause.</summary>
    private string CauseOf(Reach reach) =>
        reach is { IsDirect: true, Next: null, Kind: StepKind.Blocks, Cause: { BlockKind: BlockKind.File, Name: var name } }
        && (name.IndexOf("Reader.", StringComparison.Ordinal) > 0 || name.IndexOf("Writer.", StringComparison.Ordinal) > 0
            || name.IndexOf("Stream.", StringComparison.Ordinal) >= 0)
        && reach.Place(cancellation).FirstAncestorOrSelf<InvocationExpressionSyntax>()
            is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax device } }
            ? $"{name} of {device.Identifier.ValueText}"
            : reach.RootCause;
}

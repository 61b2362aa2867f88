using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Contexts that a body inherits from those who call it. Sought only for a candidate finding.</summary>
/// <remarks>
/// Both answers are questions of reachability over the callers' graph: the join needs no order, and "every caller" fails
/// at the first that is something else. So a cycle is walked once, and only whole results are kept.
/// </remarks>
internal sealed class ContextInference(SourceModels models, EntryPoints entryPoints)
{
    /// <summary>Callers walked for one question. Code that is reached from more places runs anywhere.</summary>
    private const int MaxCallers = 200;

    /// <summary>Contexts that somebody waits for, also where the program starts.</summary>
    public const RunContext Serving = RunContext.EventLoop | RunContext.Turn | RunContext.Request;

    /// <summary>Contexts in which a function that is handed on by name reports as if it were written there.</summary>
    public const RunContext Roots = Serving | RunContext.GilThread;

    /// <summary>Contexts whose bodies report what they reach, so that those between do not (RULES, "Where a chain is reported").</summary>
    public const RunContext Reporting = Serving | RunContext.Coroutine;

    private const RunContext Once = RunContext.StartUp | RunContext.Test;

    private readonly ConcurrentDictionary<IMethodSymbol, InheritedContext> _results = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _moved = new(SymbolEqualityComparer.Default);
    private readonly CallSites _sites = new(models, entryPoints);
    private readonly Exposure _exposure = new(models.Compilation);

    private WindowThread? _windows;

    /// <summary>What runs on the thread of the program's windows, and nowhere else.</summary>
    public WindowThread Windows => LazyInitializer.EnsureInitialized(
        ref _windows, () => new WindowThread(models, entryPoints, _sites, _exposure))!;

    public InheritedContext Of(IMethodSymbol method, CancellationToken cancellation)
    {
        var body = Definition(method);
        if (_results.TryGetValue(body, out var known)) return known;
        // A body of another project has callers there that this compilation does not show.
        if (!CallerSearch.IsSame(body.ContainingAssembly, models.Compilation.Assembly)) return default;
        var (edges, ends) = IsOnlyAtEdges(body, cancellation);
        var result = new InheritedContext(Join(body, cancellation), edges && !ends, edges);
        return _results.GetOrAdd(body, result);
    }

    /// <summary>
    /// Where a method runs because somebody hands it on by name, as in <c>app.MapGet("/", List)</c> or
    /// <c>new RelayCommand(Save)</c>: as sure as a lambda written there.
    /// </summary>
    public RunContext HandedOn(IMethodSymbol method, CancellationToken cancellation)
    {
        var body = Definition(method);
        return MayBeHandedOn(body, cancellation) ? _sites.OfReceivers(body, cancellation) & Roots : RunContext.Unknown;
    }

    /// <summary>
    /// Where the function that a method gives runs because somebody hands it on, as in <c>loop.SetTimeout(Greeting(), 10)</c>: as sure as
    /// a lambda written there.
    /// </summary>
    public RunContext OfResult(IMethodSymbol method, CancellationToken cancellation) =>
        method is { MethodKind: MethodKind.Ordinary, ReturnType.TypeKind: TypeKind.Delegate }
        && HandedNames.ContainsCall(models.Compilation, method.Name, cancellation)
            ? _sites.OfResult(Definition(method), cancellation) & Roots
            : RunContext.Unknown;

    /// <summary>
    /// Whether somewhere in the text a name like this method's stands without being called, or what such a call gives is handed on.
    /// </summary>
    public bool MayBeHandedOn(IMethodSymbol method, CancellationToken cancellation) =>
        method.MethodKind == MethodKind.Ordinary && (HandedNames.Contains(models.Compilation, method.Name, cancellation)
            || HandedNames.MayGive(method) && HandedNames.ContainsCall(models.Compilation, method.Name, cancellation));

    private RunContext Join(IMethodSymbol body, CancellationToken cancellation)
    {
        if (!_exposure.IsHidden(body)) return RunContext.Unknown;
        var contexts = RunContext.Unknown;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { body };
        var pending = new Stack<IMethodSymbol>([body]);
        for (var walked = 0; pending.Count > 0;)
        {
            var callers = _sites.Of(pending.Pop(), cancellation).Found;
            if ((walked += callers.Count) > MaxCallers) return RunContext.Unknown;
            foreach (var caller in callers)
            {
                contexts |= caller.Own;
                if (caller.Own != RunContext.Unknown || caller.Detached || caller.Body is not { } outer) continue;
                outer = Definition(outer);
                var own = entryPoints.Of(outer);
                contexts |= own;
                if (own == RunContext.Unknown && _exposure.IsHidden(outer) && seen.Add(outer)) pending.Push(outer);
            }
        }

        return contexts;
    }

    /// <returns>Whether every caller is start-up or test code, or ends the program; and whether there is one that ends it.</returns>
    private (bool Only, bool Ends) IsOnlyAtEdges(IMethodSymbol body, CancellationToken cancellation)
    {
        if ((entryPoints.Of(body) & Once) != 0) return (true, false);
        if (!MayBeOnly(body)) return (false, false);

        var (reached, ends) = (false, false);
        var seen = new HashSet<(ISymbol, bool)> { (body, false) };
        var pending = new Stack<(IMethodSymbol Body, bool Detached)>([(body, false)]);
        for (var walked = 0; pending.Count > 0;)
        {
            var (current, detached) = pending.Pop();
            var callers = _sites.Of(current, cancellation);
            // A body that nobody calls is called by something that cannot be seen, or is of no interest.
            if (!callers.Complete || callers.Found.Count == 0 || (walked += callers.Found.Count) > MaxCallers) return (false, false);
            foreach (var caller in callers.Found)
            {
                if (caller.Body is not { } outer) return (false, false);
                outer = Definition(outer);
                // What a test hands to others still runs in the test; what Main starts on the pool outlives the start.
                var apart = detached || caller.Detached;
                var own = entryPoints.Of(outer);
                if ((own & (apart ? RunContext.Test : Once)) != 0) reached = true;
                else if (!apart && ProgramEdges.Ends(outer)) reached = ends = true;
                else if ((own & Once) != 0 || !MayBeOnly(outer)) return (false, false);
                else if (seen.Add((outer, apart))) pending.Push((outer, apart));
            }
        }

        return (reached, ends);
    }

    /// <summary>
    /// Whether a coroutine only continues coroutines that somebody gave to the pool or to a thread of their own: whatever it waits for,
    /// it was moved out of everybody's way as a whole.
    /// </summary>
    public bool IsMovedAsAWhole(IMethodSymbol method, CancellationToken cancellation)
    {
        var body = Definition(method);
        if (_moved.TryGetValue(body, out var known)) return known;
        return _moved.GetOrAdd(body, OnlyMovedLeadTo(body, cancellation));
    }

    /// <summary>Only constructors of its own type call it: nobody else can see the object yet.</summary>
    public bool IsPartOfConstruction(IMethodSymbol method, CancellationToken cancellation) =>
        MayBeOnly(method) && _sites.Of(Definition(method), cancellation).Found is { Count: > 0 } callers
        && callers.All(caller => caller is { Detached: false, Body: { MethodKind: MethodKind.Constructor } outer }
            && SymbolEqualityComparer.Default.Equals(outer.ContainingType.OriginalDefinition, method.ContainingType.OriginalDefinition));

    /// <summary>
    /// Whether only bodies that report for themselves lead to a method: they tell what it does, and it does not.
    /// </summary>
    public bool IsReportedByCallers(IMethodSymbol method, CancellationToken cancellation) =>
        OnlyLeadTo(Definition(method), Reporting, cancellation);

    private bool OnlyMovedLeadTo(IMethodSymbol body, CancellationToken cancellation) =>
        OnlyLeadTo(body, RunContext.Pool | RunContext.Dedicated, cancellation);

    private bool OnlyLeadTo(IMethodSymbol body, RunContext roots, CancellationToken cancellation)
    {
        if (!CallerSearch.IsSame(body.ContainingAssembly, models.Compilation.Assembly)) return false;
        var reached = false;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { body };
        var pending = new Stack<IMethodSymbol>([body]);
        for (var walked = 0; pending.Count > 0;)
        {
            var current = pending.Pop();
            var callers = _sites.Of(current, cancellation).Found;
            if (!MayBeOnly(current) || callers.Count == 0 || (walked += callers.Count) > MaxCallers) return false;
            foreach (var caller in callers)
            {
                var own = caller is { Detached: false, Body: { } root } ? caller.Own | entryPoints.Of(Definition(root)) : caller.Own;
                if ((own & roots) != 0) reached = true;
                else if (caller.Detached || (caller.Own & ~RunContext.Coroutine) != 0 || caller.Body is not { } outer) return false;
                else if (seen.Add(Definition(outer))) pending.Push(Definition(outer));
            }
        }

        return reached;
    }

    /// <summary>No root of another kind, and no caller that is out of sight.</summary>
    private bool MayBeOnly(IMethodSymbol body) => (entryPoints.Of(body) & ~RunContext.Coroutine) == 0 && _exposure.IsClosed(body);

    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialImplementationPart ?? definition;
    }
}

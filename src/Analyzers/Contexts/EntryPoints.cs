using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Where code starts to run somewhere: the contexts that bodies have of their own (RULES, "Contexts").</summary>
/// <remarks>Memoised per symbol; safe for concurrent use; one instance per compilation.</remarks>
internal sealed class EntryPoints
{
    private readonly ConcurrentDictionary<IMethodSymbol, RunContext> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _testTypes = new(SymbolEqualityComparer.Default);
    private readonly Lineage _lineage;
    private readonly MemberRoots _roots;
    private readonly DelegateTargets _delegates;

    public EntryPoints(SourceModels models, ApiCatalogue catalogue)
    {
        var table = RootTable.Of(catalogue);
        _lineage = new Lineage(table);
        _roots = new MemberRoots(table, _lineage);
        _delegates = new DelegateTargets(catalogue, _lineage, new GivenOn(models), Of);
    }

    /// <summary>Contexts of a member or local function of its own, <see cref="RunContext.Unknown"/> for none.</summary>
    public RunContext Of(IMethodSymbol method)
    {
        var definition = method.ReducedFrom?.OriginalDefinition ?? method.OriginalDefinition;
        return _members.GetOrAdd(definition.PartialImplementationPart ?? definition, Compute);
    }

    /// <summary>
    /// Where a delegate written or named at this place runs: argument of a call, event subscription, delegate conversion.
    /// <see cref="RunContext.Caller"/> when the receiver runs it at once, <see cref="RunContext.Unknown"/> when nothing is known.
    /// An async function has <see cref="RunContext.Coroutine"/> besides, an async goroutine <see cref="RunContext.Parallel"/>.
    /// </summary>
    /// <param name="function">An anonymous function or a method reference.</param>
    public RunContext OfDelegate(IOperation function) => _delegates.Of(function);

    /// <summary>
    /// Where a receiver runs what a call gives (a coroutine of Unity, a function), or the method that <c>nameof</c> names.
    /// <see cref="RunContext.Unknown"/> when nothing is known.
    /// </summary>
    public RunContext OfValue(IOperation value) => _delegates.OfValue(value);

    /// <summary>Contexts of a local function: its own, and those of receivers that it is handed to by name.</summary>
    public RunContext Of(ILocalFunctionOperation function)
    {
        var contexts = Of(function.Symbol);
        foreach (var reference in LocalUses.Of(function, function.Symbol.OriginalDefinition))
            contexts |= OfDelegate(reference) & ContextInference.Roots;
        return contexts;
    }

    /// <summary>A window, a control, a page: its coroutines start on the loop and come back to it.</summary>
    public bool LivesOnLoop(INamedTypeSymbol type) => _lineage.LivesOnLoop(type);

    private RunContext Compute(IMethodSymbol method)
    {
        if (method.IsAbstract || method.IsExtern) return RunContext.Unknown;
        var coroutine = TypeShape.OfAsync(method);
        // The author's word stands in place of what a base type or a signature suggests.
        if (ContextAnnotations.Of(method) is var annotated and not RunContext.Unknown) return annotated | coroutine;
        if (method.MethodKind == MethodKind.AnonymousFunction) return coroutine;

        var contexts = _roots.Of(method) | MemberConventions.Of(method);
        if (IsLifeOfATest(method)) contexts |= RunContext.Test;
        const RunContext once = RunContext.StartUp | RunContext.Test;
        if ((contexts & once) == RunContext.Unknown && MemberConventions.WorksBeforeItsTask(method)) contexts |= RunContext.Coroutine;
        return contexts | coroutine;
    }

    /// <summary>Construction and disposal of a class that has tests: the runner does both around every test.</summary>
    private bool IsLifeOfATest(IMethodSymbol method)
    {
        var frames = method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor
            || method.Name is "Dispose" or "DisposeAsync" && method.Parameters.IsEmpty;
        return frames && _testTypes.GetOrAdd(method.ContainingType.OriginalDefinition, HasTests);
    }

    private bool HasTests(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
            if (current.GetMembers().OfType<IMethodSymbol>().Any(method => (_roots.Of(method) & RunContext.Test) != 0)) return true;
        return false;
    }
}

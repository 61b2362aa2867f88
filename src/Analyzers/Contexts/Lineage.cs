using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>Which root lines the types of a compilation fall under.</summary>
internal sealed class Lineage(RootTable table)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<RootOfType>> _inherited = new(SymbolEqualityComparer.Default);

    /// <summary>Lines about the bases and interfaces of a type, not about itself.</summary>
    public IReadOnlyList<RootOfType> Inherited(INamedTypeSymbol type) => _inherited.GetOrAdd(type.OriginalDefinition, Collect);

    /// <summary>Lines about a type and its bases.</summary>
    public IEnumerable<RootOfType> With(INamedTypeSymbol type) =>
        table.OfType(type).Select(entry => new RootOfType(type, entry)).Concat(Inherited(type));

    /// <summary>
    /// Where a delegate of the shape <c>(object, T : EventArgs)</c> runs that is written in, or subscribed on, a type.
    /// Arguments that only a pool thread ever raises (DoWorkEventArgs) speak louder than the form that handles them.
    /// </summary>
    public RunContext OfHandler(INamedTypeSymbol? owner, ITypeSymbol arguments)
    {
        if (arguments is INamedTypeSymbol named && JoinHandlers(With(named)) is var raised and not RunContext.Unknown) return raised;
        return owner is null ? RunContext.Unknown : OfHandlersIn(owner);
    }

    /// <summary>
    /// Where the handlers of a type run. The base of a code-behind class may be named in its mark-up alone, which only a full build
    /// compiles.
    /// </summary>
    public RunContext OfHandlersIn(INamedTypeSymbol owner) =>
        JoinHandlers(With(owner)) is var found and not RunContext.Unknown
            ? found
            : TypeShape.IsCodeBehind(owner) || TypeShape.IsNamedWindow(owner.BaseType) ? RunContext.EventLoop : RunContext.Unknown;

    /// <summary>A window, a control, a page.</summary>
    public bool LivesOnLoop(INamedTypeSymbol type) => (OfHandlersIn(type) & RunContext.EventLoop) != 0;

    private static RunContext JoinHandlers(IEnumerable<RootOfType> roots)
    {
        var contexts = RunContext.Unknown;
        foreach (var root in roots)
            if (root.Entry is { By: RootSelector.Handler } entry && entry.Id[0] == 'T') contexts |= entry.Where;
        return contexts;
    }

    private IReadOnlyList<RootOfType> Collect(INamedTypeSymbol type)
    {
        List<RootOfType>? roots = null;
        for (var current = type.BaseType; current is not null; current = current.BaseType) Add(current);
        foreach (var contract in type.AllInterfaces) Add(contract);
        return roots ?? (IReadOnlyList<RootOfType>)[];

        void Add(INamedTypeSymbol found)
        {
            foreach (var entry in table.OfType(found)) (roots ??= []).Add(new RootOfType(found, entry));
        }
    }
}

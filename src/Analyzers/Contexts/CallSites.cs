using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Finds who runs a body: by name in the text of the trees that may mention it, then by binding what was found.</summary>
/// <remarks>A result is stored whole or not at all, so a search that is cancelled leaves nothing behind.</remarks>
internal sealed class CallSites(SourceModels models, EntryPoints entryPoints)
{
    private readonly ConcurrentDictionary<IMethodSymbol, Callers> _callers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, RunContext> _receivers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, RunContext> _ofResults = new(SymbolEqualityComparer.Default);
    private readonly CallPlace _places = new(entryPoints);

    public Callers Of(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_callers.TryGetValue(method, out var known)) return known;
        return _callers.GetOrAdd(method, Find(method, cancellation));
    }

    /// <summary>
    /// Where those run a method whom it is handed to by name. Its calls, most of what is named like it, are not bound.
    /// </summary>
    public RunContext OfReceivers(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_receivers.TryGetValue(method, out var known)) return known;
        return _receivers.GetOrAdd(method, HandedOn(method, cancellation)
            .Aggregate(RunContext.Unknown, static (contexts, caller) => caller.HandedOn ? contexts | caller.Own : contexts));
    }

    /// <summary>Where those run the function that a method gives whom its callers hand it to.</summary>
    public RunContext OfResult(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_ofResults.TryGetValue(method, out var known)) return known;
        return _ofResults.GetOrAdd(method, HandedOn(method, cancellation)
            .Aggregate(RunContext.Unknown, static (contexts, caller) => contexts | caller.OfResult));
    }

    private IEnumerable<Caller> HandedOn(IMethodSymbol method, CancellationToken cancellation)
    {
        if (!IsSearchable(method.Name)) return [];
        var search = new CallerSearch(models, _places, method, cancellation);
        search.OfHandedOn();
        return search.Result().Found;
    }

    private Callers Find(IMethodSymbol method, CancellationToken cancellation)
    {
        var search = new CallerSearch(models, _places, method, cancellation);
        switch (method.MethodKind)
        {
            case MethodKind.AnonymousFunction:
                search.OfLambda();
                return search.Result();
            case MethodKind.Ordinary or MethodKind.LocalFunction when IsSearchable(method.Name):
                search.OfMethod();
                return search.Result();
            case MethodKind.PropertyGet or MethodKind.PropertySet
                when method.AssociatedSymbol is IPropertySymbol { IsIndexer: false } property && IsSearchable(property.Name):
                search.OfAccessor(property);
                return search.Result();
            case MethodKind.Constructor when IsSearchable(method.ContainingType.Name):
                new ConstructorSearch(search, models, method, cancellation).Run();
                return search.Result();
            default:
                return Callers.Unknown;
        }
    }

    /// <summary>The index cuts words at letters and digits and leaves keywords out; a name that it cannot hold is not sought.</summary>
    private static bool IsSearchable(string name) =>
        name.All(static letter => letter == '_' || char.IsLetterOrDigit(letter)) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;
}

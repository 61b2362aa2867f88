using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// Attributes that state an effect. They are matched by name, so that nobody needs our package to use them; the same facts
/// can stand in <c>.editorconfig</c> (keys <c>quintet.blocking</c>, <c>quintet.non_blocking</c>, <c>quintet.cpu_bound</c>).
/// </summary>
internal sealed class Annotations(IReadOnlyDictionary<string, Declared> byId)
{
    private readonly ConcurrentDictionary<ISymbol, Declared> _declared = new(SymbolEqualityComparer.Default);

    /// <summary>Whether there are keys at all, which may speak of members that the catalogue speaks of.</summary>
    public bool HasKeys => byId.Count > 0;

    public Declared Of(IMethodSymbol method) => _declared.GetOrAdd(method.OriginalDefinition, Read);

    private Declared Read(ISymbol symbol)
    {
        var declared = FromAttributes(symbol) | FromKeys(symbol);
        return symbol is IMethodSymbol { AssociatedSymbol: { } property }
            ? declared | FromAttributes(property) | FromKeys(property)
            : declared;
    }

    private Declared FromKeys(ISymbol symbol)
    {
        if (byId.Count == 0 || Catalogue.ApiCatalogue.IdOf(symbol) is not { } id) return Declared.None;
        if (byId.TryGetValue(id, out var exact)) return exact;
        return byId.TryGetValue(Catalogue.ApiCatalogue.WithoutParameters(id), out var overloads) ? overloads : Declared.None;
    }

    private static Declared FromAttributes(ISymbol symbol)
    {
        var declared = Declared.None;
        foreach (var attribute in symbol.GetAttributes())
        {
            declared |= attribute.AttributeClass?.Name switch
            {
                "BlockingAttribute" or "Blocking" => Declared.Blocking,
                "NonBlockingAttribute" or "NonBlocking" => Declared.NonBlocking,
                "CpuBoundAttribute" or "CpuBound" => Declared.CpuBound,
                _ => Declared.None,
            };
        }

        return declared;
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// All mentions of a symbol in a solution, sought once for each snapshot: many offers and many findings ask about the same callers.
/// </summary>
internal static class References
{
    private static readonly ConditionalWeakTable<Solution, ConcurrentDictionary<ISymbol, IReadOnlyList<ReferencedSymbol>>> Known = new();

    public static async Task<IReadOnlyList<ReferencedSymbol>> ToAsync(ISymbol symbol, Solution solution, CancellationToken cancellation)
    {
        var known = Known.GetValue(solution, static _ => new(SymbolEqualityComparer.Default));
        if (known.TryGetValue(symbol, out var found)) return found;
        found = [.. await SymbolFinder.FindReferencesAsync(symbol, solution, cancellation).ConfigureAwait(false)];
        return known.GetOrAdd(symbol, found);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Whether synchronous code is called, through any number of calls, by somebody who must not wait.</summary>
internal sealed class CoroutineCallers(SourceModels models, Solution solution, CancellationToken cancellation)
{
    private const int MostFunctions = 200;

    private const RunContext MustNotWait = RunContext.EventLoop | RunContext.Turn | RunContext.Coroutine | RunContext.Request;

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly EntryPoints _entries = new(models, ApiCatalogue.Default);

    public async Task<bool> ReachAsync(SyntaxNode function)
    {
        for (SyntaxNode? around = function; around is not null; around = Functions.Around(around))
        {
            if (Functions.IsAsync(around) || models.Of(around.SyntaxTree) is not { } model) return true;
            if (around is AnonymousFunctionExpressionSyntax)
            {
                if (model.GetOperation(around, cancellation) is { } lambda && (_entries.OfDelegate(lambda) & MustNotWait) != 0) return true;
                continue;
            }

            var member = around is ArrowExpressionClauseSyntax { Parent: { } owner } ? owner : around;
            if (model.GetDeclaredSymbol(member, cancellation) is not { } symbol || await ReachAsync(symbol).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<bool> ReachAsync(ISymbol member)
    {
        if (!_seen.Add(member)) return false;
        // Whoever disposes of the object may do it with a using that names nobody.
        if (_seen.Count > MostFunctions || member.Name is "Dispose") return true;
        if (member is IMethodSymbol method && (_entries.Of(method) & MustNotWait) != 0) return true;
        var searched = member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
        foreach (var reference in await SymbolFinder.FindReferencesAsync(searched, solution, cancellation).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations)
            {
                var root = await place.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
                if (Functions.Around(root!.FindNode(place.Location.SourceSpan)) is not { } caller) continue;
                // A caller in another project is seen only as far as its own declaration says what it is.
                if (models.Of(caller.SyntaxTree) is null ? Functions.IsAsync(caller) : await ReachAsync(caller).ConfigureAwait(false))
                    return true;
            }
        }

        return false;
    }
}

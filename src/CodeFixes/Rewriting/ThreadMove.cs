using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Findings;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Lets another thread wait where nothing can be awaited: the pool of the loop that runs the code, the thread pool, or a goroutine. Comes
/// only when no asynchronous form was found, because a thread that waits is still a thread.
/// </summary>
internal sealed class ThreadMove(OffloadMove goesTo, params OffloadMove[] orElse) : Move
{
    /// <summary>The loop's own pool for code of our loops, the thread pool for everybody else.</summary>
    public static ThreadMove Pool { get; } = new(OffloadMove.ToThread, OffloadMove.QueueWork, OffloadMove.TaskRun);

    public static ThreadMove Goroutine { get; } = new(OffloadMove.Goroutine);

    public override string Kind { get; } = orElse.Length == 0 ? goesTo.Kind : "Thread";

    public override bool IsLastResort => true;

    public override MovePlan Plan { get; } = new AsyncPlan(
        async (cascade, site) =>
        {
            foreach (var move in new[] { goesTo }.Concat(orElse))
                if (await move.TakesAsync(site).ConfigureAwait(false)) return await move.AddAsync(cascade, site).ConfigureAwait(false);
            return false;
        },
        takesAll: true);

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        // Waiting for a task elsewhere is what starves pools, and what has a twin right here is to be awaited or left alone.
        if (site[FindingProperties.Kind] == nameof(BlockKind.Task) || !OffloadMove.IsForPool(site)) return null;
        var hasTwin = site[FindingProperties.Twin] is not null and not "none";
        if (hasTwin && site is { IsCause: true, Node: not ObjectCreationExpressionSyntax }) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || Functions.Around(site.Node) is null
            || IsTooLight(model, site.Node, cancellation) || IsLazy(model, site.Node, cancellation)) return null;
        // A coroutine of the pool would only change its thread of the pool for another.
        if (hasTwin && site[FindingProperties.Context] == nameof(RunContext.Coroutine)
            && LoopHome.Of(model, Functions.Around(site.Node)!, cancellation) is null) return null;
        foreach (var move in new[] { goesTo }.Concat(orElse))
            if (await move.OfferAsync(site, "Let another thread wait: run ", cancellation).ConfigureAwait(false) is { } title) return title;
        return null;
    }

    /// <summary>A question to the disk is asked and answered before another thread has begun.</summary>
    private static bool IsTooLight(SemanticModel model, SyntaxNode node, CancellationToken cancellation) =>
        model.GetSymbolInfo(node, cancellation).Symbol is { } symbol
        && ApiCatalogue.Default.Find(symbol, ApiVerb.Blocks) is { Brief: true };

    /// <summary>Whoever enumerates the result waits, wherever the call was made.</summary>
    private static bool IsLazy(SemanticModel model, SyntaxNode node, CancellationToken cancellation) =>
        node is ExpressionSyntax && model.GetTypeInfo(node, cancellation).Type is INamedTypeSymbol { TypeKind: TypeKind.Interface } type
        && type.Name is "IEnumerable" or "IQueryable" or "IOrderedEnumerable" or "IEnumerator" or "IAsyncEnumerable";
}

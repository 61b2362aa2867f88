using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>A move of CPU-bound or blocking work to one of the guidance's models.</summary>
internal abstract class ModelMove : Move
{
    /// <summary>The model of the guidance that this move goes to.</summary>
    public abstract ConcurrencyModel Model { get; }

    /// <summary>The moves in the order in which the guidance names their models at a site; the thread pool after our own.</summary>
    public static IEnumerable<Move> Ordered(Site site, IEnumerable<Move> moves)
    {
        var wanted = (site[FindingProperties.Moves] ?? "").Split(',').ToList();
        return moves.OrderBy(move => move is ModelMove to
            ? (wanted.IndexOf(to.Model.ToString()) is var rank && rank < 0 ? wanted.Count : rank)
                + (move is OffloadMove { IsPool: true } ? wanted.Count : 0)
            : int.MaxValue);
    }

    /// <summary>
    /// Whether a site runs in a request or in an actor's turn: it has a core already, and only another process relieves the server.
    /// </summary>
    protected static bool IsServed(SemanticModel model, Site site, SyntaxNode function, CancellationToken cancellation)
    {
        const RunContext Served = RunContext.Request | RunContext.Turn;
        if (site[FindingProperties.Context] is { } context && Enum.TryParse<RunContext>(context, out var named))
        {
            if ((named & Served) != 0) return true;
            if (named == RunContext.EventLoop) return false;
        }

        // An async action is a coroutine first, and still a request.
        var models = new SourceModels(model.Compilation);
        var entries = new EntryPoints(models, ApiCatalogue.Default);
        for (SyntaxNode? around = function; around is not null; around = Functions.Around(around))
        {
            if (around is AnonymousFunctionExpressionSyntax && model.GetOperation(around, cancellation) is { } lambda
                && (entries.OfDelegate(lambda) & Served) != 0) return true;
            if (Functions.Symbol(model, around, cancellation) is not { } symbol || around is AnonymousFunctionExpressionSyntax) continue;
            if ((entries.Of(symbol) & Served) != 0
                || (new ContextInference(models, entries).Of(symbol, cancellation).Contexts & Served) != 0) return true;
        }

        return false;
    }

    protected static Task<string> NoteAsync(
        SemanticModel model, Solution solution, SyntaxNode function, CancellationToken cancellation, string? more = null) =>
        MakeAsyncMove.NotesAsync(model, solution, function, Functions.IsAsync(function) ? [] : [function], cancellation, more);
}

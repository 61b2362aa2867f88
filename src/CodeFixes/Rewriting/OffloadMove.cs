using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Moves CPU-bound work to a model that runs it beside the others, and hands its result back.</summary>
internal sealed class OffloadMove : Move
{
    private readonly string _space;
    private readonly string _type;
    private readonly string _where;

    private OffloadMove(string kind, ConcurrencyModel model, string space, string type, string where)
    {
        Kind = kind;
        Model = model;
        _space = space;
        _type = type;
        _where = where;
        Plan = new AsyncPlan(AddAsync);
    }

    /// <summary>The thread pool: for handlers and loops, never for requests and turns, which run there already.</summary>
    public static OffloadMove TaskRun { get; } =
        new("TaskRun", ConcurrencyModel.Goroutines, Imports.Tasks, "Task", "on the thread pool");

    /// <summary>Our goroutines, where the project has them.</summary>
    public static OffloadMove Goroutine { get; } =
        new("Goroutine", ConcurrencyModel.Goroutines, "Quintet.Goroutines", "Go", "on a goroutine");

    /// <summary>Our process pool, where the project has it.</summary>
    public static OffloadMove Process { get; } =
        new("Process", ConcurrencyModel.Multiprocessing, "Quintet.Multiprocessing", "ProcessPool", "in a worker process");

    public override string Kind { get; }

    /// <summary>The model of the guidance that this move goes to.</summary>
    public ConcurrencyModel Model { get; }

    public override MovePlan Plan { get; }

    private bool IsPool => Kind == "TaskRun";

    /// <summary>The moves in the order in which the guidance names their models at a site; the thread pool after our own.</summary>
    public static IEnumerable<Move> Ordered(Site site, IEnumerable<Move> moves)
    {
        var wanted = (site[FindingProperties.Moves] ?? "").Split(',').ToList();
        return moves.OrderBy(move => move is OffloadMove offload
            ? (wanted.IndexOf(offload.Model.ToString()) is var rank && rank < 0 ? wanted.Count : rank) + (offload.IsPool ? wanted.Count : 0)
            : int.MaxValue);
    }

    /// <summary>
    /// Whether code at a site is known to run where the pool is a way out: on an event loop, or in a coroutine. Anything else may well run
    /// on the pool already.
    /// </summary>
    public static bool IsForPool(Site site) =>
        site[FindingProperties.Context] is nameof(RunContext.EventLoop) or nameof(RunContext.Coroutine);

    public override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model?.Compilation.GetTypeByMetadataName($"{_space}.{_type}") is null || Functions.Around(site.Node) is not { } function) return null;
        if (IsPool && !MayUsePool(model, site, function, cancellation)) return null;
        if (!MakeAsyncMove.CanConvert(model, function, cancellation) || Offload.Find(model, site.Node, site.Last, cancellation) is not { } work) return null;
        if (!Binds(model, site.Node)) return null;
        var handler = !Functions.IsAsync(function) && Functions.Symbol(model, function, cancellation) is { } symbol && Handlers.Is(symbol);
        var why = IsPool ? "its result comes back to this thread" : Advisor.Reason(Model);
        var note = handler ? " (the handler can run again while it awaits)" : "";
        return $"Run {(site.Node is StatementSyntax ? work.Name : $"'{work.Name}'")} {_where}: {why}{note}";
    }

    private async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        if (Offload.Find(model!, site.Node, site.Last, CancellationToken.None) is not { } work) return false;
        var imports = new List<string>();
        var edit = work.Edit(Runner(model!, site.Node.SpanStart, imports));
        if (work.BlockOfCaptures is { } block) cascade.AddBeside(site, new NodeEdit(block, Before.Insert));
        return await cascade.AddAsync(site, edit, imports).ConfigureAwait(false);
    }

    private ExpressionSyntax Runner(SemanticModel model, int position, ICollection<string> imports) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        Imports.TypeName(model, position, _space, _type, imports),
        SyntaxFactory.IdentifierName(Kind == "Process" ? "RunAsync" : "Run"));

    /// <summary>Whether the model's entry takes the work and can be awaited.</summary>
    private bool Binds(SemanticModel model, SyntaxNode node)
    {
        var runner = SyntaxFactory.ParseExpression($"global::{_space}.{_type}.{(Kind == "Process" ? "RunAsync" : "Run")}");
        var lambda = node is StatementSyntax ? "() => { }" : $"() => {node}";
        var call = SyntaxFactory.ParseExpression($"{runner}({lambda})");
        return model.GetSpeculativeSymbolInfo(node.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol run
            && AwaitResult.Of(model, run.ReturnType, node.SpanStart) is not null;
    }

    private static bool MayUsePool(SemanticModel model, Site site, SyntaxNode function, CancellationToken cancellation)
    {
        const RunContext Served = RunContext.Request | RunContext.Turn;
        if (site[FindingProperties.Context] is { } context && Enum.TryParse<RunContext>(context, out var named))
        {
            if ((named & Served) != 0) return false;
            if (named == RunContext.EventLoop) return true;
        }

        // An async action is a coroutine first, and still a request.
        var models = new SourceModels(model.Compilation);
        var entries = new EntryPoints(models, ApiCatalogue.Default);
        for (SyntaxNode? around = function; around is not null; around = Functions.Around(around))
        {
            if (around is AnonymousFunctionExpressionSyntax && model.GetOperation(around, cancellation) is { } lambda && (entries.OfDelegate(lambda) & Served) != 0) return false;
            if (Functions.Symbol(model, around, cancellation) is not { } symbol || around is AnonymousFunctionExpressionSyntax) continue;
            if ((entries.Of(symbol) & Served) != 0 || (new ContextInference(models, entries).Of(symbol, cancellation).Contexts & Served) != 0) return false;
        }

        return true;
    }
}

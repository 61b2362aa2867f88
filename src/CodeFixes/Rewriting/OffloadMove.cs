using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Guidance;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Moves work to a model that shares memory with it and runs it beside the others, and hands its result back.</summary>
internal sealed class OffloadMove : ModelMove
{
    private readonly string _space;
    private readonly string _type;
    private readonly string _entry;
    private readonly string _where;
    private readonly string? _home;

    private OffloadMove(string kind, string space, string type, string entry, string where, string? home = null)
    {
        _home = home;
        Kind = kind;
        _space = space;
        _type = type;
        _entry = entry;
        _where = where;
        Plan = new AsyncPlan(AddAsync, takesAll: true);
    }

    /// <summary>The thread pool: for handlers and loops, never for requests and turns, which run there already.</summary>
    public static OffloadMove TaskRun { get; } =
        new("TaskRun", Imports.Tasks, "Task", "Run", "on the thread pool: its result comes back to this thread");

    /// <summary>Our goroutines, where the project has them.</summary>
    public static OffloadMove Goroutine { get; } =
        new("Goroutine", "Quintet.Goroutines", "Go", "RunAsync", $"on a goroutine: {Advisor.Reason(ConcurrencyModel.Goroutines)}");

    /// <summary>The pool of the asyncio loop, for its coroutines.</summary>
    public static OffloadMove ToThread { get; } = new(
        "ToThread", LoopHome.Asyncio, "Aio", "ToThread", "on the pool of the loop: its result comes back to the loop",
        LoopHome.Asyncio);

    /// <summary>The pool of the Node loop, for its asynchronous functions.</summary>
    public static OffloadMove QueueWork { get; } = new(
        "QueueWork", LoopHome.Node, "NodeLoop", "Current.QueueWork", "on the pool of the loop: its result comes back to the loop",
        LoopHome.Node);

    public override string Kind { get; }

    /// <summary>A pool serves whoever has no model of ours to go to, and comes after those.</summary>
    public bool IsPool => this != Goroutine;

    public override ConcurrencyModel Model => ConcurrencyModel.Goroutines;

    public override MovePlan Plan { get; }

    /// <summary>
    /// Whether code at a site is known to run where the pool is a way out: on an event loop, or in a coroutine. Anything else may well run
    /// on the pool already.
    /// </summary>
    public static bool IsForPool(Site site) =>
        site[FindingProperties.Context] is nameof(RunContext.EventLoop) or nameof(RunContext.Coroutine);

    protected override Task<string?> OfferAsync(Site site, CancellationToken cancellation) => OfferAsync(site, "Run ", cancellation);

    /// <summary>The action's title with a verb of the caller's.</summary>
    public async Task<string?> OfferAsync(Site site, string verb, CancellationToken cancellation)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model?.Compilation.GetTypeByMetadataName($"{_space}.{_type}") is null || Functions.Around(site.Node) is not { } function)
            return null;
        if (!Serves(model, function, cancellation) || !MakeAsyncMove.CanConvert(model, function, cancellation)
            || Offload.Find(model, site.Node, site.Last, cancellation) is not { } work) return null;
        if (!Binds(model, site.Node) || IsServed(model, site, function, cancellation)) return null;
        var note = await NoteAsync(model, site.Document.Project.Solution, function, cancellation, work.SharedReads(model, cancellation))
            .ConfigureAwait(false);
        return $"{verb}{(site.Node is StatementSyntax ? work.Name : $"'{work.Name}'")} {_where}{note}";
    }

    /// <summary>Whether the code at a site runs where this move belongs.</summary>
    public async Task<bool> TakesAsync(Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        return Functions.Around(site.Node) is { } function && Serves(model!, function, CancellationToken.None);
    }

    private bool Serves(SemanticModel model, SyntaxNode function, CancellationToken cancellation) =>
        !IsPool || LoopHome.Of(model, function, cancellation) == _home;

    public async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        if (Offload.Find(model!, site.Node, site.Last, CancellationToken.None, cascade.NewLocals) is not { } work) return false;
        var imports = new List<string>();
        var edit = work.Edit(Runner(model!, site.Node.SpanStart, imports), NeedsResult(model!, site.Node));
        if (work.PlaceOfCaptures is BlockSyntax block)
            await cascade.AddBesideAsync(site, new NodeEdit(block, Before.Insert)).ConfigureAwait(false);
        if (work.PlaceOfCaptures is { } function and not BlockSyntax)
        {
            await cascade.AddBesideAsync(site, ArrowBody.Opened(function, Functions.Symbol(model!, function, default)!))
                .ConfigureAwait(false);
            // The new block is indented as part of the statement that it stands in.
            if (function is LambdaExpressionSyntax && function.FirstAncestorOrSelf<StatementSyntax>() is { } around)
                await cascade.AddBesideAsync(site, new NodeEdit(around, static current =>
                    current.WithAdditionalAnnotations(Formatter.Annotation))).ConfigureAwait(false);
        }

        return await cascade.AddAsync(site, edit, imports).ConfigureAwait(false);
    }

    private ExpressionSyntax Runner(SemanticModel model, int position, ICollection<string> imports) => _entry.Split('.').Aggregate(
        (ExpressionSyntax)Imports.Owner(model, position, _space, _type, imports),
        static (target, member) => SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, target, SyntaxFactory.IdentifierName(member)));

    /// <summary>The work of a Node loop always has a result.</summary>
    private bool NeedsResult(SemanticModel model, SyntaxNode node) => this == QueueWork
        && (node is StatementSyntax || model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_Void);

    /// <summary>Whether the model's entry takes the work and can be awaited.</summary>
    private bool Binds(SemanticModel model, SyntaxNode node)
    {
        var lambda = NeedsResult(model, node) ? "() => true"
            : node is StatementSyntax ? "() => { }"
            : $"() => {AwaitedFirst.Without(model, node)}";
        var call = SyntaxFactory.ParseExpression($"global::{_space}.{_type}.{_entry}({lambda})");
        return model.GetSpeculativeSymbolInfo(node.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol run
            && AwaitResult.Of(model, run.ReturnType, node.SpanStart) is not null;
    }
}

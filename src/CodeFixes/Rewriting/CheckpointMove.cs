using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Lets the others run between the rounds of a long loop. The work stays where it is, so this comes last.</summary>
internal sealed class CheckpointMove : Move
{
    public CheckpointMove() => Plan = new AsyncPlan(AddAsync);

    public override string Kind => "Checkpoint";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (LoopOf(site.Node) is not { } loop || Functions.Around(loop) is not { } function || !Functions.IsAsync(function)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null && AwaitPosition.Allows(model, Body(loop), cancellation)
            ? "Await Task.Yield in the loop: only gives others a turn, the work stays on this thread"
            : null;
    }

    private static async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        if (LoopOf(site.Node) is not { } loop) return false;
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        var imports = new List<string>();
        var task = Imports.Owner(model!, loop.SpanStart, Imports.Tasks, "Task", imports);
        var body = Body(loop);
        return await cascade.AddAsync(site, new NodeEdit(body, current => WithYield(body, (StatementSyntax)current, task)), imports)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// The loop of a flagged nest that gets the checkpoint: the last one whose rounds still are a loop of their own, so that what runs
    /// between two checkpoints is one simple loop. A heavy call has none, and neither has a loop that awaits already.
    /// </summary>
    private static StatementSyntax? LoopOf(SyntaxNode node)
    {
        if (!Functions.IsLoop(node) || Functions.OwnNodes(node).Any(static inner => inner is AwaitExpressionSyntax)) return null;
        var chosen = (StatementSyntax)node;
        while (Deepest(chosen) is var (inner, depth) && depth > 1) chosen = inner!;
        return chosen;
    }

    /// <summary>The loop directly inside another one under which most are nested, and how many levels it is itself the first of.</summary>
    private static (StatementSyntax? Loop, int Depth) Deepest(StatementSyntax loop) => Functions.OwnNodes(Body(loop))
        .Where(node => Functions.IsLoop(node) && node.Ancestors().First(Functions.IsLoop) == loop)
        .Select(static node => (Loop: (StatementSyntax?)node, Depth: 1 + Deepest((StatementSyntax)node).Depth))
        .OrderByDescending(static inner => inner.Depth).FirstOrDefault();

    private static StatementSyntax Body(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        _ => loop,
    };

    private static StatementSyntax WithYield(StatementSyntax original, StatementSyntax body, NameSyntax task)
    {
        var newLine = Layout.NewLine(original);
        var checkpoint = ParseStatement($"await {task}.Yield();").WithTrailingTrivia(newLine)
            .WithAdditionalAnnotations(Formatter.Annotation);
        return body is BlockSyntax block
            ? block.WithStatements(block.Statements.Insert(0, checkpoint)).WithAdditionalAnnotations(Formatter.Annotation)
            : Layout.InPlaceOf(original, [checkpoint, body]);
    }
}

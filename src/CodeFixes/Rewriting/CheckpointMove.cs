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

    public override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
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
        var task = Imports.TypeName(model!, loop.SpanStart, Imports.Tasks, "Task", imports);
        var startsLine = Layout.StartsLine(Body(loop));
        return await cascade.AddAsync(site, new NodeEdit(Body(loop), current => WithYield((StatementSyntax)current, task, startsLine)), imports).ConfigureAwait(false);
    }

    /// <summary>The outermost loop of the function around or at the finding.</summary>
    private static StatementSyntax? LoopOf(SyntaxNode node)
    {
        var function = Functions.Around(node);
        return node.AncestorsAndSelf().TakeWhile(current => current != function).OfType<StatementSyntax>()
            .LastOrDefault(static statement => statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
    }

    private static StatementSyntax Body(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        _ => loop,
    };

    private static StatementSyntax WithYield(StatementSyntax body, NameSyntax task, bool startsLine)
    {
        var newLine = Layout.NewLine(body);
        var checkpoint = ParseStatement($"await {task}.Yield();").WithTrailingTrivia(newLine).WithAdditionalAnnotations(Formatter.Annotation);
        if (body is BlockSyntax block)
            return block.WithStatements(block.Statements.Insert(0, checkpoint)).WithAdditionalAnnotations(Formatter.Annotation);
        var spread = Layout.Spread(Block(checkpoint, body.WithoutLeadingTrivia()), newLine).WithTrailingTrivia(body.GetTrailingTrivia());
        return startsLine ? spread.WithoutLeadingTrivia() : spread;
    }
}

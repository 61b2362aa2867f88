using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Awaits a call whose task was dropped; a local that nobody reads goes.</summary>
internal sealed class AwaitMove : Move
{
    public AwaitMove() => Plan = new AsyncPlan(AddAsync);

    public override string Kind => "Await";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (Functions.Around(site.Node) is not { } function) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || EditOf(model, site) is not { } edit || !AwaitPosition.Allows(model, edit.Target, cancellation)) return null;
        if (Functions.IsAsync(function)) return "Await it";
        if (!MakeAsyncMove.CanConvert(model, function, cancellation)) return null;
        return "Await it, and make what leads here asynchronous"
            + await MakeAsyncMove.NotesAsync(model, site.Document.Project.Solution, function, [function], cancellation)
                .ConfigureAwait(false);
    }

    private static async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        return EditOf(model!, site) is { } edit && await cascade.AddAsync(site, edit, []).ConfigureAwait(false);
    }

    private static NodeEdit? EditOf(SemanticModel model, Site site)
    {
        if (site.Node is not InvocationExpressionSyntax call) return null;
        if (LostCall.PlaceOf(call) is { } place)
        {
            if (place.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax)) return null;
            // What may be missing is awaited by a statement of its own.
            if (place is ConditionalAccessExpressionSyntax && place.Parent is not ExpressionStatementSyntax) return null;
            if (model.GetTypeInfo(call).Type is not { } type || AwaitResult.Of(model, type, call.SpanStart) is null) return null;
            var lost = place is ConditionalAccessExpressionSyntax access ? access.WhenNotNull : place;
            while (lost is ConditionalAccessExpressionSyntax further) lost = further.WhenNotNull;
            return Awaits.Around(model, lost, static awaited => awaited);
        }

        // var saving = SaveAsync(); becomes await SaveAsync();
        if (call.Parent is not EqualsValueClauseSyntax
            { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax
                { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } } }
            || LostCall.IsProjection(call)) return null;
        return new NodeEdit(local, current =>
        {
            var value = ((LocalDeclarationStatementSyntax)current).Declaration.Variables[0].Initializer!.Value;
            return SyntaxFactory.ExpressionStatement(Awaits.Wrap(value, value).WithoutTrivia()).WithTriviaFrom(current);
        });
    }
}

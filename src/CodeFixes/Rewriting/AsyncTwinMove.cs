using Quintet.Analyzers.Findings;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Awaits the asynchronous twin of a call in a body that is async already.</summary>
internal sealed class AsyncTwinMove : Move
{
    public override string Kind => "AsyncTwin";

    public override MovePlan Plan => AsyncPlan.Twins;

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (Functions.Around(site.Node) is not { } function || !Functions.IsAsync(function)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || AsyncTwin.Find(model, site.Node, site.IsCause ? site[FindingProperties.Twin] : null, cancellation)
            is not { } twin) return null;
        return twin.UnwrapsErrors && CaughtErrors.AreToldApart(site.Node) ? $"{twin.Title} ({CaughtErrors.Note})" : twin.Title;
    }
}

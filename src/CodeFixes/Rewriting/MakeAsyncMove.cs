using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Makes the whole chain async: down to the twin of the blocking call and up to whoever runs it.</summary>
/// <param name="saysWhatWaits">The function was nobody's business so far, and what can only wait in it would be a finding now.</param>
internal sealed class MakeAsyncMove(bool saysWhatWaits = false) : Move
{
    public const string StillWaits = "other calls in it can only wait, and are flagged then";

    public override string Kind => "MakeAsync";

    public override MovePlan Plan => AsyncPlan.Twins;

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (await ChainAsync(site, cancellation).ConfigureAwait(false) is not { } functions) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var solution = site.Document.Project.Solution;
        var notes = new List<string>();
        // What the flagged function does besides is flagged already.
        var news = saysWhatWaits ? functions : functions.Skip(1);
        if (await StillWaitAsync(solution, news, [site.Node], cancellation).ConfigureAwait(false)) notes.Add(StillWaits);
        if (await ErrorsChangeAsync(site, model!, cancellation).ConfigureAwait(false)) notes.Add(CaughtErrors.Note);
        return await TitleAsync(model!, solution, [functions], cancellation, notes.Count == 0 ? null : string.Join("; ", notes))
            .ConfigureAwait(false);
    }

    /// <summary>Whether a clause on the way catches other errors when the task below is awaited.</summary>
    private static async Task<bool> ErrorsChangeAsync(Site site, SemanticModel model, CancellationToken cancellation)
    {
        var (last, toldApart) = (site.Node, CaughtErrors.AreToldApart(site.Node));
        foreach (var location in site.IsCause ? [] : site.Finding!.AdditionalLocations)
        {
            if (location.SourceTree is not { } tree || site.Document.Project.Solution.GetDocument(tree) is not { } document) return false;
            if (Site.NodeAt(await tree.GetRootAsync(cancellation).ConfigureAwait(false), location.SourceSpan) is not { } hop) return false;
            toldApart |= CaughtErrors.AreToldApart(hop);
            if (!toldApart || location != site.Finding!.AdditionalLocations[site.Finding.AdditionalLocations.Count - 1]) continue;
            (last, model) = (hop, (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!);
        }

        return toldApart && AsyncTwin.Find(model, last, null, cancellation) is { UnwrapsErrors: true };
    }

    /// <summary>Whether functions keep calls that no await can take the place of.</summary>
    public static async Task<bool> StillWaitAsync(
        Solution solution, IEnumerable<SyntaxNode> functions, IReadOnlyCollection<SyntaxNode> sites, CancellationToken cancellation)
    {
        foreach (var function in functions)
        {
            if (Functions.IsAsync(function) || solution.GetDocument(function.SyntaxTree) is not { } document) continue;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            if (BlockingCalls.In(model!, function, cancellation)
                .Any(call => !sites.Contains(call) && AsyncTwin.Find(model!, call, null, cancellation) is null)) return true;
        }

        return false;
    }

    /// <summary>The functions of a site's path, the one around it first; null when one of them cannot become async.</summary>
    public static async Task<IReadOnlyList<SyntaxNode>?> ChainAsync(Site site, CancellationToken cancellation)
    {
        if (Functions.Around(site.Node) is not { } root
            || site.Node is not (ExpressionSyntax or VariableDeclaratorSyntax or StatementSyntax)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !AwaitPosition.Allows(model, site.Node, cancellation)) return null;

        var twin = AsyncTwin.Find(model, site.Node, site.IsCause ? site[FindingProperties.Twin] : null, cancellation);
        if (twin is not null && Functions.IsAsync(root)) return null;
        if (twin is null && (site.IsCause || site.Node is not ExpressionSyntax call
            || Awaits.Around(model, call, static same => same) is null))
            return null;
        if (!CanConvert(model, root, cancellation)) return null;
        if (twin is not null) return [root];
        return await BelowAsync(site, cancellation).ConfigureAwait(false) is { } below ? [root, .. below] : null;
    }

    /// <summary>The functions of the path below the flagged one; null when one of them is of a kind that is refused.</summary>
    private static async Task<List<SyntaxNode>?> BelowAsync(Site site, CancellationToken cancellation)
    {
        var functions = new List<SyntaxNode>();
        var solution = site.Document.Project.Solution;
        for (var i = 0; i < site.Finding!.AdditionalLocations.Count; i++)
        {
            var location = site.Finding.AdditionalLocations[i];
            // A hop in a compiled assembly has no place in any file here.
            var (id, node) = await SiteMark.NodeOfAsync(solution, location, cancellation).ConfigureAwait(false);
            if (id is null || solution.GetDocument(id) is not { } document) continue;
            if (node is not { } hop || Functions.Around(hop) is not { } function) return null;
            if (function
                is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
                    or CompilationUnitSyntax)) return null;
            if (hop.Ancestors().TakeWhile(node => node != function).Any(static node => node is LockStatementSyntax)) return null;
            functions.Add(function);
            var isLast = i == site.Finding.AdditionalLocations.Count - 1;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            // What is below a call that has a twin, or a disposal that can be awaited, is of no interest then.
            if (AsyncTwin.Find(model!, hop, null, cancellation) is not null
                && (!isLast || AsyncDisposal.Find(model!, hop, cancellation) is not null))
                return CanConvert(model!, function, cancellation) ? functions : null;
            if (!isLast || document.Project.Id != site.Document.Project.Id) continue;
            if (site[FindingProperties.Twin] is not { } twin || AsyncTwin.Find(model!, hop, twin, cancellation) is null
                || !CanConvert(model!, function, cancellation)) return null;
        }

        return site[FindingProperties.Twin] is null ? null : functions;
    }

    public static bool CanConvert(SemanticModel model, SyntaxNode function, CancellationToken cancellation)
    {
        if (Functions.IsAsync(function)) return true;
        if (Functions.Symbol(model, function, cancellation) is not { } symbol || !Convertible.CanBeAsync(function, symbol)) return false;
        if (TaskWaits.IsTaskLike(symbol.ReturnType)) return TaskReturns.CanUnwrap(function, symbol.ReturnType);
        if (function is AnonymousFunctionExpressionSyntax lambda)
        {
            return Handlers.IsSubscription(model, lambda, cancellation)
                ? Handlers.CanBeAsync(model, lambda, symbol, cancellation)
                : DelegateChecks.CanBecomeAsync(model, lambda, cancellation);
        }

        if (FrameworkOverrides.Is(model.Compilation, symbol)) return !Handlers.AnswersThroughArguments(function, symbol);
        return Convertible.IsOurs(symbol) && !(Handlers.Is(symbol) && Handlers.AnswersThroughArguments(function, symbol));
    }

    /// <summary>What the action does, from one function down to where each of its paths ends, and what that costs others.</summary>
    public static async Task<string> TitleAsync(
        SemanticModel model, Solution solution, IReadOnlyList<IReadOnlyList<SyntaxNode>> chains, CancellationToken cancellation,
        string? more = null)
    {
        var root = chains[0][0];
        var converted = chains.SelectMany(static chain => chain).Distinct().Where(static function => !Functions.IsAsync(function)).ToList();
        var names = converted.Select(NameOf).Where(static name => name.Length > 0).Distinct().ToList();
        var ends = chains.Select(static chain => chain[chain.Count - 1]).Where(converted.Contains).Select(NameOf).Distinct()
            .Where(name => name != names.FirstOrDefault()).Select(static name => $"'{name}'").ToList();
        var what = names.Count == 0 ? "Await the chain" : $"Make '{names[0]}' async";
        if (ends.Count > 0) what = $"{what} down to {string.Join(" and ", ends)}";
        return what + await NotesAsync(model, solution, root, converted, cancellation, more).ConfigureAwait(false);
    }

    /// <summary>What it costs others that functions become async, in the words that end a title.</summary>
    public static async Task<string> NotesAsync(
        SemanticModel model, Solution solution, SyntaxNode root, IReadOnlyCollection<SyntaxNode> converted,
        CancellationToken cancellation, string? more = null)
    {
        var notes = new List<string>();
        if (!Functions.IsAsync(root) && Functions.Symbol(model, root, cancellation) is { } symbol)
        {
            if (Handlers.Is(symbol) || root is AnonymousFunctionExpressionSyntax lambda && Commands.Take(model, lambda, cancellation))
                notes.Add("the handler can run again while it awaits");
            else if (FrameworkOverrides.Is(model.Compilation, symbol)) notes.Add(FrameworkOverrides.Note(symbol));
        }

        if (await PublicCallers.NoteOnChangesAsync(model, solution, converted, cancellation).ConfigureAwait(false) is { } changes)
            notes.Add(changes);
        if (more is not null) notes.Add(more);
        return notes.Count == 0 ? "" : $" ({string.Join("; ", notes)})";
    }

    private static string NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        AnonymousFunctionExpressionSyntax => "lambda",
        _ => "",
    };
}

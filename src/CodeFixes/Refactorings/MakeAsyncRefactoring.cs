using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Guidance;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Refactorings;

/// <summary>
/// Makes a synchronous method async although nothing flags it: from its head for all blocking calls that it reaches, or from
/// one such call. Down to the asynchronous twins and up to the root, as the fixes do it.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(MakeAsyncRefactoring)), Shared]
public sealed class MakeAsyncRefactoring : CodeRefactoringProvider
{
    /// <summary>The equivalence key of the action.</summary>
    public const string Key = "Quintet.MakeAsync";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        if (await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root) return;
        var (function, call) = Place(root, context.Span);
        if (function is null || Functions.IsAsync(function) || Functions.Body(function) is not { } body) return;
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !MakeAsyncMove.CanConvert(model, function, cancellation)) return;

        var evidence = Evidence.Of(context.Document, model, function, cancellation);
        var sites = evidence.Blocking(call?.Span ?? body.Span).Where(site => call is null || site.Node == call).ToList();
        // A call that nobody calls blocking has a twin all the same if its type declares one.
        if (sites.Count == 0 && call is not null) sites.Add(new Site(context.Document, call, null, null));

        var move = new MakeAsyncMove();
        var (places, chains) = (new List<Site>(), new List<IReadOnlyList<SyntaxNode>>());
        foreach (var site in sites)
        {
            if (await MakeAsyncMove.ChainAsync(site, cancellation).ConfigureAwait(false) is not { } chain) continue;
            if (!await move.Plan.HoldsAsync(site, cancellation).ConfigureAwait(false)) continue;
            places.Add(site);
            chains.Add(chain);
        }

        if (places.Count == 0) return;
        var solution = context.Document.Project.Solution;
        var waits = await MakeAsyncMove.StillWaitAsync(
            solution, chains.SelectMany(static chain => chain).Distinct(), [.. places.Select(static place => place.Node)], cancellation)
            .ConfigureAwait(false);
        var what = await MakeAsyncMove.TitleAsync(model, solution, chains, cancellation, waits ? MakeAsyncMove.StillWaits : null)
            .ConfigureAwait(false);
        var title = $"{what}: {Advisor.Reason(ConcurrencyModel.Asyncio)}";
        context.RegisterRefactoring(CodeAction.Create(title, token => move.Plan.ApplyAsync(places, token), Key));
    }

    /// <summary>The function and, where the cursor is on one, the call in it; the function alone on its head.</summary>
    private static (SyntaxNode? Function, ExpressionSyntax? Call) Place(SyntaxNode root, TextSpan span)
    {
        var node = root.FindToken(span.Start).Parent;
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is MethodDeclarationSyntax or LocalFunctionStatementSyntax && Head(current).Contains(span)) return (current, null);
            if (current is StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax) break;
        }

        if (node is not SimpleNameSyntax || !node.Span.Contains(span)) return default;
        return Site.NodeAt(root, node.Span) is ExpressionSyntax expression && CallOf(expression) is { } call
            ? (Functions.Around(call), call)
            : default;
    }

    /// <summary>The name under the cursor has to be the one that is called: the receiver's name is another matter.</summary>
    private static ExpressionSyntax? CallOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" },
            Parent.Parent: InvocationExpressionSyntax whole } => whole,
        InvocationExpressionSyntax => expression,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } => expression,
        _ => null,
    };

    /// <summary>From the modifiers to the end of the parameters: attributes and the body have refactorings of their own.</summary>
    private static TextSpan Head(SyntaxNode function)
    {
        var (start, end) = function switch
        {
            MethodDeclarationSyntax { Modifiers: { Count: > 0 } modifiers } method =>
                (modifiers[0].SpanStart, method.ParameterList.Span.End),
            MethodDeclarationSyntax method => (method.ReturnType.SpanStart, method.ParameterList.Span.End),
            LocalFunctionStatementSyntax { Modifiers: { Count: > 0 } modifiers } local =>
                (modifiers[0].SpanStart, local.ParameterList.Span.End),
            LocalFunctionStatementSyntax local => (local.ReturnType.SpanStart, local.ParameterList.Span.End),
            _ => (function.SpanStart, function.SpanStart),
        };
        return TextSpan.FromBounds(start, end);
    }
}

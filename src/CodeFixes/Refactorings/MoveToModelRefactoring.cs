using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Refactorings;

/// <summary>
/// Moves CPU-bound or blocking work to the model that the guidance names although nothing flags it: a call, a loop, or the
/// selected statements. Best first; the thread pool for handlers and coroutines only, and never in a request or turn.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(MoveToModelRefactoring)), Shared]
public sealed class MoveToModelRefactoring : CodeRefactoringProvider
{
    /// <summary>The first part of the actions' equivalence keys; the kind of move follows.</summary>
    public const string Key = "Quintet.Move";

    private static readonly Move[] Moves = [OffloadMove.Goroutine, ProcessMove.Instance, OffloadMove.ToThread, OffloadMove.QueueWork,
        OffloadMove.TaskRun, CallbackMove.Node, CallbackMove.Asyncio];

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        if (await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root) return;
        var (first, last) = context.Span.IsEmpty ? AtCursor(root, context.Span.Start) : Selected(root, context.Span);
        if (first is null || last is null || Functions.Around(first) is not { } function) return;
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !MakeAsyncMove.CanConvert(model, function, cancellation)) return;

        var span = TextSpan.FromBounds(first.SpanStart, last.Span.End);
        if (Evidence.Of(context.Document, model, function, cancellation).ReasonToMove(span) is not { } reason) return;
        var site = new Site(context.Document, first, null, reason, last);
        foreach (var move in ModelMove.Ordered(site, Moves))
        {
            if (move is OffloadMove { IsPool: true } && !OffloadMove.IsForPool(site)) continue;
            if (await move.TitleAsync(site, cancellation).ConfigureAwait(false) is not { } title) continue;
            context.RegisterRefactoring(CodeAction.Create(title, token => move.Plan.ApplyAsync([site], token), $"{Key}.{move.Kind}"));
        }
    }

    /// <summary>The call whose name, or the loop whose keyword, is under the cursor.</summary>
    private static (SyntaxNode? First, SyntaxNode? Last) AtCursor(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        var node = token.Parent switch
        {
            SimpleNameSyntax name => Site.NodeAt(root, name.Span) as InvocationExpressionSyntax,
            ForStatementSyntax loop when token == loop.ForKeyword => loop,
            CommonForEachStatementSyntax loop when token == loop.ForEachKeyword => loop,
            WhileStatementSyntax loop when token == loop.WhileKeyword => loop,
            DoStatementSyntax loop when token == loop.DoKeyword => loop,
            _ => (SyntaxNode?)null,
        };
        return (node, node);
    }

    /// <summary>A call, or whole statements of one block, with nothing but white space around them in the selection.</summary>
    private static (SyntaxNode? First, SyntaxNode? Last) Selected(SyntaxNode root, TextSpan selection)
    {
        var (start, end) = (root.FindToken(selection.Start), root.FindToken(Math.Max(selection.Start, selection.End - 1)));
        if (start.Span.End <= selection.Start) start = start.GetNextToken();
        if (end.SpanStart >= selection.End) end = end.GetPreviousToken();
        if (start.RawKind == 0 || end.RawKind == 0 || start.SpanStart < selection.Start || end.Span.End > selection.End
            || start.SpanStart > end.SpanStart) return default;

        var exact = TextSpan.FromBounds(start.SpanStart, end.Span.End);
        if (Site.NodeAt(root, exact) is InvocationExpressionSyntax call && call.Span == exact) return (call, call);
        var block = start.Parent!.AncestorsAndSelf().OfType<BlockSyntax>()
            .FirstOrDefault(around => around.Statements.Any(one => one.SpanStart == exact.Start));
        if (block?.Statements.FirstOrDefault(one => one.SpanStart == exact.Start) is not { } first) return default;
        if (block.Statements.FirstOrDefault(one => one.Span.End == exact.End) is not { } last) return default;
        // A call that is a whole statement needs no block around it.
        return first == last && first is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax only }
            ? (only, only)
            : (first, last);
    }
}

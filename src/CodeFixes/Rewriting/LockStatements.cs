using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The lock statement as a place of edits: what it holds, and how statements are put in front of it.</summary>
internal static class LockStatements
{
    public static IReadOnlyList<StatementSyntax> Body(LockStatementSyntax held) =>
        held.Statement is BlockSyntax block ? block.Statements : SingletonList(held.Statement);

    /// <summary>What is written behind the head of the lock and behind its opening brace, each on a line of its own.</summary>
    public static SyntaxTriviaList HeadComments(LockStatementSyntax held)
    {
        var trivia = held.CloseParenToken.TrailingTrivia;
        if (held.Statement is BlockSyntax block)
            trivia = trivia.AddRange(block.OpenBraceToken.LeadingTrivia).AddRange(block.OpenBraceToken.TrailingTrivia);
        return TriviaList(trivia
            .Where(Layout.IsComment)
            .SelectMany(comment => new[] { comment, Layout.NewLine(held) }));
    }

    /// <summary>
    /// What ends the last statement of a lock that goes: its own comment, then those before and behind the closing brace, each on a line
    /// of its own.
    /// </summary>
    public static SyntaxTriviaList TailComments(LockStatementSyntax held)
    {
        var own = Body(held).Last().GetTrailingTrivia();
        if (held.Statement is not BlockSyntax block) return own;
        var after = held.GetTrailingTrivia();
        var comments = block.CloseBraceToken.LeadingTrivia.Concat(after).Where(Layout.IsComment).ToList();
        if (!Layout.HasComment(own)) return block.CloseBraceToken.LeadingTrivia.Any(Layout.IsComment) ? Lines([], comments) : after;
        if (comments.Count > 0) return Lines(own.Where(static one => !one.IsKind(SyntaxKind.EndOfLineTrivia)), comments);
        return own.Any(SyntaxKind.EndOfLineTrivia) ? own : own.AddRange(after);

        SyntaxTriviaList Lines(IEnumerable<SyntaxTrivia> first, IEnumerable<SyntaxTrivia> comments) => TriviaList(first
            .Append(Layout.NewLine(held)).Concat(comments.SelectMany(comment => new[] { comment, Layout.NewLine(held) })));
    }

    /// <summary>Text that the preprocessor cuts, or that belongs to a region, cannot be taken apart.</summary>
    public static bool HasDirectives(LockStatementSyntax held) =>
        held.Statement.DescendantTrivia().Any(static trivia => trivia.IsDirective);

    /// <summary>The innermost lock statement around a node in the same function; null when another one is around that.</summary>
    public static LockStatementSyntax? OnlyAround(SyntaxNode node)
    {
        var function = Functions.Around(node);
        var around = node.Ancestors().TakeWhile(ancestor => ancestor != function).OfType<LockStatementSyntax>()
            .Where(held => held.Statement.Span.Contains(node.Span)).ToList();
        return around.Count == 1 && Functions.Around(around[0]) == function ? around[0] : null;
    }

    /// <summary>The field or variable that is locked on, by name.</summary>
    public static ISymbol? Gate(SemanticModel model, LockStatementSyntax held, CancellationToken cancellation) =>
        held.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax }
            ? model.GetSymbolInfo(held.Expression, cancellation).Symbol
            : null;

    /// <summary>Statements that stand before another one: blank lines go to the first of them, comments stay where they are.</summary>
    public static IReadOnlyList<StatementSyntax> Before(
        StatementSyntax later, StatementSyntax original, IReadOnlyList<StatementSyntax> earlier)
    {
        if (earlier.Count == 0) return [later];
        var leading = original.GetLeadingTrivia();
        var blank = leading.TakeWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)
            || trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        var lastBreak = blank.FindLastIndex(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var spread = Layout.StartsLine(original);
        var separator = spread ? Layout.NewLine(original) : Space;
        var all = new List<StatementSyntax>();
        foreach (var statement in earlier)
        {
            var moved = statement.WithAdditionalAnnotations(Formatter.Annotation);
            if (!spread || !EndsLine(moved)) moved = moved.WithTrailingTrivia(WithoutBreaks(moved.GetTrailingTrivia()).Add(separator));
            if (!spread) moved = moved.WithLeadingTrivia(WithoutBreaks(moved.GetLeadingTrivia()));
            all.Add(moved);
        }

        if (lastBreak >= 0) all[0] = all[0].WithLeadingTrivia(leading.Take(lastBreak + 1).Concat(all[0].GetLeadingTrivia()));
        all.Add(later.WithLeadingTrivia(leading.Skip(lastBreak + 1)));
        return all;
    }

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTriviaList WithoutBreaks(SyntaxTriviaList trivia) =>
        TriviaList(trivia.Where(static one => !one.IsKind(SyntaxKind.EndOfLineTrivia) && !one.IsKind(SyntaxKind.WhitespaceTrivia)));
}

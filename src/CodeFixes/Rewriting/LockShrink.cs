using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Code that is written in a lock and can run before it: whole statements at its head, or those in its middle that need nothing of what
/// stands before them, and of one that has to stay the expression that it evaluates first.
/// </summary>
internal sealed class LockShrink
{
    private LockShrink(LockStatementSyntax held, IReadOnlyList<StatementSyntax> moved, ExpressionSyntax? computed, string name)
    {
        Held = held;
        Moved = moved;
        Computed = computed;
        Name = name;
    }

    public LockStatementSyntax Held { get; }

    /// <summary>Statements that leave the lock as they are.</summary>
    public IReadOnlyList<StatementSyntax> Moved { get; }

    /// <summary>The expression that is computed into a local before the lock; null when whole statements are enough.</summary>
    public ExpressionSyntax? Computed { get; }

    /// <summary>The name of that local.</summary>
    public string Name { get; }

    /// <summary>Expressions of later statements that are computed before the lock as well, and the names of their locals.</summary>
    public IReadOnlyList<(ExpressionSyntax Value, string Name)> More { get; init; } = [];

    /// <summary>All code that runs before the lock then.</summary>
    public IEnumerable<SyntaxNode> Leaving =>
        [.. Moved, .. Computed is null ? [] : new[] { Computed }, .. More.Select(static one => one.Value)];

    public IReadOnlyList<StatementSyntax> Kept => [.. LockStatements.Body(Held).Where(statement => !Moved.Contains(statement))];

    /// <summary>What can leave a lock so that the wanted work leaves it; null when that has to stay.</summary>
    /// <param name="model">The model of the document.</param>
    /// <param name="held">The lock.</param>
    /// <param name="work">The statement or expression that is to leave.</param>
    /// <param name="unguarded">Tells what the lock does not guard.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LockShrink? Of(
        SemanticModel model, LockStatementSyntax held, SyntaxNode work, Unguarded unguarded, CancellationToken cancellation)
    {
        var body = LockStatements.Body(held);
        var moved = new List<StatementSyntax>();
        var isCut = LockStatements.HasDirectives(held);
        foreach (var statement in body)
        {
            // A lock around nothing would be odd: of the last statement what fills its local stays.
            var isLast = moved.Count == body.Count - 1 && statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax };
            if (!isLast && IsMovable(model, statement, unguarded))
            {
                if (isCut) return null;
                moved.Add(statement);
                if (statement.Span.Contains(work.Span))
                    return moved.Count < body.Count && !AreMentionedAfter(model, moved, body, unguarded, cancellation)
                        && LocalNames.AreDeclaredOnce(Functions.Around(held)!, moved)
                        ? new LockShrink(held, moved, null, "")
                        : null;
                continue;
            }

            if (!statement.Span.Contains(work.Span)) return Middle(model, held, work, unguarded, cancellation);
            if (work is not ExpressionSyntax expression) return null;
            if (Widest(model, statement, expression, unguarded, cancellation) is not { } computed) return null;
            var shrink = new LockShrink(held, moved, computed, LocalNames.For(model, computed, Functions.Around(held)!));
            return AreMentionedAfter(model, [.. moved, computed], body, unguarded, cancellation) ? null : shrink;
        }

        return null;
    }

    /// <summary>What can leave from behind statements that have to stay, with the statements before it that it needs.</summary>
    private static LockShrink? Middle(
        SemanticModel model, LockStatementSyntax held, SyntaxNode work, Unguarded unguarded, CancellationToken cancellation)
    {
        var body = LockStatements.Body(held);
        var at = body.TakeWhile(statement => !statement.Span.Contains(work.Span)).Count();
        if (at == body.Count || LockStatements.HasDirectives(held)) return null;
        var whole = IsMovable(model, body[at], unguarded);
        var computed = whole || work is not ExpressionSyntax expression ? null
            : Widest(model, body[at], expression, unguarded, cancellation);
        if (!whole && computed is null) return null;
        var order = new LockOrder(model, body, cancellation);
        if (order.NeededBy(at, computed) is not { } needed || !needed.All(i => IsMovable(model, body[i], unguarded))) return null;
        var moved = needed.Select(i => body[i]).ToList();
        if (whole) moved.Add(body[at]);
        if (moved.Count == body.Count || !LocalNames.AreDeclaredOnce(Functions.Around(held)!, moved)
            || AreMentionedAfter(model, computed is null ? moved : [.. moved, computed], body, unguarded, cancellation)) return null;
        return new LockShrink(held, moved, computed, computed is null ? "" : LocalNames.For(model, computed, Functions.Around(held)!));
    }

    /// <summary>The statements that take the place of the lock.</summary>
    public IReadOnlyList<StatementSyntax> Rewritten(Func<IReadOnlyList<StatementSyntax>, StatementSyntax?>? instead = null)
    {
        var earlier = Moved.ToList();
        var held = Held;
        var body = LockStatements.Body(Held);
        var leaving = new HashSet<int>(Enumerable.Range(0, body.Count).Where(i => Moved.Contains(body[i])));
        if (Computed is not null)
        {
            List<(ExpressionSyntax Value, string Name)> all = [(Computed, Name), .. More];
            earlier.AddRange(all.Select(static one => Declaration(one.Value, one.Name)));
            held = held.ReplaceNodes(all.Select(static one => one.Value), (old, _) =>
                IdentifierName(all.First(one => one.Value == old).Name).WithTriviaFrom(old));
        }

        if (Moved.Count > 0)
        {
            var block = (BlockSyntax)held.Statement;
            var kept = block.Statements.Where((_, i) => !leaving.Contains(i)).ToList();
            // A blank line that parted the two halves has nothing to part any more.
            kept[0] = kept[0].WithLeadingTrivia(kept[0].GetLeadingTrivia()
                .SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            held = held.WithStatement(block.WithStatements(List(kept)));
        }

        StatementSyntax later = held;
        if (instead?.Invoke(LockStatements.Body(held)) is { } other) later = other.WithTrailingTrivia(Held.GetTrailingTrivia());
        return LockStatements.Before(later, Held, earlier);
    }

    /// <summary>The same with the given expressions of later statements computed before the lock, too.</summary>
    public LockShrink With(IReadOnlyList<(ExpressionSyntax Value, string Name)> more) => new(Held, Moved, Computed, Name) { More = more };

    private static LocalDeclarationStatementSyntax Declaration(ExpressionSyntax value, string name) =>
        LocalDeclarationStatement(VariableDeclaration(
                IdentifierName(Identifier(TriviaList(), SyntaxKind.VarKeyword, "var", "var", TriviaList(Space))),
                SingletonSeparatedList(VariableDeclarator(Identifier(name).WithTrailingTrivia(Space))
                    .WithInitializer(EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value.WithoutTrivia())))))
            .WithAdditionalAnnotations(Formatter.Annotation, LocalStyle.New);

    public static bool IsMovable(SemanticModel model, StatementSyntax statement, Unguarded unguarded)
    {
        if (statement
            is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or LocalFunctionStatementSyntax or LabeledStatementSyntax)
            return false;
        return model.AnalyzeControlFlow(statement) is { Succeeded: true, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true }
            && unguarded.Is(statement);
    }

    /// <summary>The largest expression around the wanted one that may leave and is evaluated first in its statement.</summary>
    public static ExpressionSyntax? Widest(
        SemanticModel model, StatementSyntax statement, ExpressionSyntax work, Unguarded unguarded, CancellationToken cancellation)
    {
        if (work.FirstAncestorOrSelf<StatementSyntax>() != statement || !FirstEvaluated.Is(work, statement)) return null;
        ExpressionSyntax? widest = null;
        foreach (var candidate in work.AncestorsAndSelf().TakeWhile(node => node != statement).OfType<ExpressionSyntax>())
        {
            if (candidate is AssignmentExpressionSyntax
                || candidate.Parent is InvocationExpressionSyntax call && call.Expression == candidate) continue;
            if (model.GetTypeInfo(candidate, cancellation).Type
                is not { TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_Void, IsRefLikeType: false }) continue;
            if (model.GetConversion(candidate, cancellation) is { IsInterpolatedString: true } || !unguarded.Is(candidate)) break;
            widest = candidate is ParenthesizedExpressionSyntax inner ? inner.Expression : candidate;
        }

        return widest;
    }

    /// <summary>
    /// Objects that the moved code looks at and the kept code uses too: what is kept may have made them part of what the lock guards.
    /// </summary>
    public static bool AreMentionedAfter(
        SemanticModel model, IReadOnlyList<SyntaxNode> moved, IReadOnlyList<StatementSyntax> body, Unguarded unguarded,
            CancellationToken cancellation)
    {
        var held = body[0].FirstAncestorOrSelf<LockStatementSyntax>()!.Statement;
        var seen = new HashSet<ISymbol>(Mentions(model, moved, cancellation).Where(symbol => unguarded.MayBeShared(symbol, held)),
            SymbolEqualityComparer.Default);
        if (seen.Count == 0) return false;
        return body.SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Where(name => !moved.Any(code => code.Span.Contains(name.Span)))
            .Any(name => model.GetSymbolInfo(name, cancellation).Symbol is { } symbol && seen.Contains(symbol));
    }

    private static IEnumerable<ISymbol> Mentions(SemanticModel model, IEnumerable<SyntaxNode> code, CancellationToken cancellation) =>
        code.SelectMany(static node => node.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancellation).Symbol).OfType<ISymbol>();
}

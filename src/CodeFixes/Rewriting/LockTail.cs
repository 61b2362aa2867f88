using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Statements at the end of a lock that work on what the others have taken out of it, and can run after it. Locals that both need are
/// declared before the lock.
/// </summary>
internal sealed class LockTail
{
    private readonly int _kept;
    private readonly IReadOnlyDictionary<StatementSyntax, string> _shared;

    private LockTail(LockStatementSyntax held, int kept, IReadOnlyDictionary<StatementSyntax, string> shared)
    {
        Held = held;
        _kept = kept;
        _shared = shared;
    }

    public LockStatementSyntax Held { get; }

    /// <summary>All code that runs after the lock then.</summary>
    public IEnumerable<SyntaxNode> Leaving => ((BlockSyntax)Held.Statement).Statements.Skip(_kept);

    /// <summary>What can leave the end of a lock so that the wanted work leaves it; null when that has to stay.</summary>
    /// <param name="model">The model of the document.</param>
    /// <param name="held">The lock.</param>
    /// <param name="work">The statement or expression that is to leave.</param>
    /// <param name="unguarded">Tells what the lock does not guard.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LockTail? Of(
        SemanticModel model, LockStatementSyntax held, SyntaxNode work, Unguarded unguarded, CancellationToken cancellation)
    {
        if (held.Statement is not BlockSyntax { Statements: var body } || LockStatements.HasDirectives(held)) return null;
        var at = body.TakeWhile(statement => !statement.Span.Contains(work.Span)).Count();
        if (at == 0 || at == body.Count) return null;
        var moved = body.Skip(at).ToList();
        if (!moved.All(statement => LockShrink.IsMovable(model, statement, unguarded)
            || statement is ReturnStatementSyntax && statement == body.Last() && unguarded.Is(statement))) return null;
        var kept = body.Take(at).ToList();
        var function = Functions.Around(held)!;
        var own = moved.SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancellation).Symbol).OfType<ISymbol>()
            .Where(static symbol => symbol is ILocalSymbol or IParameterSymbol).Distinct(SymbolEqualityComparer.Default).ToList();
        var shared = new Dictionary<StatementSyntax, string>();
        foreach (var symbol in own)
        {
            if (!Unchanging.Is(TypeOf(symbol!)) && IsHandedOn(model, kept, symbol!, cancellation)) return null;
            if (symbol is not ILocalSymbol local || local.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is not { } place
                || !kept.Any(statement => statement.Span.Contains(place.Span))) continue;
            if (kept.FirstOrDefault(statement => Declares(statement, place)) is not { } declaration
                || !LocalNames.IsDeclaredOnce(function, local.Name)
                || TypeName(model, declaration, local, cancellation) is not { } type) return null;
            shared.Add(declaration, type);
        }

        return LocalNames.AreDeclaredOnce(function, moved) ? new LockTail(held, at, shared) : null;
    }

    /// <summary>The statements that take the place of the lock.</summary>
    public IReadOnlyList<StatementSyntax> Rewritten()
    {
        var block = (BlockSyntax)Held.Statement;
        var newLine = Layout.NewLine(Held);
        var inside = block.Statements.Take(_kept).Select(statement => _shared.ContainsKey(statement)
            ? Assignment((LocalDeclarationStatementSyntax)statement)
            : statement);
        var before = _shared.Select(static one =>
            ParseStatement($"{one.Value} {((LocalDeclarationStatementSyntax)one.Key).Declaration.Variables[0].Identifier.ValueText};"))
            .ToList();
        var all = LockStatements.Before(Held.WithStatement(block.WithStatements(List(inside))), Held, before).ToList();
        all[all.Count - 1] = EndingLine(all[all.Count - 1], newLine);
        var moved = block.Statements.Skip(_kept).Select(statement => EndingLine(statement, newLine)
            .WithAdditionalAnnotations(Formatter.Annotation)).ToList();
        // A blank line that parted the two halves has nothing to part any more.
        moved[0] = moved[0].WithLeadingTrivia(moved[0].GetLeadingTrivia()
            .SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        all.AddRange(moved);
        return all;
    }

    private static StatementSyntax EndingLine(StatementSyntax statement, SyntaxTrivia newLine) =>
        statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? statement
            : statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(newLine));

    private static StatementSyntax Assignment(LocalDeclarationStatementSyntax declaration)
    {
        var variable = declaration.Declaration.Variables[0];
        return ExpressionStatement(AssignmentExpression(SyntaxKind.SimpleAssignmentExpression,
                IdentifierName(variable.Identifier.WithTrailingTrivia(Space)),
                Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), variable.Initializer!.Value))
            .WithSemicolonToken(declaration.SemicolonToken).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    /// <summary>
    /// Whether what stays does anything with an object but take it: it may have made it part of what the lock guards.
    /// </summary>
    private static bool IsHandedOn(
        SemanticModel model, IEnumerable<StatementSyntax> kept, ISymbol symbol, CancellationToken cancellation) =>
        kept.SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol))
            .Any(static name => name.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } taken
                || taken.Left != name);

    /// <summary>A declaration of one local with its value, which can be parted into the two.</summary>
    private static bool Declares(StatementSyntax statement, SyntaxNode variable) => statement is LocalDeclarationStatementSyntax
        {
            UsingKeyword.RawKind: 0, IsConst: false, Declaration: { Type: not RefTypeSyntax, Variables: { Count: 1 } only },
        } && only[0] == variable && only[0].Initializer is { Value: not RefExpressionSyntax };

    private static string? TypeName(SemanticModel model, StatementSyntax declaration, ILocalSymbol local, CancellationToken cancellation)
    {
        var written = ((LocalDeclarationStatementSyntax)declaration).Declaration;
        if (!written.Type.IsVar) return written.Type.ToString();
        if (local.Type is { IsAnonymousType: true } or { TypeKind: TypeKind.Error } || local.Type.IsRefLikeType) return null;
        var state = model.GetTypeInfo(written.Variables[0].Initializer!.Value, cancellation).Nullability.FlowState;
        return local.Type.ToMinimalDisplayString(model, state, declaration.SpanStart);
    }

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol is ILocalSymbol local ? local.Type : ((IParameterSymbol)symbol).Type;
}

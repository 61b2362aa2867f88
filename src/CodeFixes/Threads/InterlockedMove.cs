using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using Quintet.CodeFixes.Rewriting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Threads;

/// <summary>Adds to a number without a lock: the processor does it in one step.</summary>
internal sealed class InterlockedMove : Move
{
    public InterlockedMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "Interlocked";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await FindAsync(site, cancellation).ConfigureAwait(false) is { } found
            ? $"Add to '{found.Target}' with Interlocked instead of under the lock"
            : null;

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not { } found) return null;
        var imports = new List<string>();
        var type = Imports.Owner(found.Body.Model, found.Body.Held.SpanStart, "System.Threading", "Interlocked", imports);
        var edits = new SolutionEdits(site.Document.Project.Solution);
        edits.Import(site.Document.Id, imports);
        foreach (var edit in Splice.Replace(found.Body.Held, _ => Rewritten(found, type))) edits.Add(site.Document.Id, edit);
        if (GateOfItsOwn(found.Body, cancellation) is not { } gate) return edits;
        // What stands on the same line takes its place at the beginning.
        if (Layout.StartsLine(gate) && !gate.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) && After(gate) is { } next)
            edits.Add(site.Document.Id, new NodeEdit(next, current => current.WithLeadingTrivia(gate.GetLeadingTrivia())));
        foreach (var edit in Splice.Replace(gate, static _ => [])) edits.Add(site.Document.Id, edit);
        return edits;
    }

    private static StatementSyntax? After(StatementSyntax statement) =>
        ((BlockSyntax)statement.Parent!).Statements.SkipWhile(one => one != statement).Skip(1).FirstOrDefault();

    /// <summary>The declaration of a local lock that nobody takes any more, and about which nothing is said.</summary>
    private static LocalDeclarationStatementSyntax? GateOfItsOwn(ParallelBody body, CancellationToken cancellation)
    {
        if (body.Held.Expression is not IdentifierNameSyntax name
            || body.Model.GetSymbolInfo(name, cancellation).Symbol is not ILocalSymbol { Type.Name: "Object" or "Lock" } local
            || local.DeclaringSyntaxReferences.Select(one => one.GetSyntax(cancellation)).FirstOrDefault()
                is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1,
                    Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax block } statement } })
            return null;
        return GateUse.IsPlainCreation(value) && body.MentionsOf(local, cancellation).Count == 1 && !block.ContainsDirectives
            && !statement.DescendantTrivia().Any(Layout.IsComment)
            ? statement
            : null;
    }

    private static IReadOnlyList<StatementSyntax> Rewritten(Addition found, NameSyntax type)
    {
        var held = found.Body.Held;
        var target = Argument(null, Token(SyntaxKind.RefKeyword).WithTrailingTrivia(Space), found.Target.WithoutTrivia());
        var arguments = found.Added is { } added
            ? SeparatedList([target, Argument(Signed(added.WithoutTrivia(), found.Negative))],
                [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)])
            : SingletonSeparatedList(target);
        var member = found.Added is not null ? "Add" : found.Negative ? "Decrement" : "Increment";
        var call = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, IdentifierName(member)),
            ArgumentList(arguments));
        var last = LockStatements.Body(held)[found.Moved.Count];
        var comments = held.Statement is BlockSyntax
            ? last.GetLeadingTrivia().Where(Layout.IsComment).ToList()
            : [];
        var statement = ExpressionStatement(call)
            .WithLeadingTrivia(held.GetLeadingTrivia().AddRange(LockStatements.HeadComments(held)))
            .WithTrailingTrivia(LockStatements.TailComments(held)).WithAdditionalAnnotations(Formatter.Annotation);
        var statements = LockStatements.Before(statement, held, found.Moved).ToList();
        var leading = statements[statements.Count - 1].GetLeadingTrivia();
        foreach (var comment in comments) leading = leading.Add(comment).Add(Layout.NewLine(held));
        statements[statements.Count - 1] = statements[statements.Count - 1].WithLeadingTrivia(leading);
        return statements;
    }

    private static ExpressionSyntax Signed(ExpressionSyntax value, bool negative) => !negative ? value
        : PrefixUnaryExpression(SyntaxKind.UnaryMinusExpression,
            value is IdentifierNameSyntax or LiteralExpressionSyntax or InvocationExpressionSyntax
                ? value
                : ParenthesizedExpression(value));

    private static async Task<Addition?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (await ParallelBody.OfAsync(site, cancellation).ConfigureAwait(false) is not { } body) return null;
        var statements = LockStatements.Body(body.Held);
        if (statements.Count == 0 || LockStatements.HasDirectives(body.Held)
            || ParallelBody.AdditionOf(statements[statements.Count - 1]) is not { } addition) return null;
        if (body.Model.GetSymbolInfo(addition.Target, cancellation).Symbol is not { } variable
            || !IsAlone(body, variable, addition.Target, cancellation)) return null;
        var type = (variable as ILocalSymbol)?.Type ?? ((IFieldSymbol)variable).Type;
        if (addition.Added is not null && addition.Negative && type.SpecialType is SpecialType.System_UInt32 or SpecialType.System_UInt64)
            return null;
        if (addition.Added is { } value
            && !SymbolEqualityComparer.Default.Equals(body.Model.GetTypeInfo(value, cancellation).ConvertedType, type)) return null;
        if (!IsOffered(body.Model, type, addition.Added is not null ? "Add" : addition.Negative ? "Decrement" : "Increment")) return null;
        // Interlocked never throws when a number overflows.
        if (body.Model.GetOperation(((ExpressionStatementSyntax)statements[statements.Count - 1]).Expression, cancellation)
            is ICompoundAssignmentOperation { IsChecked: true } or IIncrementOrDecrementOperation { IsChecked: true }) return null;
        var unguarded = new Unguarded(body.Models, body.Elements(cancellation), cancellation);
        var moved = statements.Take(statements.Count - 1).ToList();
        if (!moved.All(statement => LockShrink.IsMovable(body.Model, statement, unguarded))) return null;
        return addition.Added is null || unguarded.Is(addition.Added)
            ? new Addition(body, moved, addition.Target, addition.Added, addition.Negative)
            : null;
    }

    /// <summary>Another function changes it, perhaps while the loop runs, and counts on the lock.</summary>
    private static bool IsChangedElsewhere(ParallelBody body, SimpleNameSyntax name, CancellationToken cancellation) =>
        Functions.Around(name) != Functions.Around(body.Call)
        && (body.Models.Of(name.SyntaxTree)?.GetOperation(ParallelBody.Whole(name), cancellation) is not { } use
            || LocalValues.IsWritten(use));

    /// <summary>Beside tasks whoever started them goes on: there it must not be changed, nor asked for under the lock.</summary>
    private static bool IsSeenMeanwhile(ParallelBody body, SimpleNameSyntax name, CancellationToken cancellation) =>
        name.Ancestors().Any(static node => node is LockStatementSyntax)
        || body.Models.Of(name.SyntaxTree)?.GetOperation(name, cancellation) is not { } use || LocalValues.IsWritten(use);

    /// <summary>Older frameworks know signed numbers only.</summary>
    private static bool IsOffered(SemanticModel model, ITypeSymbol type, string member) =>
        model.Compilation.GetTypeByMetadataName("System.Threading.Interlocked")?.GetMembers(member).OfType<IMethodSymbol>()
            .Any(method => SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, type)) == true;

    /// <summary>Nothing else changes the number while the loop runs, and nobody could read it torn.</summary>
    private static bool IsAlone(ParallelBody body, ISymbol variable, ExpressionSyntax target, CancellationToken cancellation)
    {
        var others = body.MentionsOf(variable, cancellation)
            .Where(name => !target.Span.Contains(name.Span) || name.SyntaxTree != target.SyntaxTree).ToList();
        switch (variable)
        {
            case ILocalSymbol { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64
                or SpecialType.System_UInt32 or SpecialType.System_UInt64 }:
                if (body.Kind == ParallelKind.Tasks && others.Any(name => IsSeenMeanwhile(body, name, cancellation))) return false;
                return !others.Any(name => body.Call.Span.Contains(name.Span) || body.Function.Span.Contains(name.Span)
                    || IsChangedElsewhere(body, name, cancellation));
            case IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsReadOnly: false, Type.SpecialType: SpecialType.System_Int32
                or SpecialType.System_UInt32 }:
                return target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                    && others.All(name => body.Models.Of(name.SyntaxTree)?.GetOperation(ParallelBody.Whole(name), cancellation) is { } use
                        && !LocalValues.IsWritten(use)
                        && !body.Function.Span.Contains(name.Span));
            default:
                return false;
        }
    }

    private sealed record Addition(
        ParallelBody Body, IReadOnlyList<StatementSyntax> Moved, ExpressionSyntax Target, ExpressionSyntax? Added, bool Negative);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Who catches what a task throws. A wait puts an AggregateException around it, an await does not: a clause that tells the two apart
/// sees something else then.
/// </summary>
internal static class CaughtErrors
{
    /// <summary>What a title says where another clause catches the error than before.</summary>
    public const string Note = "errors are caught as they are, without an AggregateException around them";

    /// <summary>Whether a <c>try</c> around a place expects the wrapper, looks into it, or asks of which type an error is.</summary>
    public static bool KnowTheWrapper(SyntaxNode node) => ClausesAround(node).Any(static clause => clause.DescendantNodes()
        .OfType<IdentifierNameSyntax>().Any(static name => name.Identifier.ValueText is "AggregateException" or "InnerException"
            or "InnerExceptions") || AsksForTheType(clause));

    /// <summary>Whether a <c>try</c> around a place catches some errors and not others: they were wrapped so far.</summary>
    public static bool AreToldApart(SyntaxNode node) => ClausesAround(node)
        .Any(static clause => !IsGeneral(clause) || clause.Filter is not null);

    private static IEnumerable<CatchClauseSyntax> ClausesAround(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) yield break;
            if (ancestor is not TryStatementSyntax attempt || !attempt.Block.Span.Contains(node.Span)) continue;
            foreach (var clause in attempt.Catches) yield return clause;
        }
    }

    private static bool IsGeneral(CatchClauseSyntax clause) => clause.Declaration?.Type switch
    {
        null => true,
        SimpleNameSyntax name => name.Identifier.ValueText == "Exception",
        QualifiedNameSyntax name => name.Right.Identifier.ValueText == "Exception",
        _ => false,
    };

    /// <summary><c>e.GetType()</c>, <c>e is IOException</c>, <c>switch (e)</c> where any error is caught.</summary>
    private static bool AsksForTheType(CatchClauseSyntax clause) => IsGeneral(clause)
        && clause.Declaration?.Identifier.ValueText is { Length: > 0 } error
        && clause.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == error && name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == name && access.Name.Identifier.ValueText == "GetType",
            IsPatternExpressionSyntax asked => !IsCancellation(asked.Pattern),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } asked => !IsCancellation(asked.Right),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } => true,
            SwitchStatementSyntax or SwitchExpressionSyntax or CastExpressionSyntax => true,
            _ => false,
        });

    /// <summary>Who lets cancellations pass means those that are wrapped, too.</summary>
    private static bool IsCancellation(SyntaxNode asked) => asked.DescendantNodesAndSelf().OfType<TypeSyntax>()
        .All(static type => type is SimpleNameSyntax { Identifier.ValueText: "OperationCanceledException" or "TaskCanceledException" });
}

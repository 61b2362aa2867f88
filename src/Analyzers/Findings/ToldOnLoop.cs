using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Timers, watchers and processes whose <c>SynchronizingObject</c> is set raise their events on its loop; the designer sets it in another
/// part of the type.
/// </summary>
internal static class ToldOnLoop
{
    private const string Property = "SynchronizingObject";

    /// <summary>Whether a function handles an event of such an object, as far as its type says so.</summary>
    public static bool Is(INamedTypeSymbol type, SyntaxNode? function)
    {
        if (function is null) return false;
        var parts = type.DeclaringSyntaxReferences.Select(static declared => declared.GetSyntax()).ToList();
        if (!parts.Any(static part => MemberText.Mentions(part, [Property]))) return false;
        var home = function.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var synchronised = new HashSet<string?>(Assignments(parts)
            .Where(one => LastName.Of(one.Left) == Property && !one.Right.IsKind(SyntaxKind.NullLiteralExpression)
                && !IsLocalOfAnother(one, home))
            .Select(Owner));
        var raisers = Raisers(function, parts).ToList();
        return synchronised.Count > 0 && (synchronised.Contains(null) || raisers.Any(synchronised.Contains));
    }

    /// <summary>The object is a local of another member, whatever it is called.</summary>
    private static bool IsLocalOfAnother(AssignmentExpressionSyntax set, MemberDeclarationSyntax? home) =>
        set.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member != home && Owner(set) is { } name
        && member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(local => local.Identifier.ValueText == name);

    /// <summary>The names of the objects whose events a function is subscribed to.</summary>
    private static IEnumerable<string?> Raisers(SyntaxNode function, IEnumerable<SyntaxNode> parts)
    {
        if (function is AnonymousFunctionExpressionSyntax)
            return function.Parent is AssignmentExpressionSyntax subscription ? [Raiser(subscription)] : [];
        return function is MethodDeclarationSyntax { Identifier.ValueText: var name }
            ? Assignments(parts).Where(one => one.IsKind(SyntaxKind.AddAssignmentExpression) && Handles(one.Right, name)).Select(Raiser)
            : [];
    }

    private static bool Handles(ExpressionSyntax handler, string name) => LastName.Of(handler) == name
        || handler is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } given }
            && LastName.Of(given[0].Expression) == name;

    private static string? Raiser(AssignmentExpressionSyntax subscription) =>
        subscription.Left is MemberAccessExpressionSyntax { Expression: var raiser } ? LastName.Of(raiser) : null;

    /// <summary>Whose property is set; of an initialiser what is declared or assigned with it.</summary>
    private static string? Owner(AssignmentExpressionSyntax set)
    {
        if (set.Left is MemberAccessExpressionSyntax { Expression: var owner }) return LastName.Of(owner);
        return set.Parent?.Parent?.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared } => declared.Identifier.ValueText,
            AssignmentExpressionSyntax kept => LastName.Of(kept.Left),
            _ => null,
        };
    }

    private static IEnumerable<AssignmentExpressionSyntax> Assignments(IEnumerable<SyntaxNode> parts) =>
        parts.SelectMany(static part => part.DescendantNodes().OfType<AssignmentExpressionSyntax>());
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// State that flows with the code: an async function works on a copy of its own, so that what it sets there its caller never sees.
/// </summary>
internal static class FlowingState
{
    /// <summary>Whether a function leaves such a value behind. One that it puts back at the end stays its own affair.</summary>
    public static bool IsLeftBy(SemanticModel model, SyntaxNode function, CancellationToken cancellation)
    {
        if (Functions.Body(function) is not { } body) return false;
        var written = Functions.OwnNodes(body).OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is MemberAccessExpressionSyntax target && MayFlow(target)
                && model.GetSymbolInfo(target, cancellation).Symbol is IPropertySymbol property && Flows(property))
            .ToList();
        var restored = new HashSet<string>(
            written.Where(static assignment => assignment.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null)
                .Select(static assignment => assignment.Left.ToString()), StringComparer.Ordinal);
        return written.Any(assignment => !restored.Contains(assignment.Left.ToString()));
    }

    /// <summary>By name first: most assignments are none of ours, and binding each would cost.</summary>
    private static bool MayFlow(MemberAccessExpressionSyntax target) => target.Name.Identifier.ValueText
        is "Value" or "CurrentCulture" or "CurrentUICulture" or "CurrentPrincipal" or "Current";

    private static bool Flows(IPropertySymbol property) => (property.ContainingType.Name, property.Name)
        is ("AsyncLocal", "Value") or ("CultureInfo" or "Thread", "CurrentCulture" or "CurrentUICulture")
        or ("Thread", "CurrentPrincipal") or ("Activity", "Current");
}

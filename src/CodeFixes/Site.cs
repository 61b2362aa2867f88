using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes;

/// <summary>A finding as a fix sees it: nodes of one snapshot instead of places in a text.</summary>
/// <param name="document">The document of <paramref name="node"/>.</param>
/// <param name="node">The flagged expression, declarator or statement.</param>
/// <param name="mark">What tells the same place in every later snapshot; null while only an offer is made.</param>
/// <param name="finding">
/// The diagnostic; for a refactoring a record of the same shape that nobody reports, or null where nothing is known.
/// </param>
/// <param name="last">Where the site is a range of statements: the last one.</param>
internal sealed class Site(Document document, SyntaxNode node, SiteMark? mark, Diagnostic? finding, SyntaxNode? last = null)
{
    public Document Document { get; } = document;

    public SyntaxNode Node { get; } = node;

    /// <summary>The last statement of a range; <see cref="Node"/> itself everywhere else.</summary>
    public SyntaxNode Last { get; } = last ?? node;

    public SiteMark? Mark { get; } = mark;

    public Diagnostic? Finding { get; } = finding;

    public string? this[string property] =>
        Finding is not null && Finding.Properties.TryGetValue(property, out var value) ? value : null;

    /// <summary>The flagged call is the root cause: there are no hops below it.</summary>
    public bool IsCause => Finding is null || Finding.AdditionalLocations.Count == 0;

    /// <summary>The node that a location names: the whole call, not the identifier or argument that shares its span.</summary>
    public static SyntaxNode? NodeAt(SyntaxNode root, TextSpan span)
    {
        if (!root.FullSpan.Contains(span)) return null;
        var node = root.FindNode(span, findInsideTrivia: false, getInnermostNodeForTie: true);
        // What is flagged in t.Result() is the property; the call is that of the delegate in it.
        while (node.Parent is { } parent && IsPartOfCall(node, parent)
            && !(node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } && node.Span == span)) node = parent;
        // What blocks in x?.Wait() is the call, whether or not the mark includes x.
        while (node is ConditionalAccessExpressionSyntax
            { WhenNotNull: InvocationExpressionSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
                or ConditionalAccessExpressionSyntax } access) node = access.WhenNotNull;
        return node;
    }

    private static bool IsPartOfCall(SyntaxNode node, SyntaxNode parent) => parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == node,
        MemberBindingExpressionSyntax binding => binding.Name == node,
        InvocationExpressionSyntax invocation => invocation.Expression == node && node is not InvocationExpressionSyntax,
        ObjectCreationExpressionSyntax creation => creation.Type == node,
        _ => false,
    };
}

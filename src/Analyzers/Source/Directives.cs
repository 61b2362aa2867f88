using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary>The directives of a text in its order, found once: to ask one for the next walks over every token between them.</summary>
/// <remarks>Hangs on the tree, so an edit of another tree keeps it. Safe for concurrent use.</remarks>
internal static class Directives
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> Trees = new();

    public static ImmutableArray<DirectiveTriviaSyntax> Of(SyntaxTree tree)
    {
        if (Trees.TryGetValue(tree, out var known)) return (ImmutableArray<DirectiveTriviaSyntax>)known;
        object found = tree.GetRoot().DescendantNodes(static node => node.ContainsDirectives, descendIntoTrivia: true)
            .OfType<DirectiveTriviaSyntax>().ToImmutableArray();
        return (ImmutableArray<DirectiveTriviaSyntax>)Trees.GetValue(tree, _ => found);
    }

    /// <summary>Those that stand before a place.</summary>
    public static IEnumerable<DirectiveTriviaSyntax> Before(SyntaxNode place)
    {
        foreach (var directive in Of(place.SyntaxTree))
        {
            if (directive.SpanStart >= place.SpanStart) yield break;
            yield return directive;
        }
    }
}

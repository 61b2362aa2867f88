using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Analyzers.Source;

/// <summary>Whether a text says of any of its lines that they come from another file (<c>#line</c>).</summary>
/// <remarks>Hangs on the tree, so it is asked once. Safe for concurrent use.</remarks>
internal static class LineMaps
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> Trees = new();

    public static bool IsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var known)) return (bool)known;
        var root = tree.GetRoot(cancellation);
        object found = root.ContainsDirectives && root.GetFirstDirective(static directive =>
            directive.IsKind(SyntaxKind.LineDirectiveTrivia) || directive.IsKind(SyntaxKind.LineSpanDirectiveTrivia)) is not null;
        return (bool)Trees.GetValue(tree, _ => found);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>A node to replace, and what to make of it once the nodes inside it have been rewritten.</summary>
internal sealed class NodeEdit(SyntaxNode target, Func<SyntaxNode, SyntaxNode> rewrite)
{
    public SyntaxNode Target { get; } = target;

    public Func<SyntaxNode, SyntaxNode> Rewrite { get; } = rewrite;
}

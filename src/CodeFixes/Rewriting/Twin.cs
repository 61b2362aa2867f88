using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>What a blocking call becomes in an asynchronous body.</summary>
/// <param name="title">The action's title.</param>
/// <param name="edit">The edit that awaits the twin in place of the call.</param>
/// <param name="imports">Namespaces that the file has to import.</param>
internal sealed class Twin(string title, NodeEdit edit, IReadOnlyCollection<string> imports)
{
    public string Title { get; } = title;

    public NodeEdit Edit { get; } = edit;

    public IReadOnlyCollection<string> Imports { get; } = imports;

    /// <summary>What the blocking form wraps in an AggregateException is thrown as it is.</summary>
    public bool UnwrapsErrors { get; init; }

    /// <summary>The awaited method, where it is asked of the very object whose code asks.</summary>
    public IMethodSymbol? OfSelf { get; init; }
}

using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>One function that a cascade changes.</summary>
internal sealed class FunctionConversion(Document document, SemanticModel model, SyntaxNode node, IMethodSymbol symbol, ConversionKind kind)
{
    public Document Document { get; } = document;

    public SemanticModel Model { get; } = model;

    public SyntaxNode Node { get; } = node;

    public IMethodSymbol Symbol { get; } = symbol;

    public ConversionKind Kind { get; } = kind;

    /// <summary>The name with Async behind it, or null to keep the name.</summary>
    public string? NewName { get; set; }

    /// <summary>
    /// Whether its body awaits something. An override or implementation that awaits nothing returns a completed task.
    /// </summary>
    public bool Awaited { get; set; }
}

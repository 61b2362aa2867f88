using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>How a function becomes async.</summary>
internal enum ConversionKind
{
    /// <summary>Its return type becomes a task, so all its callers have to await it.</summary>
    Signature,

    /// <summary>It returns a task already: only its body changes.</summary>
    Body,

    /// <summary>A lambda whose receiver takes an asynchronous one as well: it gets the modifier, and another overload.</summary>
    Lambda,

    /// <summary>An event handler: stays <c>void</c>, with a <c>try</c> around its body.</summary>
    Handler,
}

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

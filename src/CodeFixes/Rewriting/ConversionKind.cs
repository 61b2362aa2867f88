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

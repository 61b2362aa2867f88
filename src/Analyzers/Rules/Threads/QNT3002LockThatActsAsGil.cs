using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>
/// One lock guards all that a type does, or guards fields that have nothing to do with each other: threads that could run side by side
/// take turns.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3002LockThatActsAsGil() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3002";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Lock that acts as a GIL",
        messageFormat: "'{0}' is to '{1}' what the GIL is to Python: {2}; {3}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "One lock guards all that a type does, or guards fields that have nothing to do with each other: threads that could "
            + "run side by side take turns.",
        helpLinkUri: Page(Id));
}

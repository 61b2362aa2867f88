using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>
/// A lock is held over input or output that it puts in a row, or over a load that happens once: every taker waits for the device.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3020LockThatSerialisesIO() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3020";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Lock that serialises I/O",
        messageFormat: "'{0}' holds '{1}' {2} ({3}); {4}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A lock is held over input or output that it puts in a row, or over a load that happens once: every taker waits for "
            + "the device.",
        helpLinkUri: Page(Id));
}

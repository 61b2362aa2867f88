using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>
/// A lock is held while its holder waits for a device or for others, and code that need not wait for that wants the same lock.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3003LockHeldOverBlockingWork() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3003";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Lock held over blocking work",
        messageFormat: "'{0}' holds '{1}' {2} ({3}) and lets {4} wait for it; {5}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A lock is held while its holder waits for a device or for others, and code that need not wait for that wants "
            + "the same lock.",
        helpLinkUri: Page(Id));
}

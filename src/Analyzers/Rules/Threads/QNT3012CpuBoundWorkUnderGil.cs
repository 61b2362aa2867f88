using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>
/// CPU-bound work runs while a global interpreter lock is held: no thread of that lock runs beside it, on however many processors.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3012CpuBoundWorkUnderGil() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3012";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "CPU-bound work on GIL threads",
        messageFormat: "'{0}' computes while it holds a global interpreter lock: {1} ({2}); {3}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "CPU-bound work runs while a global interpreter lock is held: no thread of that lock runs beside it, on "
            + "however many processors.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>A lock is held over a long computation, and code that only wants the guarded state waits until it is done.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3004LockHeldOverCpuBoundWork() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3004";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Lock held over CPU-bound work",
        messageFormat: "'{0}' holds '{1}' {2} ({3}) and lets {4} wait for it; {5}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A lock is held over a long computation, and code that only wants the guarded state waits until it is done.",
        helpLinkUri: Page(Id));
}

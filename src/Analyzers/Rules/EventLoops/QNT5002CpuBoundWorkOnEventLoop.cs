using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>An event loop runs each callback to completion. While one computes, nothing is drawn, read or answered.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5002CpuBoundWorkOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5002";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "CPU-bound work on an event loop",
        messageFormat: "'{0}' runs on an event loop and keeps it busy: {1} ({2}); {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event loop runs each callback to completion. While one computes, nothing is drawn, read or answered.",
        helpLinkUri: Page(Id));
}

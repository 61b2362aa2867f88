using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>Work whose cost grows with its input, on an event loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5009PossiblyCpuBoundWorkOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5009";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Possibly CPU-bound work on an event loop",
        messageFormat: "'{0}' runs on an event loop and may keep it busy: {1} ({2}); {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Work whose cost grows with its input, on an event loop.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>Work whose cost grows with its input, in a coroutine, a turn or a request.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4020PossiblyCpuBoundWorkInCoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4020";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Possibly CPU-bound work in a coroutine",
        messageFormat: "'{0}' may keep its thread busy: {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Work whose cost grows with its input, in a coroutine, a turn or a request.",
        helpLinkUri: Page(Id));
}

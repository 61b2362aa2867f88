using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>Work that keeps a core busy in code that gives way only at an await: nobody else on this thread gets a turn.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4005CpuBoundWorkInCoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4005";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "CPU-bound work in a coroutine",
        messageFormat: "{0} and keeps its thread busy: {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Work that keeps a core busy in code that gives way only at an await: nobody else on this thread gets a turn.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>A thread waits while it holds a global interpreter lock: every other thread of that lock waits with it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3013BlockingCallUnderGil() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3013";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking call while holding the GIL",
        messageFormat: "'{0}' keeps a global interpreter lock {1} ({2}); {3}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A thread waits while it holds a global interpreter lock: every other thread of that lock waits with it.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>The loop waits for a task whose continuation is queued to the loop: neither can go on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5006DeadlockOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5006";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Event loop waits for work that needs the event loop",
        messageFormat: "'{0}' runs on an event loop and waits for {1} ({2}): a deadlock; {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The loop waits for a task whose continuation is queued to the loop: neither can go on.",
        helpLinkUri: Page(Id));
}

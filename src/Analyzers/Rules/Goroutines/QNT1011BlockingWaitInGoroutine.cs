using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Goroutines;

/// <summary>An asynchronous goroutine waits for another one by parking the thread that it runs on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT1011BlockingWaitInGoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT1011";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking wait in an asynchronous goroutine",
        messageFormat: "'{0}' is an asynchronous goroutine and holds its thread {1} ({2}); {3}",
        category: Category.Goroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An asynchronous goroutine waits for another one by parking the thread that it runs on.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>Synchronous code waits for a task: the thread is held, and who calls this from a loop or request holds theirs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4004SyncOverAsync() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4004";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Synchronous wait for asynchronous work",
        messageFormat: "'{0}' holds its thread {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Synchronous code waits for a task: the thread is held, and who calls this from a loop or request holds theirs.",
        helpLinkUri: Page(Id));
}

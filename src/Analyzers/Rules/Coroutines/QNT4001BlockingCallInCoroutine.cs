using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>
/// A call that holds the thread, written in code that shares its thread by awaiting: all other tasks that want the thread wait too.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4001BlockingCallInCoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4001";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking call in a coroutine",
        messageFormat: "{0} and holds its thread {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A call that holds the thread, written in code that shares its thread by awaiting: all other tasks that want the "
            + "thread wait too.",
        helpLinkUri: Page(Id));
}

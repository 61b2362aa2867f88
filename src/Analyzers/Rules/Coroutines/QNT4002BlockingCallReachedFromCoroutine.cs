using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>A call that looks innocent and, one or more calls further down, holds the thread of the coroutine that made it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4002BlockingCallReachedFromCoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4002";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking call reached from a coroutine",
        messageFormat: "{0} and holds its thread {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A call that looks innocent and, one or more calls further down, holds the thread of the coroutine that made it.",
        helpLinkUri: Page(Id));
}

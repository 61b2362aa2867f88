using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>A coroutine reaches a blocking call on a rare or conditional path, through dynamic dispatch, or only briefly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4003PossiblyBlockingCallInCoroutine() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4003";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Possibly blocking call in a coroutine",
        messageFormat: "{0} and may hold its thread {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A coroutine reaches a blocking call on a rare or conditional path, through dynamic dispatch, or only briefly.",
        helpLinkUri: Page(Id));
}

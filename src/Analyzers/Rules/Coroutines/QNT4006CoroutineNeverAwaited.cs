using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>
/// The result of a coroutine is dropped: one that begins when it is awaited never runs, and of any other nobody sees the end or the
/// exception.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4006CoroutineNeverAwaited() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4006";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Coroutine that is never awaited",
        messageFormat: "'{0}' never awaits '{1}', {2}: {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The result of a coroutine is dropped: one that begins when it is awaited never runs, and of any other "
            + "nobody sees the end or the exception.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Coroutines;

/// <summary>A request handler without await holds a pool thread for as long as it waits; a busy server runs out of threads.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT4008BlockingCallInRequest() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT4008";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking call in a synchronous request",
        messageFormat: "'{0}' serves a request and holds its pool thread {1} ({2}); {3}",
        category: Category.Coroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A request handler without await holds a pool thread for as long as it waits; a busy server runs out of threads.",
        helpLinkUri: Page(Id));
}

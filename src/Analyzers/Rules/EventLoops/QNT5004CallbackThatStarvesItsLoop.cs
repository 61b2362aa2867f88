using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>A callback hands itself to the queue that is emptied before the loop turns, so that nothing else comes to its turn.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5004CallbackThatStarvesItsLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5004";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Callback that starves its event loop",
        messageFormat: "'{0}' hands itself to '{1}' whenever it runs: {2}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A callback hands itself to the queue that is emptied before the loop turns, so that nothing else comes to its turn.",
        helpLinkUri: Page(Id));
}

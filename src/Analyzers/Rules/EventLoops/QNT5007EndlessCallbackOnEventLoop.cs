using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>A callback that loops for ever without awaiting keeps its loop from ever running another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5007EndlessCallbackOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5007";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Callback that never returns to its event loop",
        messageFormat: "'{0}' runs on an event loop and never returns to it: {1} ({2}); {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A callback that loops for ever without awaiting keeps its loop from ever running another.",
        helpLinkUri: Page(Id));
}

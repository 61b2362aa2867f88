using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>An event loop runs one callback at a time. A call that holds its thread holds every other callback too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5001BlockingCallOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5001";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Blocking call on an event loop",
        messageFormat: "'{0}' runs on an event loop and holds it {1} ({2}); {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event loop runs one callback at a time. A call that holds its thread holds every other callback too.",
        helpLinkUri: Page(Id));
}

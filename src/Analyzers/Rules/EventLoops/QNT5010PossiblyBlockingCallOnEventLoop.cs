using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>An event loop reaches a blocking call on a rare or conditional path, through dynamic dispatch, or only briefly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5010PossiblyBlockingCallOnEventLoop() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5010";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Possibly blocking call on an event loop",
        messageFormat: "'{0}' runs on an event loop and may hold it {1} ({2}); {3}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "An event loop reaches a blocking call on a rare or conditional path, through dynamic dispatch, or only briefly.",
        helpLinkUri: Page(Id));
}

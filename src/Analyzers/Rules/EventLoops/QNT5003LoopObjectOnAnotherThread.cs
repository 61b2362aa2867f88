using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.EventLoops;

/// <summary>
/// What belongs to the thread of an event loop is used from another thread: the loop is not woken and its state is torn, or the user
/// interface throws.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT5003LoopObjectOnAnotherThread() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT5003";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Loop-affine object used from another thread",
        messageFormat: "'{0}' runs on {1} and {2}, which belongs to {3}: {4}",
        category: Category.EventLoops,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "What belongs to the thread of an event loop is used from another thread: the loop is not woken and its "
            + "state is torn, or the user interface throws.",
        helpLinkUri: Page(Id));
}

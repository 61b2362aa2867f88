using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>
/// One lock around the whole of a body that several threads run at once: they wait for each other, and one core does the work.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3001SerialisedParallelBody() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3001";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Parallel body that runs under one lock",
        messageFormat: "'{0}' runs in parallel, but all of it is under '{1}' ({2}); {3}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "One lock around the whole of a body that several threads run at once: they wait for each other, and one core "
            + "does the work.",
        helpLinkUri: Page(Id));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Threads;

/// <summary>A lock that only the thread which took it may give up is held across an await, after which another thread may go on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT3008LockHeldAcrossAwait() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT3008";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Thread-affine lock held across an await",
        messageFormat: "'{0}' awaits while it holds '{1}' ({2}); {3}",
        category: Category.Threads,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A lock that only the thread which took it may give up is held across an await, after which another thread may go on.",
        helpLinkUri: Page(Id));
}

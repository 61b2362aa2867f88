using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Analyzers.Rules.Goroutines;

/// <summary>A channel that only its own body knows is waited for, and nothing in that body can ever end the wait.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QNT1003ChannelWithoutPartner() : Rule(Definition)
{
    /// <summary>The rule's id.</summary>
    public const string Id = "QNT1003";

    private static readonly DiagnosticDescriptor Definition = new(
        Id,
        title: "Channel operation without a partner",
        messageFormat: "'{0}' {1} '{2}', {3}: it waits for ever",
        category: Category.Goroutines,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A channel that only its own body knows is waited for, and nothing in that body can ever end the wait.",
        helpLinkUri: Page(Id));
}

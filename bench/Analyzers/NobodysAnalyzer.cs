using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Bench.Analyzers;

/// <summary>Looks at every body and says nothing: what the host of analyzers takes for itself.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // It is no part of a package.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NobodysAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("NOBODY", "Nothing", "Nothing", "Bench", DiagnosticSeverity.Warning, true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCodeBlockAction(static _ => { });
    }
}

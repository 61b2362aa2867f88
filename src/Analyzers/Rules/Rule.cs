using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Rules;

/// <summary>
/// One thing that can be wrong with code for the model it runs on. A rule is three files: its class here, its page in
/// docs/rules, its tests. What is found in a body is decided once for all rules (<c>BodyFindings</c>); a rule says its share.
/// </summary>
public abstract class Rule : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _definition;

    private protected Rule(DiagnosticDescriptor definition)
    {
        _definition = definition;
        SupportedDiagnostics = ImmutableArray.Create(definition);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated bodies are read too: a finding is reported where #line maps it to a file that the user wrote.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            var findings = MemberFindings.Of(Facts.Of(start.Compilation, start.Options, start.CancellationToken));
            // Not an operation block: the driver would bind every body, and most need not be looked at (MemberFindings.MayMatter).
            start.RegisterCodeBlockAction(block => Report(block, findings));
        });
    }

    private void Report(CodeBlockAnalysisContext context, MemberFindings findings)
    {
        // Migrations and the like are most of some projects' lines, and nothing in them can be reported.
        if (context.IsGeneratedCode && !LineMaps.IsIn(context.CodeBlock.SyntaxTree, context.CancellationToken)) return;
        foreach (var finding in findings.In(context.OwningSymbol, context.CancellationToken))
        {
            if (finding.Id != _definition.Id) continue;
            if (context.IsGeneratedCode && !finding.Location.GetMappedLineSpan().HasMappedPath) continue;
            context.ReportDiagnostic(Diagnostic.Create(_definition, finding.Location, finding.Hops, finding.Properties, finding.Arguments));
        }
    }

    /// <summary>Where the page of a rule lies, in the repository and in the package alike; <c>quintet explain</c> shows it too.</summary>
    internal const string Pages = "docs/rules/";

    private protected static string Page(string id) => Pages + id + ".md";
}

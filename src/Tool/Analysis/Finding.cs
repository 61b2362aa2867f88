extern alias analyzers;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using analyzers::Quintet.Analyzers.Findings;

namespace Quintet.Tool.Analysis;

/// <summary>One diagnostic of Quintet, free of the compilation that it was found in.</summary>
internal sealed record Finding(
    string Id,
    DiagnosticSeverity Severity,
    Place Place,
    string Message,
    ImmutableArray<Place> Hops,
    ImmutableDictionary<string, string?> Properties,
    string Member,
    ImmutableArray<string> Projects,
    bool Fixable)
{
    /// <summary>The names of the path, outermost first.</summary>
    public string Path => Properties.GetValueOrDefault(FindingProperties.Path) ?? "";

    /// <summary>The same for every finding that ends in the same line of code.</summary>
    public string RootCause => Properties.GetValueOrDefault(FindingProperties.RootCause) ?? "";

    /// <summary>The digit of the id that names the model.</summary>
    public char Family => Id.Length > 3 ? Id[3] : '0';

    public static Finding? Of(Diagnostic diagnostic, Compilation compilation, string project)
    {
        if (Place.Of(diagnostic.Location) is not { } place) return null;
        return new Finding(
            diagnostic.Id,
            SeverityOf(diagnostic, compilation),
            place,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            [.. diagnostic.AdditionalLocations.Select(Place.Of).Where(hop => hop is not null).Select(hop => hop!)],
            diagnostic.Properties,
            MemberAt(diagnostic.Location, compilation),
            [project],
            Fixable: false);
    }

    /// <summary>The same finding in several target frameworks, or in a file that several projects share, is one.</summary>
    public static IReadOnlyList<Finding> Merge(IEnumerable<Finding> findings) =>
        [.. findings
            .GroupBy(finding => (finding.Id, finding.Place))
            .Select(same => same.First() with
            {
                Projects = [.. same.SelectMany(finding => finding.Projects).Distinct().Order(StringComparer.Ordinal)],
                Severity = same.Max(finding => finding.Severity),
            })
            .OrderBy(finding => finding.Place.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Place.Line)
            .ThenBy(finding => finding.Place.Column)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)];

    /// <summary>
    /// A project that treats all warnings as errors says so to its compiler; here <c>--fail-on</c> decides what is fatal.
    /// Who raises one id by name means that id.
    /// </summary>
    private static DiagnosticSeverity SeverityOf(Diagnostic diagnostic, Compilation compilation)
    {
        if (!diagnostic.IsWarningAsError) return diagnostic.Severity;
        var options = compilation.Options;
        var raised = options.SpecificDiagnosticOptions.TryGetValue(diagnostic.Id, out var named) && named == ReportDiagnostic.Error;
        raised |= diagnostic.Location.SourceTree is { } tree
            && options.SyntaxTreeOptionsProvider!.TryGetDiagnosticValue(tree, diagnostic.Id, default, out var set)
            && set == ReportDiagnostic.Error;
        raised |= options.SyntaxTreeOptionsProvider!.TryGetGlobalDiagnosticValue(diagnostic.Id, default, out var everywhere)
            && everywhere == ReportDiagnostic.Error;
        return raised ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    }

    private static string MemberAt(Location location, Compilation compilation)
    {
        if (location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree)) return "";
        var symbol = compilation.GetSemanticModel(tree).GetEnclosingSymbol(location.SourceSpan.Start);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol?.GetDocumentationCommentId() ?? symbol?.ToDisplayString() ?? "";
    }
}

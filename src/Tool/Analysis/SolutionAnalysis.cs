using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Tool.Compiling;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Analysis;

/// <summary>
/// Compiles the projects of a solution one after another, each with all cores, and runs Quintet's analyzers and nobody
/// else's over them. The compiler stops before analyzers when there are errors; this does not.
/// </summary>
internal sealed class SolutionAnalysis(SelectedRules rules, TemporaryFolder temporary, Action<string> progress)
{
    private readonly List<Finding> _findings = [];
    private readonly List<ProjectReport> _reports = [];

    private readonly List<ProjectProblem> _problems = [];

    /// <summary>The diagnostic behind each finding, for the fixes.</summary>
    public Dictionary<(string Id, Place Place), (Diagnostic Diagnostic, CompilerCall Call)> Origins { get; } = [];

    public IReadOnlyList<ProjectProblem> Problems => _problems;

    public IReadOnlyList<ProjectReport> Reports => _reports;

    public IReadOnlyList<Finding> Run(LoadedSolution solution, CancellationToken cancellation)
    {
        var compiler = new Compiler(solution.Calls, temporary);
        var number = 0;
        foreach (var call in solution.Calls)
        {
            cancellation.ThrowIfCancellationRequested();
            progress($"analysing {call.Name} {call.Framework} ({++number} of {solution.Calls.Count})");
            Analyse(call, compiler, cancellation);
        }

        return Finding.Merge(_findings);
    }

    private void Analyse(CompilerCall call, Compiler compiler, CancellationToken cancellation)
    {
        CompiledProject? project = null;
        var load = Cost.Measure(() => project = compiler.Compile(call, cancellation));
        // Only needed by another project: compiled, neither counted nor judged.
        if (!call.Asked) return;

        if (!HasCoreLibrary(project!.Compilation))
        {
            // Every line would be an error, and nothing could be said about any.
            _problems.Add(new ProjectProblem(
                call.Project, "not analysed: the reference assemblies of its target framework do not resolve", call.Framework));
            return;
        }

        ImmutableArray<Diagnostic> compilerDiagnostics = [];
        var compile = Cost.Measure(() => compilerDiagnostics = project.Compilation.GetDiagnostics(cancellation));
        var errors = compilerDiagnostics.Where(IsRealError).ToArray();

        var failures = new List<string>();
        ImmutableArray<Diagnostic> diagnostics = [];
        var analysis = Cost.Measure(() => diagnostics = Diagnose(project, failures, cancellation));
        foreach (var diagnostic in diagnostics.Where(IsWanted))
        {
            if (Finding.Of(diagnostic, project.Compilation, call.Name) is not { } finding) continue;
            _findings.Add(finding);
            Origins.TryAdd((finding.Id, finding.Place), (diagnostic, call));
        }

        _reports.Add(new ProjectReport(call.Name, call.Project, call.Framework, project.Files, project.Lines)
        {
            Errors = errors.Length,
            FirstError = errors.Length == 0 ? null : Describe(errors[0]),
            Remarks = project.Remarks,
            Failures = failures,
            Load = load,
            Compile = compile,
            Analysis = analysis,
        });
    }

    private ImmutableArray<Diagnostic> Diagnose(CompiledProject project, List<string> failures, CancellationToken cancellation)
    {
        if (rules.Analyzers.IsEmpty) return [];
        var options = new CompilationWithAnalyzersOptions(
            project.Options,
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false,
            // The handler is not told when the project suppresses AD0001; the filter is, and a bug of ours is never silent.
            analyzerExceptionFilter: exception =>
            {
                lock (failures) failures.Add(exception.ToString());
                return true;
            });
        return project.Compilation
            .WithAnalyzers(rules.Analyzers, options)
            .GetAnalyzerDiagnosticsAsync(cancellation)
            .GetAwaiter().GetResult();
    }

    private bool IsWanted(Diagnostic diagnostic) =>
        rules.Selects(diagnostic.Id) && diagnostic is { IsSuppressed: false, Severity: not DiagnosticSeverity.Hidden };

    /// <summary>A warning that the project raises to an error stops its build, but nothing is wrong with what was compiled.</summary>
    private static bool IsRealError(Diagnostic diagnostic) =>
        diagnostic is { Severity: DiagnosticSeverity.Error, IsSuppressed: false, IsWarningAsError: false };

    private static bool HasCoreLibrary(Compilation compilation) =>
        compilation.GetSpecialType(SpecialType.System_Object).TypeKind != TypeKind.Error
        && compilation.GetTypeByMetadataName("System.Attribute") is not null;

    private static string Describe(Diagnostic error)
    {
        var text = $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
        return Place.Of(error.Location) is { } place ? $"{System.IO.Path.GetFileName(place.File)}({place.Line}): {text}" : text;
    }
}

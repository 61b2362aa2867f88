using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Analyzers.Rules;
using Quintet.CodeFixes;

namespace Quintet.Tests;

/// <summary>Every rule and every fix there is, found by reflection, and a compilation for them to look at.</summary>
internal static class AllRules
{
    public static readonly ImmutableArray<Rule> Rules = Instances<Rule>(typeof(Rule));

    public static readonly ImmutableArray<Fix> Fixes = Instances<Fix>(typeof(Fix));

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = ImmutableArray<DiagnosticAnalyzer>.CastUp(Rules);

    private static readonly ImmutableArray<MetadataReference> References = [.. HostFramework.References, Desktop.Reference];

    private static readonly MetadataReference Runtime =
        MetadataReference.CreateFromFile(typeof(Quintet.Goroutines.Go).Assembly.Location);

    /// <summary>What code is compiled with; our runtime only where it is named, because its presence offers its models.</summary>
    public static ImmutableArray<MetadataReference> ReferencesOf(string code) =>
        code.Contains("Quintet.", StringComparison.Ordinal) ? References.Add(Runtime) : References;

    public static string IdOf(Rule rule) => rule.SupportedDiagnostics.Single().Id;

    public static Fix? FixOf(string id) => Fixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(id));

    public static CSharpCompilation Compile(params SyntaxTree[] trees) => CSharpCompilation.Create(
        "Fixture", trees, ReferencesOf(string.Concat(trees.Select(static tree => tree.ToString()))),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>What all rules find; an exception in one of them fails the test, and so does a message that cannot be made.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(
        Compilation compilation, AnalyzerOptions? options = null, bool concurrent = true, CancellationToken cancellation = default)
    {
        var crashes = new ConcurrentQueue<string>();
        var analysis = new CompilationWithAnalyzers(compilation, Analyzers, new CompilationWithAnalyzersOptions(
            options ?? new AnalyzerOptions([]),
            (exception, analyzer, _) => crashes.Enqueue($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: concurrent, logAnalyzerExecutionTime: false));
        var found = await analysis.GetAnalyzerDiagnosticsAsync(cancellation);
        foreach (var diagnostic in found) Assert.NotEmpty(diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.True(crashes.IsEmpty, crashes.FirstOrDefault());
        Assert.DoesNotContain(found, static diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
        return found;
    }

    private static ImmutableArray<T> Instances<T>(Type root) =>
        [.. root.Assembly.GetTypes().Where(type => root.IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(static type => type.Name, StringComparer.Ordinal).Select(static type => (T)Activator.CreateInstance(type)!)];
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What the analyzers say of the source of a program of these tests.</summary>
internal static class Findings
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(Quintet.Analyzers.Rules.Rule).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The lines that end in the id of a rule.</summary>
    internal static (int Line, string Id)[] MarkedIn(string program) =>
    [
        .. Source(program).Split('\n')
            .Select((text, number) => (Line: number + 1, Id: text.Contains("// QNT", StringComparison.Ordinal) ? text[^7..].Trim() : ""))
            .Where(line => line.Id.Length > 0),
    ];

    /// <summary>The lines with a warning of ours.</summary>
    internal static (int Line, string Id)[] Of(string program)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            program,
            [CSharpSyntaxTree.ParseText(Source(program)), CSharpSyntaxTree.ParseText(Usings)],
            platform
                .Where(path => Path.GetFileName(path) is "Quintet.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(item => item.Severity == DiagnosticSeverity.Error));
        var found = compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            .. found
                .Where(item => item.Severity >= DiagnosticSeverity.Warning)
                .Select(item => (item.Location.GetLineSpan().StartLinePosition.Line + 1, item.Id))
                .Order(),
        ];
    }

    private static string Source(string program)
    {
        using var stream = typeof(Findings).Assembly.GetManifestResourceStream($"{program}.cs")!;
        return new StreamReader(stream).ReadToEnd();
    }
}

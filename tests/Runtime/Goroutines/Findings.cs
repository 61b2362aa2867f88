using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What the analyzers say of the source of a program of these tests.</summary>
internal static class Findings
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
            + "global using System.Threading; global using System.Threading.Tasks;";

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
            .Select((text, number) => (Line: number + 1, Match: Regex.Match(text, @"// (wrong: )?(QNT\d{4})$")))
            .Where(line => line.Match.Success)
            .Select(line => (line.Line, line.Match.Groups[2].Value)),
    ];

    /// <summary>The lines with a warning of ours.</summary>
    /// <param name="program">The file with the lines.</param>
    /// <param name="others">Files that it needs.</param>
    internal static (int Line, string Id)[] Of(string program, params string[] others)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            program,
            [
                CSharpSyntaxTree.ParseText(Source(program), path: program),
                CSharpSyntaxTree.ParseText(Usings),
                .. others.Select(other => CSharpSyntaxTree.ParseText(Source(other), path: other)),
            ],
            platform
                .Where(path => Path.GetFileName(path) is "Quintet.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(item => item.Severity == DiagnosticSeverity.Error));
        var found = compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            .. found
                .Where(item => item.Severity >= DiagnosticSeverity.Warning && item.Location.SourceTree?.FilePath == program)
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

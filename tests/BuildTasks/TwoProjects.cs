using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Rules;

namespace Quintet.Tests.BuildTasks;

/// <summary>
/// A coroutine that uses a library: what the analyzers find in it, with the library's source and with what it is compiled to.
/// </summary>
internal static class TwoProjects
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(Rule))
                && (type.Name.StartsWith("QNT400", StringComparison.Ordinal) || type.Name.StartsWith("QNT5", StringComparison.Ordinal)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What is found when both stand in one project.</summary>
    public static Task<string> FromSource(string library, string statements) =>
        FindAsync([Parsed(library, "Lib.cs"), Caller(statements)], [], null);

    /// <summary>What is found when the library is an assembly, whose bodies were read.</summary>
    public static async Task<string> FromBodies(string library, string statements, bool optimised)
    {
        using var lab = new EffectLab();
        var path = lab.Compile("Lib", library, optimised);
        var lines = string.Join('\n', lab.Effects().LinesOf([path]));
        return await FindAsync([Caller(statements)], [MetadataReference.CreateFromFile(path)], lines);
    }

    private static SyntaxTree Parsed(string code, string path) => CSharpSyntaxTree.ParseText(EffectLab.Usings + code, path: path);

    /// <summary>A coroutine of these statements, or a member as it stands.</summary>
    private static SyntaxTree Caller(string statements) => Parsed(statements.StartsWith("public ", StringComparison.Ordinal)
        ? $"public class App {{ {statements} }}"
        : $"public class App {{ public async Task M(TextWriter w) {{ await w.WriteLineAsync(\"a\"); {statements} }} }}", "App.cs");

    private static async Task<string> FindAsync(SyntaxTree[] trees, MetadataReference[] references, string? lines)
    {
        var compilation = CSharpCompilation.Create("App", trees, [.. EffectLab.Framework, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Assert.Empty(compilation.GetDiagnostics().Where(static one => one.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions(lines is null ? [] : [new Effects(lines)]);
        var found = await compilation.WithAnalyzers(Rules, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return string.Join(' ', found
            .Where(static one => one.Id == "AD0001" || one.Location.SourceTree?.FilePath == "App.cs" && one.Id != "QNT4007")
            .OrderBy(static one => one.Location.SourceSpan.Start).ThenBy(static one => one.Id, StringComparer.Ordinal)
            .Select(static one => one.Id == "AD0001" ? one.ToString() : one.Id));
    }

    private sealed class Effects(string lines) : AdditionalText
    {
        public override string Path => "obj/quintet.effects.quintet.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(lines);
    }
}

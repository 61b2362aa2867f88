using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Tool.Compiling;

namespace Quintet.Bench.Analyzers;

/// <summary>
/// Whether the cost of a line depends on how many there are: the largest project of a solution, once, twice, four and eight times in
/// one compilation. Each copy lies in a namespace of its own, where its names find its own types.
/// </summary>
internal sealed class GrowthBench(Sources sources, BenchOptions options)
{
    private static readonly int[] Sizes = [1, 2, 4, 8];

    private readonly CompiledProject _project = sources.Largest;
    private readonly Peer _peer = Peer.All(["Quintet"])[0];

    public void Run()
    {
        Console.WriteLine($"{_project.Call.Name} {_project.Call.Framework}, {_project.Lines / 1000.0:F1} kLOC, {options.Rounds} rounds");
        var plain = Sizes.ToDictionary(static size => size, static _ => new List<double>());
        var analysed = Sizes.ToDictionary(static size => size, static _ => new List<double>());
        var found = new Dictionary<int, int>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var size in Sizes)
            {
                var compile = Measured.Pass(Grow(size), null).Seconds;
                (var both, found[size]) = Measured.Pass(Grow(size), _peer);
                Console.Error.WriteLine($"round {round}: {size}x, plain {compile:F2} s, with Quintet {both:F2} s");
                if (round == 0) continue;
                plain[size].Add(compile);
                analysed[size].Add(both);
            }
        }

        Console.WriteLine("| size | kLOC | compile errors | plain s/kLOC | Quintet adds s/kLOC | against 1× | diagnostics |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double? first = null;
        foreach (var size in Sizes)
        {
            var lines = size * _project.Lines / 1000.0;
            var added = (Cpu.Median(analysed[size]) - Cpu.Median(plain[size])) / lines;
            first ??= added;
            var errors = Grow(size)[0].Compilation.GetDiagnostics().Count(static one => one.Severity == DiagnosticSeverity.Error);
            var compile = Cpu.Median(plain[size]) / lines;
            Console.WriteLine($"| {size}× | {lines:F1} | {errors} | {compile:F4} | {added:F4} | {added / first:F2} | {found[size]} |");
        }
    }

    private IReadOnlyList<(Compilation Compilation, AnalyzerOptions Options)> Grow(int copies)
    {
        var old = _project.Compilation;
        var trees = old.SyntaxTrees.Select(Sources.Reparse).ToList();
        for (var copy = 2; copy <= copies; copy++)
            trees.AddRange(old.SyntaxTrees.Select(tree => Copy(tree, copy)).OfType<SyntaxTree>());
        var grown = CSharpCompilation.Create(
            old.AssemblyName, trees, old.References, (CSharpCompilationOptions)_peer.Restrict(old.Options, allOn: false));
        // Parsed now, as the compiler's own first step is no part of what is measured.
        foreach (var tree in trees) tree.GetRoot();
        return [(grown, _project.Options)];
    }

    /// <summary>The file inside <c>namespace Copy2</c>; what belongs to the assembly stays with the original.</summary>
    private static SyntaxTree? Copy(SyntaxTree tree, int copy)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.Members.Count == 0) return null;
        var usings = root.Usings.Where(static directive => directive.GlobalKeyword.IsKind(SyntaxKind.None));
        var members = root.Members.Select(static member =>
            member is FileScopedNamespaceDeclarationSyntax file ? Block(file) : member.ToFullString());
        // Conditional directives hang on the tokens after them, the last on the end of the file.
        var inner = string.Concat(usings.Select(Text)) + string.Concat(members);
        var text = $"namespace Copy{copy} {{\n{inner}\n}}\n{root.EndOfFileToken.ToFullString()}";
        var path = Path.Combine(Path.GetDirectoryName(tree.FilePath)!, $"Copy{copy}", Path.GetFileName(tree.FilePath));
        return CSharpSyntaxTree.ParseText(SourceText.From(text, tree.GetText().Encoding), (CSharpParseOptions)tree.Options, path);
    }

    private static string Block(FileScopedNamespaceDeclarationSyntax file) =>
        $"{file.GetLeadingTrivia().ToFullString()}namespace {file.Name} {{\n"
        + $"{string.Concat(file.Usings.Select(Text))}{string.Concat(file.Members.Select(Text))}\n}}\n";

    private static string Text(SyntaxNode node) => node.ToFullString();
}

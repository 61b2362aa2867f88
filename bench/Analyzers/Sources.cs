using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Tool.Compiling;
using Quintet.Tool.Loading;

namespace Quintet.Bench.Analyzers;

/// <summary>The projects of a solution as its build compiles them, generators run; made anew for each measurement.</summary>
internal sealed class Sources
{
    private readonly List<CompiledProject> _projects;

    private Sources(List<CompiledProject> projects) => _projects = projects;

    public static Sources Load(LoadedSolution solution, TemporaryFolder temporary)
    {
        var compiler = new Compiler(solution.Calls, temporary);
        // Where the base library does not resolve, every line is an error that costs nothing to analyse.
        return new Sources([.. solution.Calls.Select(call => compiler.Compile(call, CancellationToken.None)).Where(HasCoreLibrary)]);
    }

    /// <summary>Thousands of lines that people wrote, in the projects that were asked for; each target framework counts.</summary>
    public double KiloLines => _projects.Where(static project => project.Call.Asked).Sum(static project => project.Lines) / 1000.0;

    public int Projects => _projects.Count(static project => project.Call.Asked);

    /// <summary>The project with the most lines.</summary>
    public CompiledProject Largest => _projects.MaxBy(static project => project.Lines)!;

    /// <summary>
    /// Compilations with trees, symbols and references of their own: nothing that an earlier round has computed, by the compiler or by
    /// an analyzer that keeps things with trees, is there.
    /// </summary>
    public IReadOnlyList<(Compilation Compilation, AnalyzerOptions Options)> Fresh(Func<CompilationOptions, CompilationOptions> adapt)
    {
        var made = new Dictionary<Compilation, Compilation>();
        var result = new List<(Compilation, AnalyzerOptions)>();
        foreach (var project in _projects)
        {
            var old = project.Compilation;
            var fresh = CSharpCompilation.Create(
                old.AssemblyName, old.SyntaxTrees.AsParallel().AsOrdered().Select(Reparse), old.References.Select(Renew),
                (CSharpCompilationOptions)adapt(old.Options));
            made.Add(old, fresh);
            if (project.Call.Asked) result.Add((fresh, project.Options));
        }

        return result;

        MetadataReference Renew(MetadataReference reference) =>
            reference is CompilationReference other && made.TryGetValue(other.Compilation, out var fresh)
                ? fresh.ToMetadataReference(other.Properties.Aliases, other.Properties.EmbedInteropTypes)
                : reference;
    }

    private static bool HasCoreLibrary(CompiledProject project) =>
        project.Compilation.GetSpecialType(SpecialType.System_Object).TypeKind != TypeKind.Error
        && project.Compilation.GetTypeByMetadataName("System.Attribute") is not null;

    public static SyntaxTree Reparse(SyntaxTree tree)
    {
        var parsed = CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath);
        parsed.GetRoot();
        return parsed;
    }
}

extern alias buildtasks;

using buildtasks::Quintet.BuildTasks;
using buildtasks::Quintet.BuildTasks.Caching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Quintet.Tests.BuildTasks;

/// <summary>Compiles small assemblies into a folder of its own and reads what they do.</summary>
internal sealed class EffectLab : IDisposable
{
    public const string Usings =
        """
        using System; using System.Collections.Generic; using System.IO; using System.Threading; using System.Threading.Tasks;

        """;

    public static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsOfTheFramework)
            .Select(static path => MetadataReference.CreateFromFile(path))];

    public string Folder { get; } = Directory.CreateTempSubdirectory("quintet-effects-").FullName;

    /// <summary>Compiles a file; <paramref name="references"/> are assemblies compiled before.</summary>
    public string Compile(string name, string source, bool optimised = true, params string[] references) =>
        Compile(name, source, new EmitOptions(), optimised, references);

    public string Compile(string name, string source, EmitOptions options, bool optimised = true, params string[] references)
    {
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(Usings + source)],
            [.. Framework, .. references.Select(static path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: optimised ? OptimizationLevel.Release : OptimizationLevel.Debug, allowUnsafe: true));
        var path = Path.Combine(Folder, name + ".dll");
        using var file = File.Create(path);
        var emitted = compilation.Emit(file, options: options);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return path;
    }

    /// <summary>The lines about one assembly's members, without the reason that ends each.</summary>
    public IReadOnlyList<string> LinesOf(params string[] paths) =>
        [.. Effects().LinesOf(paths).Select(static line => line[..line.IndexOf("  -- ", StringComparison.Ordinal)])];

    public ReferenceEffects Effects() => new(new EffectCache(Path.Combine(Folder, "cache")));

    /// <summary>The line about <c>C.M</c> in both ways that a compiler writes its body; null when nothing is said.</summary>
    public static string? Of(string members)
    {
        using var lab = new EffectLab();
        var released = Line(lab.LinesOf(lab.Compile("Released", $"public class C {{ {members} }}")));
        var debugged = Line(lab.LinesOf(lab.Compile("Debugged", $"public class C {{ {members} }}", optimised: false)));
        Assert.Equal(released, debugged);
        return released;

        static string? Line(IEnumerable<string> lines) =>
            lines.SingleOrDefault(static line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^\w+  [MP]:C\.M(\(|  )")) is { } found
                ? System.Text.RegularExpressions.Regex.Replace(found, @"^(\w+)  \S+", "$1").Replace("  ", " ", StringComparison.Ordinal)
                : null;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static bool IsOfTheFramework(string path) => Path.GetFileName(path) is var file
        && (file.StartsWith("System.", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll");
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tool.Loading;

/// <summary>One call of the C# compiler as the build would make it: a project for one target framework.</summary>
internal sealed class CompilerCall
{
    public required string Project { get; init; }

    public required string Framework { get; init; }

    /// <summary>All paths under which other calls may refer to what this one produces.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    public required CSharpCommandLineArguments Arguments { get; init; }

    /// <summary>Named by the user, and not only needed to compile what was.</summary>
    public required bool Asked { get; init; }

    /// <summary>Unless the project turned it off: what its references do is read from their compiled bodies.</summary>
    public required bool ReadsReferences { get; init; }

    /// <summary>The calls whose output this one is given, as references or as analyzers.</summary>
    public IReadOnlyList<CompilerCall> Dependencies { get; private set; } = [];

    public string Name => Path.GetFileNameWithoutExtension(Project);

    public string Folder => Path.GetDirectoryName(Project)!;

    public static async Task<CompilerCall> ReadAsync(string file, Func<string, bool> asked)
    {
        var project = "";
        var framework = "";
        var outputs = new List<string>();
        var arguments = new List<string>();
        var reads = true;
        await foreach (var line in File.ReadLinesAsync(file))
        {
            var colon = line.IndexOf(':');
            if (colon < 0) continue;
            var value = line[(colon + 1)..];
            switch (line[..colon])
            {
                case "project": project = value; break;
                case "framework": framework = value; break;
                case "output": outputs.Add(Path.GetFullPath(value, Path.GetDirectoryName(project)!)); break;
                case "references": reads = false; break;
                // The task quotes as for a response file, so the compiler's own splitter takes the quotes off.
                case "arg": arguments.AddRange(CommandLineParser.SplitCommandLineIntoArguments(value, removeHashComments: false)); break;
            }
        }

        return new CompilerCall
        {
            Project = project,
            Framework = framework,
            Outputs = outputs.Distinct().ToArray(),
            Arguments = CSharpCommandLineParser.Default.Parse(arguments, Path.GetDirectoryName(project), sdkDirectory: null),
            Asked = asked(project),
            ReadsReferences = reads,
        };
    }

    /// <summary>The calls and all that they depend on, in the order of <see cref="Link"/>.</summary>
    public static IReadOnlyList<CompilerCall> Closure(IEnumerable<CompilerCall> calls)
    {
        var ordered = new List<CompilerCall>();
        var seen = new HashSet<CompilerCall>();
        void Visit(CompilerCall call)
        {
            if (!seen.Add(call)) return;
            foreach (var dependency in call.Dependencies) Visit(dependency);
            ordered.Add(call);
        }

        foreach (var call in calls) Visit(call);
        return ordered;
    }

    /// <summary>Finds for each call the others that it is given, and orders all so that a call comes after them.</summary>
    public static IReadOnlyList<CompilerCall> Link(IReadOnlyList<CompilerCall> calls)
    {
        var producers = new Dictionary<string, CompilerCall>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            foreach (var output in call.Outputs) producers.TryAdd(output, call);
        }

        foreach (var call in calls)
        {
            var given = call.Arguments.MetadataReferences.Select(reference => reference.Reference)
                .Concat(call.Arguments.AnalyzerReferences.Select(reference => reference.FilePath));
            call.Dependencies = given
                .Select(path => producers.GetValueOrDefault(Path.GetFullPath(path, call.Folder)))
                .Where(other => other is not null && other != call)
                .Select(other => other!)
                .Distinct()
                .ToArray();
        }

        return Closure(calls
            .OrderBy(call => call.Project, StringComparer.Ordinal)
            .ThenBy(call => call.Framework, StringComparer.Ordinal));
    }
}

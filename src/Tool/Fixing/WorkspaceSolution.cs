using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Quintet.Tool.Compiling;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Fixing;

/// <summary>
/// The compiler calls as a Roslyn solution, which fixes need. Of a project with several target frameworks one is edited;
/// the others compile the same files, so that a fix sees what they do not know, and follow.
/// </summary>
internal sealed class WorkspaceSolution : IDisposable
{
    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly Dictionary<CompilerCall, ProjectId> _ids = [];

    private WorkspaceSolution() => Solution = _workspace.CurrentSolution;

    public Solution Solution { get; private set; }

    /// <summary>The projects whose findings are fixed: one for each project file that the user named.</summary>
    public HashSet<ProjectId> Edited { get; } = [];

    public static WorkspaceSolution Create(
        IReadOnlyList<CompilerCall> calls, TemporaryFolder temporary, bool withOtherTargets, CancellationToken cancellation)
    {
        var chosen = Choose(calls);
        var others = withOtherTargets ? calls.Where(call => call.Asked && !chosen.Contains(call)) : [];
        var result = Open(calls, [.. chosen, .. others], temporary, cancellation);
        foreach (var call in chosen.Where(call => call.Asked)) result.Edited.Add(result._ids[call]);
        return result;
    }

    /// <summary>A changed solution in which every document of a changed file has the text that the edited project gave it.</summary>
    public async Task<Solution> FollowedAsync(Solution before, Solution changed, CancellationToken cancellation)
    {
        var ids = changed.GetChanges(before).GetProjectChanges().Where(project => Edited.Contains(project.ProjectId))
            .SelectMany(project => project.GetChangedDocuments()).ToList();
        foreach (var id in ids)
        {
            var document = changed.GetDocument(id)!;
            var text = await document.GetTextAsync(cancellation);
            foreach (var other in document.GetLinkedDocumentIds().Where(one => !Edited.Contains(one.ProjectId)))
            {
                if (text.ContentEquals(await changed.GetDocument(other)!.GetTextAsync(cancellation))) continue;
                changed = changed.WithDocumentText(other, text);
            }
        }

        return changed;
    }

    private static WorkspaceSolution Open(
        IReadOnlyList<CompilerCall> calls, IReadOnlyList<CompilerCall> wanted, TemporaryFolder temporary, CancellationToken cancellation)
    {
        var needed = CompilerCall.Closure(wanted).ToHashSet();
        var compiler = new Compiler(calls, temporary);
        var analyzers = calls.SelectMany(call => call.Dependencies.Where(other => GivenAsAnalyzer(call, other))).ToHashSet();
        var made = CompilerCall.Closure(analyzers.Where(call => !call.Outputs.Any(File.Exists))).ToHashSet();
        var result = new WorkspaceSolution();
        foreach (var call in calls.Where(needed.Contains)) result._ids[call] = ProjectId.CreateNewId(call.Name);
        foreach (var call in calls)
        {
            // A generator of the solution has to exist before the projects that it serves are opened.
            if (made.Contains(call)) compiler.Compile(call, cancellation);
            if (needed.Contains(call)) result.Add(call, compiler, cancellation);
        }

        return result;
    }

    public void Dispose() => _workspace.Dispose();

    private void Add(CompilerCall call, Compiler compiler, CancellationToken cancellation)
    {
        var id = _ids[call];
        var arguments = call.Arguments;
        var references = new List<ProjectReference>();
        var metadata = new List<MetadataReference>();
        foreach (var reference in arguments.MetadataReferences)
        {
            var path = Path.GetFullPath(reference.Reference, call.Folder);
            var properties = reference.Properties;
            if (call.Dependencies.FirstOrDefault(other => other.Outputs.Contains(path)) is { } producer)
                references.Add(new ProjectReference(_ids[producer], properties.Aliases, properties.EmbedInteropTypes));
            else if (File.Exists(path)) metadata.Add(MetadataReference.CreateFromFile(path, properties));
        }

        var info = ProjectInfo.Create(
                id,
                VersionStamp.Create(),
                call.Framework.Length > 0 ? $"{call.Name}({call.Framework})" : call.Name,
                arguments.CompilationName ?? call.Name,
                LanguageNames.CSharp,
                call.Project,
                arguments.GetOutputFilePath(arguments.OutputFileName ?? call.Name + ".dll"),
                arguments.CompilationOptions.WithStrongNameProvider(new DesktopStrongNameProvider(arguments.KeyFileSearchPaths)),
                arguments.ParseOptions,
                Documents(id, arguments.SourceFiles.Select(file => Path.GetFullPath(file.Path, call.Folder))),
                references,
                metadata,
                compiler.GeneratorReferences(call, [], cancellation),
                Documents(id, arguments.AdditionalFiles.Select(file => Path.GetFullPath(file.Path, call.Folder))))
            .WithAnalyzerConfigDocuments(Documents(id, arguments.AnalyzerConfigPaths));
        Solution = Solution.AddProject(info);
    }

    private static IEnumerable<DocumentInfo> Documents(ProjectId project, IEnumerable<string> paths) =>
        from path in paths.Distinct(StringComparer.Ordinal)
        let text = SourceFile.Read(path)
        where text is not null
        select DocumentInfo.Create(
            DocumentId.CreateNewId(project, path),
            Path.GetFileName(path),
            loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create(), path)),
            filePath: path);

    /// <summary>Dependents first, so that a project is edited in the form that those who use it see.</summary>
    private static List<CompilerCall> Choose(IReadOnlyList<CompilerCall> calls)
    {
        var chosen = new Dictionary<string, CompilerCall>(StringComparer.Ordinal);
        void Take(CompilerCall call)
        {
            if (!chosen.TryAdd(call.Project, call)) return;
            foreach (var dependency in call.Dependencies) Take(dependency);
        }

        var dependedOn = calls.SelectMany(call => call.Dependencies).ToHashSet();
        var newest = calls.OrderByDescending(call => Newness(call.Framework));
        foreach (var call in newest.Where(call => call.Asked && !dependedOn.Contains(call))) Take(call);
        foreach (var call in newest.Where(call => call.Asked)) Take(call);
        return [.. chosen.Values];
    }

    /// <summary>net10.0 after net8.0 after netstandard2.0 after net472: only a preference.</summary>
    private static (int Kind, Version Version) Newness(string framework)
    {
        var number = new string([.. framework.SkipWhile(c => !char.IsDigit(c)).TakeWhile(c => char.IsDigit(c) || c == '.')]);
        var version = Version.TryParse(number, out var parsed) ? parsed : new Version();
        var modern = framework.StartsWith("net", StringComparison.Ordinal) && version.Major >= 5 && number.Contains('.');
        return (modern ? 2 : framework.StartsWith("netstandard", StringComparison.Ordinal) ? 1 : 0, version);
    }

    private static bool GivenAsAnalyzer(CompilerCall call, CompilerCall other) =>
        call.Arguments.AnalyzerReferences.Any(reference => other.Outputs.Contains(Path.GetFullPath(reference.FilePath, call.Folder)));
}

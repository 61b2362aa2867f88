using System.Text.Json;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;

namespace Quintet.Tool.Loading;

/// <summary>What the user pointed at: the C# projects to check, and the projects that are not ours to read.</summary>
internal sealed record Target(string Path, string Root, IReadOnlyList<string> Projects, IReadOnlyList<ProjectProblem> Skipped)
{
    /// <summary>They compile no code of their own, so leaving them out loses nothing.</summary>
    private static readonly string[] WithoutCode = [".proj", ".shproj", ".dcproj", ".esproj", ".projitems"];

    public static async Task<Target> FindAsync(string path, CancellationToken cancellation)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full)) return await InFolderAsync(System.IO.Path.TrimEndingDirectorySeparator(full), cancellation);
        if (!File.Exists(full)) throw new UserError($"'{path}' does not exist");

        return System.IO.Path.GetExtension(full).ToLowerInvariant() switch
        {
            ".sln" or ".slnx" => await OfSolutionAsync(full, cancellation),
            ".slnf" => await OfFilterAsync(full, cancellation),
            ".csproj" => new Target(full, FolderOf(full), [full], []),
            _ => throw new UserError($"'{path}' is not a .sln, .slnx, .slnf or .csproj file, nor a folder"),
        };
    }

    private static async Task<Target> InFolderAsync(string folder, CancellationToken cancellation)
    {
        string[] solutions = [.. Directory.EnumerateFiles(folder, "*.sln"), .. Directory.EnumerateFiles(folder, "*.slnx")];
        // A solution that was migrated often keeps its old form beside the new one.
        if (solutions.Length == 2 && Same(solutions[0], solutions[1])) solutions = [solutions[1]];
        if (solutions.Length > 1)
        {
            var names = string.Join(", ", solutions.Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
            throw new UserError($"'{folder}' holds several solutions; name one of {names}");
        }

        if (solutions.Length == 1) return await OfSolutionAsync(solutions[0], cancellation);

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var projects = Directory.EnumerateFiles(folder, "*.*proj", options)
            .Where(file => !IsArtifact(System.IO.Path.GetRelativePath(folder, file)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (!projects.Any(IsCSharp)) throw new UserError($"'{folder}' holds neither a solution nor a C# project");
        return Split(folder, folder, projects);
    }

    private static async Task<Target> OfSolutionAsync(string solution, CancellationToken cancellation)
    {
        var serializer = SolutionSerializers.GetSerializerByMoniker(solution)
            ?? throw new UserError($"'{solution}' is not a solution file");
        SolutionModel model;
        try
        {
            model = await serializer.OpenAsync(solution, cancellation);
        }
        catch (Exception failure) when (failure is SolutionException or System.Xml.XmlException or InvalidDataException or FormatException)
        {
            throw new UserError($"'{solution}' is not a valid solution file: {FirstLine(failure.Message)}");
        }

        var root = FolderOf(solution);
        var projects = model.SolutionProjects.Select(project => Under(root, project.FilePath)).Distinct(StringComparer.Ordinal);
        return Split(solution, root, projects);
    }

    /// <summary>A filter names a solution and those of its projects, relative to the solution, that somebody works on.</summary>
    private static async Task<Target> OfFilterAsync(string filter, CancellationToken cancellation)
    {
        try
        {
            using var stream = File.OpenRead(filter);
            using var json = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip },
                cancellation);
            var solution = json.RootElement.GetProperty("solution");
            var root = FolderOf(Under(FolderOf(filter), solution.GetProperty("path").GetString() ?? ""));
            var projects = solution.GetProperty("projects").EnumerateArray().Select(project => Under(root, project.GetString() ?? ""));
            return Split(filter, root, projects);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserError($"'{filter}' is not a valid solution filter: {FirstLine(failure.Message)}");
        }
    }

    private static string Under(string root, string path) =>
        System.IO.Path.GetFullPath(path.Replace('\\', System.IO.Path.DirectorySeparatorChar), root);

    private static Target Split(string path, string root, IEnumerable<string> projects)
    {
        var ours = new List<string>();
        var skipped = new List<ProjectProblem>();
        foreach (var project in projects)
        {
            var extension = System.IO.Path.GetExtension(project).ToLowerInvariant();
            if (WithoutCode.Contains(extension)) continue;
            if (!IsCSharp(project)) skipped.Add(new ProjectProblem(project, $"skipped: {Language(extension)}, not C#"));
            else if (!File.Exists(project)) skipped.Add(new ProjectProblem(project, "the solution names it, but it does not exist"));
            else ours.Add(project);
        }

        return new Target(path, root, ours, skipped);
    }

    private static bool IsCSharp(string project) => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    private static bool IsArtifact(string relative) =>
        relative.Split('/', '\\').SkipLast(1).Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith('.'));

    private static bool Same(string one, string other) =>
        System.IO.Path.GetFileNameWithoutExtension(one) == System.IO.Path.GetFileNameWithoutExtension(other);

    private static string Language(string extension) => extension switch
    {
        ".vbproj" => "a Visual Basic project",
        ".fsproj" => "an F# project",
        ".vcxproj" => "a C++ project",
        _ => $"a project of type {extension}",
    };

    private static string FolderOf(string file) => System.IO.Path.GetDirectoryName(file)!;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quintet.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What is part of the project, by its relative path: tracked files, or all but build output where there is no git.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. List().Order(StringComparer.Ordinal)];

    public static IEnumerable<string> FilesOf(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    private static IEnumerable<string> List()
    {
        if (Git() is { Count: > 0 } tracked) return tracked.Where(static file => File.Exists(PathOf(file)));
        return Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(static file => !file.Split('/').Any(static part => part is "bin" or "obj" or ".git" or ".vs" or "TestResults"));
    }

    private static List<string>? Git()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var lines = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
            git.WaitForExit();
            return git.ExitCode == 0 ? lines : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // Deterministic builds map source paths, so the folder of the binaries comes first.
    private static string Find([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) })
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, "Analyzers.sln"))) return folder;
        }

        throw new InvalidOperationException("The tests have to run below the folder of Analyzers.sln.");
    }
}

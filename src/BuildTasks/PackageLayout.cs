namespace Quintet.BuildTasks;

// A package that differs by operating system keeps its bodies under `runtimes/<system>/lib/<framework>/`; what lies under `lib/` then
// throws, and what lies under `ref/` is empty. Which of the systems is read does not depend on the machine that builds, so that builds
// are the same everywhere.

/// <summary>Where the bodies behind an assembly of an unpacked package lie.</summary>
internal static class PackageLayout
{
    private static readonly string[] Systems = ["unix", "linux", "linux-x64", "win", "win-x64"];

    /// <summary>The assembly to read for the one that a project is given; the same where the package has no other.</summary>
    public static string ImplementationOf(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder || Path.GetDirectoryName(folder) is not { Length: > 0 } kind
            || Path.GetFileName(kind) is not ("lib" or "ref") || Path.GetDirectoryName(kind) is not { Length: > 0 } root) return path;
        var (framework, file) = (Path.GetFileName(folder), Path.GetFileName(path));
        var runtimes = Path.Combine(root, "runtimes");
        if (Directory.Exists(runtimes))
        {
            foreach (var system in Systems)
                if (NearestTo(framework, Path.Combine(runtimes, system, "lib"), file) is { } found) return found;
        }

        if (Path.GetFileName(kind) == "lib") return path;
        return NearestTo(framework, Path.Combine(root, "lib"), file) ?? path;
    }

    /// <summary>The file for the same framework, or for the newest that is not newer; those of another family do not count.</summary>
    private static string? NearestTo(string framework, string folder, string file)
    {
        var same = Path.Combine(folder, framework, file);
        if (File.Exists(same)) return same;
        if (!Directory.Exists(folder) || VersionOf(framework) is not { } wanted) return null;
        return Directory.GetDirectories(folder)
            .Select(path => (Path: Path.Combine(path, file), Version: VersionOf(Path.GetFileName(path))))
            .Where(found => found.Version is not null && found.Version <= wanted && File.Exists(found.Path))
            .OrderBy(static found => found.Version).Select(static found => found.Path).LastOrDefault();
    }

    /// <summary>Of <c>net8.0</c> and its like; null for the frameworks that write no dot, and for standards.</summary>
    private static Version? VersionOf(string framework) =>
        framework.StartsWith("net", StringComparison.Ordinal) && framework.IndexOf('.') > 0
        && Version.TryParse(framework.Substring(3).Split('-')[0], out var version) ? version : null;
}

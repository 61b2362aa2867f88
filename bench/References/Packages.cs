namespace Quintet.Bench.References;

/// <summary>Assemblies of packages as a project of today would be given them: one of each name.</summary>
internal static class Packages
{
    private static readonly string[] Frameworks =
        ["net10.0", "net9.0", "net8.0", "net6.0", "net5.0", "netcoreapp3.1", "netstandard2.1", "netstandard2.0", "netstandard1.3"];

    /// <summary>What the catalogue does not speak for comes first: those have to be read.</summary>
    public static IReadOnlyList<string> Assemblies(string packages, int most)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in Directory.EnumerateDirectories(packages).Order(StringComparer.Ordinal))
        {
            var newest = Directory.EnumerateDirectories(package).Order(StringComparer.Ordinal).LastOrDefault();
            if (newest is null) continue;
            var libraries = Frameworks.Select(framework => Path.Combine(newest, "lib", framework)).FirstOrDefault(Directory.Exists);
            if (libraries is null) continue;
            foreach (var file in Directory.EnumerateFiles(libraries, "*.dll").Order(StringComparer.Ordinal))
                found.TryAdd(Path.GetFileName(file), file);
        }

        return [.. found.OrderBy(static pair => IsFramework(pair.Key)).ThenBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Take(most).Select(static pair => pair.Value)];
    }

    private static bool IsFramework(string file) => file.StartsWith("System.", StringComparison.OrdinalIgnoreCase)
        || file.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase);
}

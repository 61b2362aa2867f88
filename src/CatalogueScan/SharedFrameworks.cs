using System.Runtime.InteropServices;

namespace Quintet.CatalogueScan;

/// <summary>Finds the implementation assemblies of the frameworks that are installed beside the running one.</summary>
internal static class SharedFrameworks
{
    private static readonly string[] Names = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    public static IEnumerable<string> Assemblies()
    {
        // …/shared/Microsoft.NETCore.App/10.0.x, so the siblings of its parent are the other frameworks.
        var running = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var shared = running.Parent?.Parent ?? throw new InvalidOperationException("The runtime does not lie in a shared framework.");
        foreach (var name in Names)
        {
            var framework = new DirectoryInfo(Path.Combine(shared.FullName, name));
            if (!framework.Exists) continue;
            var version = framework.GetDirectories().FirstOrDefault(directory => directory.Name == running.Name)
                ?? framework.GetDirectories().MaxBy(static directory => Version.TryParse(directory.Name, out var v) ? v : new Version());
            if (version is null) continue;
            foreach (var assembly in version.GetFiles("*.dll").OrderBy(static file => file.Name, StringComparer.Ordinal))
                yield return assembly.FullName;
        }
    }
}

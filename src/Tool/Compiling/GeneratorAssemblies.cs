using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Quintet.Tool.Compiling;

/// <summary>
/// Loads the assemblies of source generators: each folder in a context of its own, so that two versions of a dependency do
/// not meet, and the compiler's own assemblies always those of this process.
/// </summary>
internal sealed class GeneratorAssemblies : IAnalyzerAssemblyLoader
{
    private readonly ConcurrentDictionary<string, FolderContext> _contexts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A generator may need an assembly from elsewhere that the project lists as an analyzer too.</summary>
    public void AddDependencyLocation(string fullPath) => _byName.TryAdd(Path.GetFileNameWithoutExtension(fullPath), fullPath);

    public Assembly LoadFromPath(string fullPath)
    {
        var folder = Path.GetDirectoryName(fullPath)!;
        return _contexts.GetOrAdd(folder, static (folder, owner) => new FolderContext(folder, owner), this).Load(fullPath);
    }

    private sealed class FolderContext(string folder, GeneratorAssemblies owner) : AssemblyLoadContext($"generators of {folder}")
    {
        public Assembly Load(string path) => LoadFromAssemblyPath(path);

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name is not { } simple) return null;
            if (simple.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && IsOurs(name)) return null;

            var beside = Path.Combine(folder, simple + ".dll");
            if (File.Exists(beside) && !IsOurs(name)) return LoadFromAssemblyPath(beside);
            if (owner._byName.TryGetValue(simple, out var listed) && !IsOurs(name)) return LoadFromAssemblyPath(listed);
            return null;
        }

        private static bool IsOurs(AssemblyName name)
        {
            try
            {
                return Default.LoadFromAssemblyName(name) is { } loaded && loaded.GetName().Version >= name.Version;
            }
            catch (Exception failure) when (failure is IOException or BadImageFormatException)
            {
                return false;
            }
        }
    }
}

namespace Quintet.Tool.Loading;

/// <summary>A folder outside of every source tree that holds all artifacts of one run and goes with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // With a trailing separator: the build files append to it.
    public string Path { get; } = Directory.CreateTempSubdirectory("quintet-").FullName + System.IO.Path.DirectorySeparatorChar;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public bool Contains(string path) => path.StartsWith(Path, StringComparison.Ordinal);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Windows keeps loaded generator assemblies open until the process ends; the system's clean-up takes the rest.
        }
    }
}

namespace Quintet.Node;

/// <summary>Files, through the loop's pool: the loop goes on meanwhile. Source: Node's <c>fs</c>.</summary>
/// <remarks>Each operation is one piece of work, where Node's <c>readFile</c> is four.</remarks>
public static class NodeFs
{
    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="done">Gets the exception (<see cref="FileNotFoundException"/> if there is nothing), or null and what is there.</param>
    public static void Stat(string path, Action<Exception?, FileSystemInfo?> done) => NodeLoop.Current.QueueWork(() => Look(path), done);

    /// <summary>Looks at a file or folder.</summary>
    public static Promise<FileSystemInfo> Stat(string path) => NodeLoop.Current.QueueWork(() => Look(path));

    /// <summary>Reads a file.</summary>
    public static void ReadFile(string path, Action<Exception?, byte[]?> done) => NodeLoop.Current.QueueWork(() =>
        File.ReadAllBytes(path), done);

    /// <summary>Reads a file.</summary>
    public static Promise<byte[]> ReadFile(string path) => NodeLoop.Current.QueueWork(() => File.ReadAllBytes(path));

    /// <summary>Writes a file, over what was there.</summary>
    public static Promise<bool> WriteFile(string path, ReadOnlyMemory<byte> content) => NodeLoop.Current.QueueWork(() =>
    {
        File.WriteAllBytes(path, content.Span);
        return true;
    });

    /// <summary>Writes to the end of a file.</summary>
    public static Promise<bool> AppendFile(string path, ReadOnlyMemory<byte> content) => NodeLoop.Current.QueueWork(() =>
    {
        File.AppendAllBytes(path, content.Span);
        return true;
    });

    /// <summary>Removes a file.</summary>
    public static Promise<bool> Unlink(string path) => NodeLoop.Current.QueueWork(() =>
    {
        if (!File.Exists(path)) throw new FileNotFoundException(null, path);
        File.Delete(path);
        return true;
    });

    /// <summary>The names in a folder.</summary>
    public static Promise<string[]> ReadDir(string path) => NodeLoop.Current.QueueWork(() =>
        Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).ToArray());

    /// <summary>Makes a folder, with those above it.</summary>
    public static Promise<bool> MakeDir(string path) => NodeLoop.Current.QueueWork(() => Directory.CreateDirectory(path).Exists);

    private static FileSystemInfo Look(string path)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return info.Exists ? info : throw new FileNotFoundException(null, path);
    }
}

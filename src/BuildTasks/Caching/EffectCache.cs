namespace Quintet.BuildTasks.Caching;

/// <summary>
/// Effect lines of assemblies that were read before, by what they were compiled from: a package version is read once on a machine. They are
/// kept as the bytes that the compiler gets, so that most of them are only copied.
/// </summary>
/// <remarks>
/// A file is written under another name and moved to its own, so that builds side by side never see half of one. A folder that cannot be
/// written, a file that cannot be read: then the assembly is read again, and nobody need know.
/// </remarks>
internal sealed class EffectCache(string? folder)
{
    /// <summary>Null for nowhere.</summary>
    public string? Folder { get; } = folder;

    /// <summary>What was kept; null for nothing.</summary>
    public byte[]? Find(string name, string key)
    {
        if (Folder is null) return null;
        try
        {
            var path = PathOf(name, key);
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception unreadable) when (IsOfFiles(unreadable))
        {
            return null;
        }
    }

    public void Keep(string name, string key, byte[] text)
    {
        if (Folder is not null && PathOf(name, key) is var path && !File.Exists(path)) Replace(path, text);
    }

    /// <summary>Writes a file as a whole, or not at all: without a cache everything still works.</summary>
    public static void Replace(string path, byte[] text)
    {
        var draft = "";
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            draft = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(draft, text);
            if (File.Exists(path)) File.Delete(path);
            File.Move(draft, path);
        }
        catch (Exception unwritable) when (IsOfFiles(unwritable))
        {
        }
        finally
        {
            Discard(draft);
        }
    }

    /// <summary>What comes of files that are not there, not ours, or in somebody else's hands.</summary>
    public static bool IsOfFiles(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static void Discard(string draft)
    {
        try
        {
            if (draft.Length > 0) File.Delete(draft);
        }
        catch (Exception locked) when (locked is IOException or UnauthorizedAccessException)
        {
            // A file too many in a cache folder.
        }
    }

    /// <summary>An assembly may be called anything, a path among others.</summary>
    private string PathOf(string name, string key) =>
        Path.Combine(Folder!, $"{string.Concat(name.Select(static letter => IsPlain(letter) ? letter : '_'))}-{key}.txt");

    private static bool IsPlain(char letter) => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_';
}

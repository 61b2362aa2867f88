namespace Quintet.Node;

public static partial class NodeFs
{
    /// <summary>Removes a file.</summary>
    public static Promise<bool> Unlink(string path) => NodeLoop.Current.QueueWork(() => UnlinkNow(path));

    /// <summary>The names in a folder, in the order of their characters.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="recursive">Whether what is in the folders below counts too, with its path from here.</param>
    public static Promise<string[]> ReadDir(string path, bool recursive = false) =>
        NodeLoop.Current.QueueWork(() => Names(path, recursive));

    /// <summary>The names in a folder.</summary>
    public static void ReadDir(string path, Action<Exception?, string[]?> done) =>
        NodeLoop.Current.QueueWork(() => Names(path, recursive: false), done);

    /// <summary>What is in a folder (Node: <c>readdir</c> with <c>withFileTypes</c>), by name.</summary>
    public static Promise<FileSystemInfo[]> ReadDirEntries(string path) => NodeLoop.Current.QueueWork(() =>
    {
        CheckFolder(path);
        var entries = new DirectoryInfo(path).GetFileSystemInfos();
        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    });

    /// <summary>Makes a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="recursive">Whether those above it are made too, and one that is there is no error.</param>
    /// <returns>The first folder that was made; null if none was.</returns>
    public static Promise<string?> MakeDir(string path, bool recursive = false) =>
        NodeLoop.Current.QueueWork(() => MakeNow(path, recursive), (_, first) => MakeTrips(path, first));

    /// <summary>Makes a folder with a name that is not taken: <paramref name="prefix"/> and six characters.</summary>
    /// <returns>Its path.</returns>
    public static Promise<string> MakeTempDir(string prefix) => NodeLoop.Current.QueueWork(() => MakeTempNow(prefix));

    /// <summary>Removes an empty folder.</summary>
    public static Promise<bool> RemoveDir(string path) => NodeLoop.Current.QueueWork(() => RemoveDirNow(path));

    /// <summary>Removes a file, or a folder with all that is in it.</summary>
    /// <param name="path">What is removed.</param>
    /// <param name="recursive">Whether folders are removed.</param>
    /// <param name="force">Whether something that is not there is no error.</param>
    public static Promise<bool> Remove(string path, bool recursive = false, bool force = false) =>
        NodeLoop.Current.QueueWork(() => RemoveNow(path, recursive, force), RemoveTrips);

    /// <summary>Gives a file or folder another path; a file that is there is replaced.</summary>
    public static Promise<bool> Rename(string from, string to) => NodeLoop.Current.QueueWork(() => RenameNow(from, to));

    /// <summary>Copies a file.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Where the copy goes.</param>
    /// <param name="exclusive">Whether it is an error if something is there (Node: <c>COPYFILE_EXCL</c>).</param>
    public static Promise<bool> CopyFile(string from, string to, bool exclusive = false) =>
        NodeLoop.Current.QueueWork(() => CopyNow(from, to, exclusive));

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="flags">Node's: <c>r</c>, <c>r+</c>, <c>w</c>, <c>w+</c>, <c>a</c>, <c>a+</c>, and with <c>x</c> after <c>w</c> or
    /// <c>a</c> it must not be there.</param>
    /// <exception cref="ArgumentException">There are no such flags.</exception>
    public static Promise<FileHandle> Open(string path, string flags = "r")
    {
        ArgumentNullException.ThrowIfNull(path);
        var loop = NodeLoop.Current;
        var mode = FileFlags.Parse(flags);
        return loop.QueueWork(() => FileHandle.Open(loop, path, mode));
    }

    /// <summary>A stream of a file's bytes (Node: <c>createReadStream</c>).</summary>
    public static FileReadStream CreateReadStream(string path, FsStreamOptions? options = null) => new(path, null, options);

    /// <summary>A stream into a file (Node: <c>createWriteStream</c>).</summary>
    public static FileWriteStream CreateWriteStream(string path, FsStreamOptions? options = null) => new(path, null, options);

    /// <summary>Tells what happens to a file or folder.</summary>
    /// <exception cref="FileNotFoundException">There is nothing.</exception>
    public static FsWatcher Watch(string path, AbortSignal? signal = null) => new(path, signal);

    /// <summary>Each folder that is made was tried once before the one above it, but for the first; one that is there is looked
    /// at.</summary>
    private static int MakeTrips(string path, string? first)
    {
        if (first is null) return 1;
        var levels = 1;
        for (var each = Path.GetFullPath(path); each is not null && each != first; each = Path.GetDirectoryName(each)) levels++;
        return 2 * levels - 1;
    }

    private static int RemoveTrips(Exception? error, bool done) => error is null ? 3 : 1;

    private static bool UnlinkNow(string path)
    {
        if (Directory.Exists(path)) throw new FsException("EISDIR", $"'{path}' is a folder.");
        if (!File.Exists(path)) throw new FileNotFoundException($"'{path}' is not there.", path);
        File.Delete(path);
        return true;
    }

    private static string? MakeNow(string path, bool recursive)
    {
        var full = Path.GetFullPath(path);
        if (!recursive)
        {
            if (Path.Exists(full)) throw new FsException("EEXIST", $"'{path}' is there already.");
            if (!Directory.Exists(Path.GetDirectoryName(full)))
                throw new DirectoryNotFoundException($"What is above '{path}' is not there.");
        }

        string? first = null;
        for (var each = full; each is not null && !Directory.Exists(each); each = Path.GetDirectoryName(each))
        {
            if (File.Exists(each)) throw new FsException(each == full ? "EEXIST" : "ENOTDIR", $"'{each}' is a file.");
            first = each;
        }

        Directory.CreateDirectory(full);
        return first;
    }

    private static bool RemoveDirNow(string path)
    {
        CheckFolder(path);
        Directory.Delete(path);
        return true;
    }

    private static bool RemoveNow(string path, bool recursive, bool force)
    {
        if (Directory.Exists(path))
        {
            if (!recursive) throw new FsException("ERR_FS_EISDIR", $"'{path}' is a folder. Ask for recursive.");
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path)) File.Delete(path);
        else if (!force) throw new FileNotFoundException($"'{path}' is not there.", path);
        return true;
    }

    private static bool RenameNow(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
        return true;
    }

    private static bool CopyNow(string from, string to, bool exclusive)
    {
        if (exclusive && Path.Exists(to)) throw new FsException("EEXIST", $"'{to}' is there already.");
        File.Copy(from, to, overwrite: true);
        return true;
    }

    private static string MakeTempNow(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        var parent = Path.GetDirectoryName(Path.GetFullPath(prefix));
        if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"'{parent}' is not there.");
        while (true)
        {
            var path = prefix + Path.GetRandomFileName()[..6];
            if (Path.Exists(path)) continue;
            Directory.CreateDirectory(path);
            return path;
        }
    }

    private static string[] Names(string path, bool recursive)
    {
        CheckFolder(path);
        return
        [
            .. Directory.EnumerateFileSystemEntries(path, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                .Select(entry => Path.GetRelativePath(path, entry))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void CheckFolder(string path)
    {
        if (File.Exists(path)) throw new FsException("ENOTDIR", $"'{path}' is a file.");
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"'{path}' is not there.");
    }
}

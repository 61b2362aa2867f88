namespace Quintet.Node;

// The operations with a callback, which is one of the poll phase: who awaits a promise goes on in a microtask after it.
public static partial class NodeFs
{
    /// <summary>As <see cref="Access(string, bool)"/>, with a callback.</summary>
    public static void Access(string path, Action<Exception?> done) => Access(path, write: false, done);

    /// <summary>As <see cref="Access(string, bool)"/>, with a callback.</summary>
    public static void Access(string path, bool write, Action<Exception?> done) => Queue(() => Check(path, write), done);

    /// <summary>As <see cref="Unlink(string)"/>, with a callback.</summary>
    public static void Unlink(string path, Action<Exception?> done) => Queue(() => UnlinkNow(path), done);

    /// <summary>As <see cref="MakeDir(string, bool)"/>, with a callback.</summary>
    public static void MakeDir(string path, Action<Exception?> done) => Queue(() => MakeNow(path, recursive: false), done);

    /// <summary>As <see cref="MakeDir(string, bool)"/>, with a callback.</summary>
    public static void MakeDir(string path, bool recursive, Action<Exception?, string?> done) =>
        NodeLoop.Current.QueueWork(() => MakeNow(path, recursive), done, (_, first) => MakeTrips(path, first));

    /// <summary>As <see cref="RemoveDir(string)"/>, with a callback.</summary>
    public static void RemoveDir(string path, Action<Exception?> done) => Queue(() => RemoveDirNow(path), done);

    /// <summary>As <see cref="Remove(string, bool, bool)"/>, with a callback.</summary>
    public static void Remove(string path, Action<Exception?> done) => Remove(path, recursive: false, force: false, done);

    /// <summary>As <see cref="Remove(string, bool, bool)"/>, with a callback.</summary>
    public static void Remove(string path, bool recursive, bool force, Action<Exception?> done) =>
        Queue(() => RemoveNow(path, recursive, force), done, RemoveTrips);

    /// <summary>As <see cref="Rename(string, string)"/>, with a callback.</summary>
    public static void Rename(string from, string to, Action<Exception?> done) => Queue(() => RenameNow(from, to), done);

    /// <summary>As <see cref="CopyFile(string, string, bool)"/>, with a callback.</summary>
    public static void CopyFile(string from, string to, Action<Exception?> done) => Queue(() => CopyNow(from, to, exclusive: false), done);

    /// <summary>As <see cref="CopyFile(string, string, bool)"/>, with a callback.</summary>
    public static void CopyFile(string from, string to, bool exclusive, Action<Exception?> done) =>
        Queue(() => CopyNow(from, to, exclusive), done);

    /// <summary>As <see cref="Truncate(string, long)"/>, with a callback.</summary>
    public static void Truncate(string path, Action<Exception?> done) => Truncate(path, 0, done);

    /// <summary>As <see cref="Truncate(string, long)"/>, with a callback.</summary>
    public static void Truncate(string path, long length, Action<Exception?> done) => Queue(
        () =>
        {
            if (!File.Exists(path)) throw new FileNotFoundException($"'{path}' is not there.", path);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.SetLength(file, Math.Max(0, length));
            return true;
        },
        done,
        WriteTrips);

    /// <summary>As <see cref="MakeTempDir(string)"/>, with a callback.</summary>
    public static void MakeTempDir(string prefix, Action<Exception?, string?> done) =>
        NodeLoop.Current.QueueWork(() => MakeTempNow(prefix), done);

    /// <summary>As <see cref="Open(string, string)"/>, with a callback.</summary>
    public static void Open(string path, string flags, Action<Exception?, FileHandle?> done)
    {
        ArgumentNullException.ThrowIfNull(path);
        var loop = NodeLoop.Current;
        var mode = FileFlags.Parse(flags);
        loop.QueueWork(() => FileHandle.Open(loop, path, mode), done);
    }

    private static void Queue<T>(Func<T> work, Action<Exception?> done, Func<Exception?, T?, int>? trips = null)
    {
        ArgumentNullException.ThrowIfNull(done);
        NodeLoop.Current.QueueWork(work, (error, _) => done(error), trips);
    }
}

namespace Quintet.Node;

/// <summary>Tells what happens to a file or folder. Source: Node's <c>fs.watch</c>.</summary>
/// <remarks>Events: <c>change</c> with the kind (<c>rename</c> for what comes or goes, <c>change</c>) and the name, <c>error</c>,
/// <c>close</c>. How much the system tells, and how often, is up to the system. Holds the loop until it is closed. Belongs to the loop's
/// thread.</remarks>
public sealed class FsWatcher : EventEmitter, IDisposable
{
    private readonly NodeLoop _loop = NodeLoop.Current;
    private readonly FileSystemWatcher _watcher;
    private bool _holds;
    private bool _closed;

    internal FsWatcher(string path, AbortSignal? signal)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Path.Exists(path)) throw new FileNotFoundException($"'{path}' is not there.", path);
        var isFolder = Directory.Exists(path);
        _watcher = isFolder
            ? new FileSystemWatcher(path)
            : new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        _watcher.Created += (_, e) => Tell("rename", e.Name);
        _watcher.Deleted += (_, e) => Tell("rename", e.Name);
        _watcher.Renamed += (_, e) =>
        {
            Tell("rename", e.OldName);
            Tell("rename", e.Name);
        };
        _watcher.Changed += (_, e) => Tell("change", e.Name);
        _watcher.Error += (_, e) => _loop.Send(() => Emit("error", e.GetException()));
        _watcher.EnableRaisingEvents = true;
        Ref();
        if (signal is { IsAborted: true }) _loop.NextTick(Close);
        else signal?.AddListener(Close);
    }

    /// <summary>Watches no more; <c>close</c> follows in a tick.</summary>
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        _watcher.Dispose();
        Unref();
        _loop.NextTick(() => Emit("close"));
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    /// <summary>Lets it hold the loop, as it does from the beginning.</summary>
    public FsWatcher Ref()
    {
        if (_holds || _closed) return this;
        _holds = true;
        _loop.Ref();
        return this;
    }

    /// <summary>Lets the loop end while it watches.</summary>
    public FsWatcher Unref()
    {
        if (!_holds) return this;
        _holds = false;
        _loop.Unref();
        return this;
    }

    private void Tell(string kind, string? name) => _loop.Send(() =>
    {
        if (!_closed) Emit("change", kind, name ?? "");
    });
}

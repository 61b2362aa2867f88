namespace Quintet.Node;

/// <summary>What streams of files share.</summary>
internal static class FsStreams
{
    internal static void Open(NodeStream stream, FileHandle? file, string path, string flags, Action<FileHandle> opened,
        Action<Exception?> done)
    {
        if (file is not null)
        {
            // Who closes the handle ends the stream.
            file.On("close", () => stream.Destroy());
            done(null);
            return;
        }

        NodeFs.Open(path, flags).Then(
            handle =>
            {
                opened(handle);
                done(null);
                stream.Emit("open", handle);
                stream.Emit("ready");
            },
            done);
    }

    internal static void Close(FileHandle? file, Exception? error, Action<Exception?> done)
    {
        if (file is null) done(error);
        else file.Close().Then(_ => done(error), failure => done(error ?? failure));
    }
}

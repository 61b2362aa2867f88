using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class FileStreams(Transcript t, string folder)
{
    [Twin("node/69-file-streams")]
    internal static void Events(Transcript t)
    {
        var folder = Directory.CreateTempSubdirectory("trace-").FullName;
        NodeLoop.Run(new FileStreams(t, folder).Main);
        Directory.Delete(folder, recursive: true);
    }

    private string At(string name) => Path.Combine(folder, name);

    private TStream Watch<TStream>(string name, TStream stream, params string[] events)
        where TStream : NodeStream
    {
        foreach (var each in events)
            if (each == "error") stream.On<Exception>(each, e => t.Log(name, each, NodeFs.CodeOf(e)));
            else stream.On(each, () => t.Log(name, each, ""));
        return stream;
    }

    private static Promise<bool> Closed(NodeStream stream) => new(done => stream.On("close", () => Immediate(() => done.Resolve(true))));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private async Promise Main()
    {
        await Writing();
        await Reading();
        await Failing();
        await Rest();
    }

    private async Promise Writing()
    {
        var w = Watch("w", NodeFs.CreateWriteStream(At("a")), "open", "ready", "drain", "finish", "close", "error");
        t.Log("pending", w.IsPending, w.Write("hello "), w.Write("world"u8.ToArray(), _ => t.Log("written")));
        w.End("!"u8.ToArray(), _ => t.Log("ended"));
        await Closed(w);
        t.Log(File.ReadAllText(At("a")), w.BytesWritten);
        t.Log("--");
    }

    private async Promise Reading()
    {
        var r = Watch("r", NodeFs.CreateReadStream(At("a"), new FsStreamOptions { HighWaterMark = 5 }),
            "open", "ready", "end", "close", "error");
        r.OnData(d => t.Log("data", Text(d)));
        await Closed(r);
        t.Log(r.BytesRead);
        t.Log("--");
        var part = Watch("part", NodeFs.CreateReadStream(At("a"), new FsStreamOptions { Start = 2, End = 8, HighWaterMark = 4 }),
            "end", "close");
        part.OnData(d => t.Log("data", Text(d)));
        await Closed(part);
        t.Log("--");
    }

    private async Promise Failing()
    {
        await Closed(Watch("none", NodeFs.CreateReadStream(At("none")), "open", "end", "close", "error"));
        t.Log("--");
        var early = Watch("early", NodeFs.CreateReadStream(At("a")), "open", "ready", "end", "close", "error");
        early.Destroy();
        await Closed(early);
        t.Log("--");
    }

    private async Promise Rest()
    {
        var append = Watch("append", NodeFs.CreateWriteStream(At("a"), new FsStreamOptions { Flags = "a" }), "open", "finish", "close");
        append.End("more");
        await Closed(append);
        t.Log(File.ReadAllText(At("a")));
        t.Log("--");
        var h = await NodeFs.Open(At("a"));
        h.On("close", () => t.Log("handle close"));
        var rh = Watch("rh", h.CreateReadStream(), "open", "end", "close");
        rh.Resume();
        await Closed(rh);
        t.Log("--");
        await new Promise<bool>(done => Pipeline.Run(NodeFs.CreateReadStream(At("a")), NodeFs.CreateWriteStream(At("b")), e =>
        {
            t.Log("pipeline", e is null ? "ok" : NodeFs.CodeOf(e));
            done.Resolve(true);
        }));
        t.Log(File.ReadAllText(At("b")));
    }
}

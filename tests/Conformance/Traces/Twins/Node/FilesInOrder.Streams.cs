using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class FilesInOrder
{
    private FileReadStream Reads(string name, FsStreamOptions options) => Watch(NodeFs.CreateReadStream(At("m"), options), name);

    private async Promise Marks()
    {
        await NodeFs.WriteFile(At("m"), "0123456789");
        var r = Reads("r", new() { HighWaterMark = 4 });
        r.OnData(d =>
        {
            t.Log("data", Text(d), r.BytesRead);
            if (r.BytesRead != 4) return;
            r.Pause();
            After(5, () =>
            {
                t.Log("resumes");
                r.Resume();
            });
        });
        await Closed(r);
        await foreach (var d in Reads("q", new() { Start = 7, HighWaterMark = 2 }).Iterate()) t.Log("item", Text(d));
        var l = Reads("l", new() { HighWaterMark = 3 });
        await foreach (var d in l.Iterate())
        {
            t.Log("item", Text(d));
            break;
        }

        t.Log(l.IsDestroyed, l.BytesRead);
        await Closed(l);
    }

    private async Promise ByHand()
    {
        var r = Reads("r", new() { HighWaterMark = 5 });
        r.On("readable", () =>
        {
            while (r.Read(3, out var d)) t.Log("read", Text(d));
            t.Log("left", r.ReadableLength);
        });
        await Closed(r);
    }

    private async Promise DestroyedInOpen()
    {
        var r = Reads("r", new());
        r.On("open", () =>
        {
            r.Destroy();
            t.Log("destroyed", r.IsDestroyed, r.IsPending);
        });
        await Closed(r);
        var w = Watch(NodeFs.CreateWriteStream(At("d")), "w");
        w.Write(Bytes("x"), e => t.Log("x", CodeOf(e)));
        w.Destroy(new InvalidOperationException("mine"));
        await Closed(w);
        t.Log(File.Exists(At("d")));
    }

    private async Promise Failing()
    {
        var w = Watch(NodeFs.CreateWriteStream(At("no/such")), "w");
        w.Write(Bytes("x"), e => t.Log("x", CodeOf(e)));
        w.End(Bytes("y"), e => t.Log("end", CodeOf(e)));
        await Closed(w);
        await Through(At("none"), At("made"));
        await Wait(10);
        await Through(At("m"), At("no/such"));
        await Wait(10);
    }

    private Promise Through(string from, string to) => new Promise<bool>(done =>
        Pipeline.Run(NodeFs.CreateReadStream(from), NodeFs.CreateWriteStream(to), e =>
        {
            t.Log("pipeline", CodeOf(e));
            done.Resolve(true);
        }));

    private async Promise WritesInOrder()
    {
        var w = Watch(NodeFs.CreateWriteStream(At("w"), new() { HighWaterMark = 4 }), "w");
        Action<Exception?> Told(string text) => _ => t.Log(text);
        t.Log(w.Write(Bytes("ab"), Told("ab written")), w.Write(Bytes("cd"), Told("cd written")), w.NeedsDrain);
        w.On("drain", () =>
        {
            t.Log("drain", w.BytesWritten);
            if (w.BytesWritten < 6) t.Log(w.Write(Bytes("ef"), Told("ef written")));
            w.End(Told("ended"));
        });
        await Closed(w);
        t.Log(await NodeFs.ReadFile(At("w"), System.Text.Encoding.UTF8));
        var x = Watch(NodeFs.CreateWriteStream(At("w"), new() { Flags = "r+", Start = 2 }), "x");
        x.End("XY");
        await Closed(x);
        t.Log(await NodeFs.ReadFile(At("w"), System.Text.Encoding.UTF8));
    }

    private async Promise Aborted()
    {
        var ac = new AbortController();
        var r = Reads("r", new() { Signal = ac.Signal });
        r.On("open", () =>
        {
            ac.Abort();
            t.Log("aborted", r.IsDestroyed);
        });
        await Closed(r);
        await NodeFs.ReadFile(At("m"), ac.Signal).Then(_ => { }, e => t.Log(e.GetType().Name));
        var own = new AbortController();
        var p = NodeFs.ReadFile(At("m"), own.Signal).Then(_ => t.Log("read"), e => t.Log(e.GetType().Name));
        own.Abort();
        await p;
    }

    private async Promise OfAHandle()
    {
        var h = await NodeFs.Open(At("m"));
        var r = Watch(h.CreateReadStream(new() { Start = 8, AutoClose = false }), "r");
        r.OnData(d => t.Log("data", Text(d)));
        await new Promise<bool>(done => r.On("end", () => done.Resolve(true)));
        await Wait(5);
        t.Log(r.IsDestroyed, r.IsClosed);
        t.Log(await h.Read(new byte[2], 0));
        h.On("close", Say("handle close"));
        await foreach (var line in h.ReadLines()) t.Log("line", line);
        await Wait(5);
    }
}

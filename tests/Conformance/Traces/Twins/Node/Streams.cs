using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Streams
{
    [Twin("node/20-readable-stream-flow")]
    internal static void Flow(Transcript t) => NodeLoop.Run(() =>
    {
        var n = 0;
        var r = new Readable<string>(
            stream =>
            {
                n++;
                t.Print("read()", n);
                if (n <= 3) stream.Push("chunk" + n);
                else stream.PushEnd();
            },
            new StreamOptions { HighWaterMark = 2, ObjectMode = true });
        r.OnData(d => t.Print("data", d));
        r.On("end", () => t.Print("end"));
        r.On("close", () => t.Print("close"));
        t.Print("attached");
        Tick(() => t.Print("tick"));
    });

    [Twin("node/22-writable-sync-callback")]
    internal static void SyncCallback(Transcript t) => NodeLoop.Run(() =>
    {
        var w = new Writable<string>(
            (chunk, done) =>
            {
                t.Print("sink", chunk);
                done(null);
            },
            options: new StreamOptions { HighWaterMark = 1 });
        w.On("drain", () => t.Print("drain"));
        t.Print("->", w.Write("a", _ => t.Print("cb a")) ? "true" : "false");
        t.Print("->", w.Write("b", _ => t.Print("cb b")) ? "true" : "false");
        Tick(() => t.Print("tick"));
        Micro(() => t.Print("micro"));
        t.Print("sync end");
    });

    [Twin("node/23-pipeline-transform-error")]
    internal static void PipelineWithError(Transcript t) => NodeLoop.Run(() =>
    {
        Pipeline.Run(Readable<int>.From([1, 2]), Up(), Sink("ok"), error =>
        {
            t.Print("pipeline 1 done", error?.Message ?? "no error");
            var s = Sink("err");
            s.On("close", () => t.Print("sink closed", s.IsDestroyed ? "true" : "false"));
            Pipeline.Run(Readable<int>.From([1, 2, 3, 4]), Up(), s, error2 => t.Print("pipeline 2 done", error2!.Message));
        });

        static Transform<int, int> Up() => new((x, answer) =>
        {
            if (x == 3) answer.Fail(new InvalidOperationException("bad 3"));
            else answer.Done(x * 10);
        });

        Writable<int> Sink(string tag) => new((x, done) =>
        {
            t.Print(tag, x);
            done(null);
        });
    });

    [Twin("node/36-for-await-events")]
    internal static void ForAwait(Transcript t) => NodeLoop.Run(async () =>
    {
        var e = new EventEmitter();
        var controller = new AbortController();
        Tick(() =>
        {
            e.Emit("v", 1);
            e.Emit("v", 2);
            Tick(() => controller.Abort());
        });
        try
        {
            await foreach (var v in EventEmitter.Iterate<int>(e, "v", controller.Signal)) t.Print("event", v);
        }
        catch (AbortError error)
        {
            t.Print("loop ended", error.GetType().Name);
        }

        await foreach (var c in Readable<string>.From(["x", "y"]).Iterate()) t.Print("chunk", c);
        var r = Readable<int>.From([1, 2, 3]);
        r.On("close", () => t.Print("closed by break"));
        await foreach (var c in r.Iterate())
        {
            t.Print("first", c);
            break;
        }

        t.Print("after break");
    });
}

using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamsDestroyed(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/91-streams-destroyed")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new StreamsDestroyed(t).Main(), Virtual);

    private async Promise Main()
    {
        await Reading();
        await Writing();
        await Transforming();
        await Step("lateCallbacks", LateCallbacks);
        await Step("slowDestroy", SlowDestroy);
        await Step("destroyThrows", () =>
            Source(new() { ObjectMode = true, Destroy = (_, _) => throw Error("in destroy") }).Destroy());
        await Step("afterwards", Afterwards);
        await Step("withSignal", WithSignal);
        await Step("pipelineAborted", PipelineAborted);
        await Step("pipelineKept", PipelineKept);
        await Piping();
    }

    private Promise Step(string name, Action run) => t.Step(name, 30, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 30, run);

    private Action<Exception?> Told(string name) => e => t.Log(name, Code(e));

    private static string Kind(Exception? e) => e is AbortError ? "AbortError" : "Error";

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private Readable<int> Source(StreamOptions? options = null) => Watch(new Readable<int>(_ => { }, options ?? Objects), "r");

    private Writable<int> Sink() => Watch(
        new Writable<int>(
            (c, done) =>
            {
                t.Log("got", c);
                done(null);
            },
            null,
            Objects),
        "w");

    private Writable<int> Silent() => Watch(new Writable<int>((_, done) => done(null), null, Objects), "w");

    private Transform<int, string> Middle(
        Action<TransformCallback<string>>? flush, Action<int, TransformCallback<string>>? transform = null)
    {
        var stream = Watch(new Transform<int, string>(transform ?? ((_, done) => done.Done("x")), flush, Objects), "t");
        stream.OnData(d => t.Log("data", d));
        return stream;
    }

    private async Promise Reading()
    {
        await Step("inEnd", () =>
        {
            var r = Watch(Readable<string>.From(["a"]), "r");
            r.On("end", () =>
            {
                r.Destroy(Error("late"));
                t.Log(r.IsDestroyed, Code(r.Errored));
            });
            r.Resume();
            r.Finished(Told("finished"));
        });
        await Step("inFinish", () =>
        {
            var d = Watch(new Duplex<string, string>(_ => { }, (_, done) => done(null), null, Objects), "d");
            d.On("finish", () => d.Destroy(Error("in finish")));
            d.Finished(Told("finished"));
            d.End("x");
        });
        await Step("inRead", () =>
        {
            var r = Watch(
                new Readable<string>(
                    self =>
                    {
                        self.Push("x");
                        self.Destroy();
                        self.Push("y");
                    },
                    Objects),
                "r");
            r.OnData(d => t.Log("data", d));
            r.Finished(Told("finished"));
        });
        await Step("inData", () =>
        {
            var r = Source();
            r.OnData(d =>
            {
                t.Log("data", d);
                if (d == 2) r.Destroy();
            });
            for (var n = 1; n <= 3; n++) r.Push(n);
            r.PushEnd();
        });
        await Step("inReadable", () =>
        {
            var r = Source();
            r.On("readable", () =>
            {
                r.Read(out var first);
                t.Log("readable", first);
                r.Destroy(Error("enough"));
                t.Log(r.Read(out var second) ? second : null, r.ReadableLength);
            });
            r.Push(1);
            r.Push(2);
        });
    }

    private async Promise Writing()
    {
        await Step("inWriteCallback", () =>
        {
            var w = Watch(new Writable<int>((_, done) => Tick(() => done(null)), null, Objects), "w");
            w.Write(1, e =>
            {
                t.Log("one", Code(e));
                w.Destroy();
            });
            w.Write(2, Told("two"));
            w.End(3, Told("end"));
        });
        await Step("inFinal", () =>
        {
            Writable<string> w = null!;
            w = Watch(
                new Writable<string>(
                    (_, done) => done(null),
                    done =>
                    {
                        t.Log("final");
                        w.Destroy();
                        done(null);
                    },
                    Objects),
                "w");
            w.End("x", Told("end"));
            w.Finished(Told("finished"));
        });
    }

    private async Promise Transforming()
    {
        await Step("inFlush", () =>
        {
            Transform<int, string> s = null!;
            s = Middle(done =>
            {
                t.Log("flush");
                s.Destroy(Error("flush"));
                done.Done("tail");
            });
            s.End(1, Told("end"));
        });
        await Step("flushFailsLate", () =>
        {
            var s = Middle(done =>
            {
                done.Push("pushed");
                After(2, () => done.Fail(Error("flush")));
            });
            s.End(1, Told("end"));
            s.Finished(Told("finished"));
        });
        await Step("flushCallsTwice", () =>
        {
            var s = Middle(done => done.Done("tail"), (c, done) => done.Done(c.ToString()));
            s.Write(1);
            s.End();
            s.End(Told("second end"));
        });
        await Step("transformCallsTwice", () =>
        {
            var s = Middle(null, (_, done) =>
            {
                done.Done("x");
                done.Done("x!");
            });
            s.Write(1, Told("x"));
        });
    }
}

using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamEnds(Transcript t)
{
    [Twin("node/64-stream-ends")]
    internal static void Ends(Transcript t) => NodeLoop.Run(new StreamEnds(t).Main, Virtual);

    private async Promise Main()
    {
        await Sides();
        await Writes();
        await Rest();
    }

    private async Promise Step(string name, Action run)
    {
        t.Log("--", name);
        run();
        await NodeLoop.Current.Delay(15);
    }

    private TStream Watch<TStream>(string name, TStream s)
        where TStream : NodeStream
    {
        foreach (var e in new[] { "end", "prefinish", "finish" }) s.On(e, () => t.Log(name, e, ""));
        s.On<Exception>("error", e => t.Log(name, "error", e.Message));
        s.On("close", () => t.Log(name, "close", ""));
        s.Finished(e => t.Log(name, "finished", Code(e)));
        return s;
    }

    private Duplex<string, string> Both(StreamOptions? options = null) =>
        Watch("d", new Duplex<string, string>(_ => { }, (_, taken) => taken(null), options: options));

    private Writable<string> Sink(Action<string, Action<Exception?>>? write = null, Action<Action<Exception?>>? final = null,
        StreamOptions? options = null) =>
        Watch("w", new Writable<string>(write ?? ((_, taken) => taken(null)), final, options));

    private async Promise Sides()
    {
        await Step("endThenFinish", () =>
        {
            var d = Both();
            d.Resume();
            d.PushEnd();
            Immediate(() => d.End());
        });
        await Step("finishThenEnd", () =>
        {
            var d = Both();
            d.Resume();
            d.End(_ => t.Log("end callback"));
            Immediate(() => d.PushEnd());
        });
        await Step("noHalfOpen", () => Ended(new StreamOptions { AllowHalfOpen = false }, alsoWriting: false));
        await Step("noAutoDestroy", () => Ended(new StreamOptions { AutoDestroy = false }, alsoWriting: true));
        await Step("noEmitClose", () => Ended(new StreamOptions { EmitClose = false }, alsoWriting: true));
        await Step("destroyed", () =>
        {
            var d = Both();
            d.Destroy();
            t.Log("sync", d.IsDestroyed, d.IsClosed);
        });
        await Step("destroyedWithError", () =>
        {
            var d = Both();
            d.Destroy(new InvalidOperationException("e1"));
            d.Destroy(new InvalidOperationException("e2"));
            t.Log(d.Errored!.Message);
        });
        await Step("destroyCallsBackLater", () => Both(new StreamOptions
        {
            Destroy = (e, done) =>
            {
                t.Log("destroy", e?.Message);
                Immediate(() => done(new InvalidOperationException("from destroy")));
            },
        }).Destroy());
    }

    private void Ended(StreamOptions options, bool alsoWriting)
    {
        var d = Both(options);
        d.Resume();
        d.PushEnd();
        if (alsoWriting) d.End();
    }

    private async Promise Writes()
    {
        await Step("finalFails", () =>
        {
            var w = Sink(final: done => done(new InvalidOperationException("final")));
            w.End("x", e => t.Log("cb", e?.Message));
        });
        await Step("finalLater", FinalLater);
        await Step("destroyWhileWriting", () =>
        {
            var w = Sink((_, done) => After(5, () => done(null)));
            w.Write("a", e => t.Log("a", Code(e)));
            w.Write("b", e => t.Log("b", Code(e)));
            w.End(e => t.Log("end", Code(e)));
            w.Destroy();
        });
        await Step("writeAfterDestroy", () =>
        {
            var w = Sink();
            w.Destroy();
            t.Log("write", w.Write("x", e => t.Log("cb", Code(e))));
            w.End(e => t.Log("end", Code(e)));
        });
        await Step("pushAfterEnd", () =>
        {
            var r = Watch("r", new Readable<string>(_ => { }));
            r.PushEnd();
            r.Push("late");
            r.Resume();
        });
        await Step("readThrows", () =>
        {
            var r = Watch("r", new Readable<string>(_ => throw new InvalidOperationException("read")));
            r.Resume();
        });
        await Step("writeThrows", () =>
        {
            var w = Sink((_, _) => throw new InvalidOperationException("write"));
            try
            {
                w.Write("x");
            }
            catch (InvalidOperationException e)
            {
                t.Log("thrown", e.Message);
            }

            w.Destroy();
        });
    }

    private void FinalLater()
    {
        var w = Sink(
            (_, done) =>
            {
                t.Log("write");
                Immediate(() => done(null));
            },
            done =>
            {
                t.Log("final");
                After(2, () => done(null));
            });
        w.Write("a", _ => t.Log("a done"));
        w.End("b", _ => t.Log("ended"));
    }
}

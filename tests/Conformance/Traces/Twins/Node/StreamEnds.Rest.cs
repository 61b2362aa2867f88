using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamEnds
{
    private async Promise Rest()
    {
        await Step("transform", () =>
        {
            var s = Watch("t", new Transform<string, string>((chunk, done) => done.Done(chunk + "!"), done =>
            {
                done.Push("tail");
                done.Done();
            }));
            s.OnData(d => t.Log("data", d));
            s.Write("a");
            s.End("b");
        });
        await Step("transformFlushFails", () =>
        {
            var s = Watch("t", new Transform<string, string>((_, done) => done.Done(),
                done => done.Fail(new InvalidOperationException("flush"))));
            s.Resume();
            s.End("b");
        });
        await Step("passThroughUnread", () =>
        {
            var p = Watch("p", new PassThrough<string>());
            p.End("x");
            After(5, () =>
            {
                t.Log("reads");
                p.Resume();
            });
        });
        await Step("construct", Constructed);
        await Step("constructFails", () =>
        {
            var w = Sink(options: new StreamOptions { Construct = done => done(new InvalidOperationException("construct")) });
            w.Write("a", e => t.Log("cb", e?.Message));
        });
        await Step("signal", () =>
        {
            var controller = new AbortController();
            var r = Watch("r", new Readable<string>(_ => { }, new StreamOptions { Signal = controller.Signal }));
            r.Resume();
            Immediate(() =>
            {
                controller.Abort();
                t.Log("aborted", r.IsDestroyed);
            });
        });
        await Late();
    }

    private void Constructed()
    {
        var w = Sink(
            (chunk, done) =>
            {
                t.Log("write", chunk);
                done(null);
            },
            options: new StreamOptions
            {
                Construct = done =>
                {
                    t.Log("construct");
                    After(2, () => done(null));
                },
            });
        w.Write("a");
        w.End();
        t.Log("ended early");
    }

    private async Promise Late()
    {
        await Step("errorInEnd", () =>
        {
            var r = Watch("r", Readable<string>.From(["a"]));
            r.On("end", () => r.Destroy(new InvalidOperationException("too late")));
            r.Resume();
        });
        await Step("destroyInFinish", () =>
        {
            var d = Both();
            d.On("finish", () => d.Destroy());
            d.Resume();
            d.End();
        });
        await Step("closeListenerDestroys", () =>
        {
            var d = Both();
            d.On("close", () =>
            {
                d.Destroy(new InvalidOperationException("no"));
                t.Log("in close");
            });
            d.Destroy();
        });
    }
}

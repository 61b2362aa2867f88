using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamsDestroyed
{
    private void LateCallbacks()
    {
        var w = Watch(
            new Writable<int>(
                (_, done) => After(3, () =>
                {
                    done(null);
                    t.Log("called");
                }),
                null,
                Objects),
            "w");
        w.Write(1, Told("one"));
        w.End(Told("end"));
        w.Finished(Told("finished"));
        Tick(() => w.Destroy(Error("stop")));
    }

    private void SlowDestroy()
    {
        var w = Watch(
            new Writable<int>((_, done) => done(null), null, new()
            {
                ObjectMode = true,
                Destroy = (e, done) =>
                {
                    t.Log("destroying", Code(e));
                    After(3, () => done(e));
                },
            }),
            "w");
        w.Finished(Told("finished"));
        w.Destroy(Error("slow"));
        t.Log(w.IsDestroyed, w.IsClosed);
        w.Destroy(Error("second"));
        Immediate(() =>
        {
            w.Finished(Told("finished late"));
            t.Log(w.Errored!.Message);
        });
    }

    private async Promise Afterwards()
    {
        var r = Readable<string>.From(["a"]);
        r.Resume();
        await r.Finished();
        t.Log("ended", r.IsDestroyed, r.IsEnded);
        r.Finished(Told("again"));
        var w = new Writable<int>((_, done) => done(null), null, Objects);
        w.On("error", () => { });
        w.Destroy(Error("gone"));
        await w.Finished().Then(_ => { }, e => t.Log(Code(e)));
        await w.Finished().Then(_ => { }, e => t.Log("again", Code(e)));
        var p = new PassThrough<int>(Objects);
        p.Destroy();
        p.Finished(Told("passed"));
    }

    private async Promise WithSignal()
    {
        var ac = new AbortController();
        var r = Source();
        var p = r.Finished(signal: ac.Signal);
        r.Finished(e => t.Log("callback", Kind(e)), signal: ac.Signal);
        Tick(() =>
        {
            ac.Abort();
            t.Log("aborted", r.IsDestroyed);
        });
        await p.Then(_ => { }, e => t.Log("promise", Kind(e)));
        r.Finished(e => t.Log("at once", Kind(e)), signal: ac.Signal);
        r.AddAbortSignal(ac.Signal);
        t.Log(r.IsDestroyed);
    }

    private async Promise PipelineAborted()
    {
        var ac = new AbortController();
        var (r, m, w) = (Source(), Watch(new PassThrough<int>(Objects), "t"), Sink());
        var p = Pipeline.From(r).Through(m).To(w, ac.Signal);
        r.Push(1);
        After(3, () =>
        {
            ac.Abort(Error("why"));
            t.Log("aborted", r.IsDestroyed, m.IsDestroyed, w.IsDestroyed);
        });
        await p.Then(_ => { }, e => t.Log(Kind(e), e.InnerException!.Message));
        await Pipeline.From(Readable<int>.From([1])).To(new PassThrough<int>(Objects), ac.Signal)
            .Then(_ => { }, e => t.Log("at once", Kind(e)));
    }

    private async Promise PipelineKept()
    {
        var w = Sink();
        await Pipeline.From(Readable<int>.From([1, 2])).To(w, end: false);
        t.Log("first", w.IsWritable);
        await Pipeline.From(Readable<int>.From([3])).To(w, end: false);
        t.Log("second", w.IsWritable);
        w.End();
    }

    private async Promise Piping()
    {
        await Step("pipelineMiddleDestroyed", () =>
        {
            var (r, m, w) = (Source(), Watch(new PassThrough<int>(Objects), "t"), Watch(new PassThrough<int>(Objects), "w"));
            Pipeline.Run(r, m, w, e =>
            {
                t.Log("done", Code(e));
                Tick(() => t.Log("tick"));
            });
            r.Push(1);
            Immediate(() =>
            {
                m.Destroy();
                t.Log("destroyed", r.IsDestroyed, w.IsDestroyed);
            });
        });
        await Step("pipelineSinkEnds", () =>
        {
            var (r, w) = (Source(), Silent());
            Pipeline.Run(r, w, Told("done"));
            r.Push(1);
            Immediate(() => w.End());
        });
        await Step("pipeDestroyed", () =>
        {
            var (r, w) = (Source(), Sink());
            w.On("unpipe", () => t.Log("unpipe"));
            r.Pipe(w);
            r.Push(1);
            Immediate(() =>
            {
                r.Destroy();
                Immediate(() =>
                {
                    t.Log(w.IsDestroyed, w.IsWritable);
                    w.End();
                });
            });
        });
        await Step("pipeSinkDestroyed", () =>
        {
            var (r, w) = (Source(), Sink());
            w.On("unpipe", () => t.Log("unpipe"));
            r.Pipe(w);
            r.Push(1);
            Immediate(() =>
            {
                w.Destroy();
                r.Push(2);
                After(3, () => t.Log(r.IsDestroyed, r.IsFlowing, r.ReadableLength));
            });
        });
    }
}

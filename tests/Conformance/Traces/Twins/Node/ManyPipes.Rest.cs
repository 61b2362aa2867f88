using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class ManyPipes
{
    private async Promise Failing()
    {
        await Step("oneFails", () =>
        {
            var r = Source("abcd");
            var bad = Sink("bad", (done, c) => done(c == "b" ? Error("b") : null));
            var good = Sink("good", Soon);
            bad.On<Exception>("error", e => t.Log("error", Code(e)));
            r.Pipe(bad);
            r.Pipe(good);
        });
        await Step("oneFailsSlowly", () =>
        {
            var r = Source("abcd");
            var bad = Sink("bad", (done, _) => After(40, () => done(Error("late"))));
            var good = Sink("good", Now);
            bad.On<Exception>("error", e => t.Log("error", Code(e)));
            r.Pipe(good);
            r.Pipe(bad);
        });
        await Step("oneCloses", () =>
        {
            var r = Source("abcd");
            var w = Sink("w", Now, 9);
            r.Pipe(w);
            Once(r, _ => w.Destroy());
            After(60, () =>
            {
                t.Log(r.IsFlowing, r.IsDestroyed, r.ReadableLength);
                r.Destroy();
            });
        });
    }

    private async Promise Before()
    {
        await Step("endedBefore", () =>
        {
            var r = Source("");
            r.Resume();
            After(50, () =>
            {
                r.Pipe(Sink("w", Now));
                t.Log("piped", r.IsEnded);
            });
        });
        await Step("destroyedBefore", () =>
        {
            var r = Source("ab");
            r.Destroy();
            var w = Sink("w", Now);
            r.Pipe(w);
            After(50, () => t.Log(w.IsEnding, w.IsDestroyed));
        });
        await Step("intoTheEnded", () =>
        {
            var w = Sink("w", Now);
            w.On<Exception>("error", e => t.Log("error", Code(e)));
            w.End();
            var r = Source("ab");
            r.Pipe(w);
            After(60, () =>
            {
                t.Log(r.IsFlowing, r.IsDestroyed);
                r.Destroy();
            });
        });
        await Step("intoTheFull", () =>
        {
            var w = Sink("w", In(40));
            t.Log(w.Write("own"), w.NeedsDrain);
            var r = Source("ab");
            r.Pipe(w);
            t.Log(r.IsFlowing, r.IsPaused);
        });
    }

    private async Promise Paused()
    {
        await Step("pausedByHand", () =>
        {
            var r = Source("abcd");
            r.Pipe(Sink("w", Now, 9));
            Once(r, _ =>
            {
                r.Pause();
                t.Log(r.IsPaused, r.IsFlowing);
                After(50, () =>
                {
                    t.Log("resumes");
                    r.Resume();
                });
            });
        });
        await Step("listensInAdvance", () =>
        {
            var w = Sink("w", Now, 9);
            var r = Source("ab");
            w.On<NodeStream>("pipe", s =>
            {
                t.Log("piped by", s == r);
                r.Unpipe(w);
            });
            r.Pipe(w);
            t.Log(r.IsFlowing, r.ListenerCount("data"));
            After(50, () => r.Destroy());
        });
        await Step("throughTwo", () =>
        {
            var r = Source("abc");
            var p = Watch(new PassThrough<string>(new() { ObjectMode = true, HighWaterMark = 1 }), "p");
            Watch(p, "p", "pipe", "unpipe", "drain", "pause", "resume", "finish", "end", "close");
            var (x, y) = (Sink("x", Now), Sink("y", In(40)));
            r.Pipe(p);
            p.Pipe(x);
            p.Pipe(y);
        });
    }
}

using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TransformsClosely
{
    private void Chain()
    {
        Transform<int, int> Stage(string name, double milliseconds) => Watch(
            new Transform<int, int>(
                (c, done) => After(milliseconds, () =>
                {
                    t.Log(name, c);
                    done.Done(c);
                }),
                null,
                One),
            name);
        var sink = Watch(
            new Writable<int>(
                (c, done) =>
                {
                    t.Log("sink", c);
                    Immediate(() => done(null));
                },
                null,
                One),
            "w");
        var i = 0;
        var source = new Readable<int>(
            self =>
            {
                if (i < 3) self.Push(++i);
                else self.PushEnd();
            },
            One);
        source.Pipe(Stage("one", 1)).Pipe(Stage("two", 10)).Pipe(sink);
    }

    private void ChainFails()
    {
        var bad = Watch(
            new Transform<int, int>(
                (c, done) =>
                {
                    if (c == 2) done.Fail(Error("two"));
                    else done.Done(c);
                },
                null,
                Objects),
            "bad");
        var sink = Watch(
            new Writable<int>(
                (c, done) =>
                {
                    t.Log("sink", c);
                    done(null);
                },
                null,
                Objects),
            "w");
        var r = Watch(Readable<int>.From([1, 2, 3]), "r");
        r.Pipe(bad).Pipe(sink);
        After(5, () =>
        {
            t.Log(r.IsDestroyed, sink.IsDestroyed, sink.IsWritable);
            sink.End();
            r.Destroy();
        });
    }

    private async Promise Duplexes()
    {
        await Step("duplexSides", DuplexSides);
        await Step("duplexNotHalfOpen", () =>
        {
            var d = Watch(
                new Duplex<int, int>(
                    _ => { },
                    (c, done) =>
                    {
                        t.Log("write", c);
                        Immediate(() => done(null));
                    },
                    null,
                    new() { ObjectMode = true, AllowHalfOpen = false }),
                "d");
            d.Resume();
            d.Write(1, Told("one"));
            d.Write(2, Told("two"));
            d.PushEnd();
        });
        await Step("duplexReadDestroysWrites", () =>
        {
            var d = Watch(
                new Duplex<int, int>(
                    self => Immediate(() => self.Destroy(Error("reading"))), (_, done) => After(5, () => done(null)), null, Objects),
                "d");
            d.OnData(_ => { });
            d.Write(1, Told("one"));
            d.End(Told("end"));
            d.Finished(Told("finished"));
        });
    }

    private void DuplexSides()
    {
        Duplex<int, int> d = null!;
        d = Watch(
            new Duplex<int, int>(
                _ => t.Log("read"),
                (c, done) =>
                {
                    t.Log("write", c);
                    d.Push(c * 2);
                    done(null);
                },
                done =>
                {
                    t.Log("final");
                    Immediate(() =>
                    {
                        d.PushEnd();
                        done(null);
                        t.Log("final done");
                    });
                },
                Objects),
            "d");
        d.OnData(x => t.Log("data", x));
        d.Write(1);
        d.Write(2);
        d.End(3);
    }

    private async Promise ByHand()
    {
        await Step("passThroughInTheMiddle", () =>
        {
            var p = Watch(new PassThrough<int>(new() { ObjectMode = true, HighWaterMark = 2 }), "p");
            for (var n = 1; n <= 4; n++) t.Log(p.Write(n));
            p.End();
            Immediate(() => p.Once("readable", () =>
            {
                var length = p.ReadableLength;
                p.Read(out var first);
                t.Log("readable", length, first);
                p.OnData(d => t.Log("data", d));
            }));
        });
        await Step("unshifts", () =>
        {
            var s = Upper();
            s.Once("readable", () =>
            {
                t.Log("got", Take(s));
                s.Unshift("back");
                s.Unshift("front");
                Data(s);
            });
            s.Write("a");
            s.End("b");
        });
        await Step("finishesBeforeRead", () =>
        {
            var s = Upper();
            s.Write("a");
            s.End(_ => t.Log("ended", s.ReadableLength));
            After(3, () =>
            {
                t.Log("reads");
                Data(s);
            });
            s.Finished(Told("written"), StreamSides.Writable);
            s.Finished(Told("whole"));
        });
        await Step("pausedBySink", PausedBySink);
    }

    private void PausedBySink()
    {
        var s = Upper(new() { ObjectMode = true, HighWaterMark = 2 });
        var n = 0;
        Writable<string> w = null!;
        w = Watch(
            new Writable<string>(
                (c, done) =>
                {
                    t.Log("sink", c);
                    if (++n == 2) s.Unpipe(w);
                    Immediate(() => done(null));
                },
                null,
                One),
            "w");
        w.On("unpipe", Say("unpipe"));
        s.Pipe(w);
        foreach (var c in new[] { "a", "b", "c", "d" }) s.Write(c);
        After(5, () =>
        {
            t.Log(s.IsFlowing, s.ReadableLength);
            s.Pipe(w);
            s.End();
        });
    }
}

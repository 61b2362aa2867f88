using System.Net;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class ThrowingListeners(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/97-throwing-listeners")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new ThrowingListeners(t).Main(), Virtual);

    private async Promise Main()
    {
        NodeLoop.Current.Process.UncaughtException += e =>
        {
            t.Log("uncaught", e.Message);
            Tick(Say("tick of uncaught"));
        };
        await Reading();
        await Writing();
        await Ending();
        await Step("inFlush", () =>
        {
            var s = Watch(new Transform<int, int>((c, done) => done.Done(c), _ => Fail("flush"), Objects), "t");
            s.OnData(d => t.Log("data", d));
            s.End(1);
        });
        await Step("inPipelineDone", () =>
            Pipeline.Run(Readable<int>.From([1]), new PassThrough<int>(Objects), Sink(), _ => Fail("done")));
        await Outside();
        await Step("inAbort", () =>
        {
            var ac = new AbortController();
            var r = Watch(new Readable<int>(_ => { }, new() { ObjectMode = true, Signal = ac.Signal }), "r");
            ac.Signal.AddListener(() => Fail("abort"));
            ac.Abort();
            t.Log("aborted", r.IsDestroyed);
        });
        await Step("inEventsOfEmitters", OfEmitters);
    }

    private async Promise Step(string name, Action run, double pause = 20)
    {
        t.Log("--", name);
        await new Promise<bool>(done => Immediate(() =>
        {
            After(pause, () => done.Resolve(true));
            run();
        }));
    }

    private Action Say(string text) => () => t.Log(text);

    private static void Fail(string message) => throw new InvalidOperationException(message);

    private Action<Exception?> Told(params object[] name) => e => t.Log([.. name, Code(e)]);

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private static Readable<int> Silent() => new(_ => { }, Objects);

    private static Writable<int> Plain() => new((_, done) => done(null), null, Objects);

    private Writable<int> Sink() => Watch(Plain(), "w");

    private async Promise Reading()
    {
        await Step("inData", () =>
        {
            var r = Watch(Silent(), "r");
            r.OnData(d =>
            {
                t.Log("data", d);
                if (d == 1) Fail("data");
            });
            r.Push(1);
            r.Push(2);
            r.PushEnd();
        });
        await Step("inEnd", () =>
        {
            var r = new Readable<int>(self => self.PushEnd(), Objects);
            r.On("end", () => Fail("end"));
            r.On("end", Say("never"));
            r.On("close", Say("close"));
            r.Resume();
        });
        await Step("inReadable", () =>
        {
            var r = Watch(Silent(), "r");
            var n = 0;
            r.On("readable", () =>
            {
                t.Log("readable", r.Read(out var chunk) ? chunk : null);
                if (n++ == 0) Fail("readable");
            });
            r.Push(1);
            After(3, () =>
            {
                r.Push(2);
                r.PushEnd();
            });
        });
    }

    private async Promise Writing()
    {
        await Step("inWrite", () =>
        {
            var w = Watch(
                new Writable<int>(
                    (c, done) =>
                    {
                        t.Log("write", c);
                        if (c == 2) Fail("write");
                        Immediate(() => done(null));
                    },
                    null,
                    Objects),
                "w");
            foreach (var n in new[] { 1, 2, 3 }) w.Write(n, Told("written", n));
            After(5, () => t.Log(w.IsDestroyed, w.WritableLength));
        });
        await Step("inWriteCallback", () =>
        {
            var w = Sink();
            w.Write(1, _ => Fail("callback"));
            w.Write(2, _ => t.Log("second"));
            w.End(_ => t.Log("end"));
        });
        await Step("inFinal", () =>
            Watch(new Writable<int>((_, done) => done(null), _ => Fail("final"), Objects), "w").End(1, Told("end")));
        await Step("inFinish", () =>
        {
            var w = Plain();
            w.On("finish", () => Fail("finish"));
            w.On("finish", Say("never"));
            w.On("close", Say("close"));
            w.End(Told("end"));
        });
    }

    private async Promise Ending()
    {
        await Step("inClose", () =>
        {
            var r = Silent();
            r.On("close", () => Fail("close"));
            r.On("close", Say("never"));
            r.Finished(Told("finished"));
            r.Destroy();
        });
        await Step("inError", () =>
        {
            var r = Silent();
            r.On("error", () => Fail("from error"));
            r.On("close", Say("never"));
            r.Destroy(new InvalidOperationException("first"));
        });
        await Step("noListener", () =>
        {
            var r = Silent();
            r.On("close", Say("close"));
            r.Destroy(new InvalidOperationException("unheard"));
        });
    }

    private void OfEmitters()
    {
        var e = new EventEmitter();
        e.On("newListener", () => Fail("new"));
        try
        {
            e.On("x", Say("x"));
        }
        catch (InvalidOperationException x)
        {
            t.Log("caught", x.Message);
        }

        t.Log(e.ListenerCount("x"));
        e.RemoveAllListeners("newListener");
        e.On("x", Say("x"));
        e.On("removeListener", () => Fail("removed"));
        try
        {
            e.RemoveAllListeners("x");
        }
        catch (InvalidOperationException x)
        {
            t.Log("caught", x.Message);
        }

        t.Log(e.ListenerCount("x"));
    }
}

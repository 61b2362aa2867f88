using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Writing(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/77-writing")]
    internal static void Write(Transcript t) => NodeLoop.Run(() => new Writing(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("corks", Corks);
        await Step("synchronous", Synchronous);
        await Step("drainInCallback", DrainInCallback);
        await Step("errorWithPending", ErrorWithPending);
        await Step("errorSync", ErrorSync);
        await Step("endTwice", EndTwice);
        await Step("finalThrowsLate", () =>
        {
            var w = Watch(new Writable<string>(final: done =>
            {
                t.Log("final");
                After(2, () => done(Error("final")));
            }, options: Objects));
            w.End(Told("end"));
            w.On("prefinish", Say("never"));
        });
        await Step("transformBackpressure", TransformBackpressure);
        await Step("transformMany", TransformMany);
        await Step("transformErrorInFlush", TransformErrorInFlush);
        await Step("duplexHalves", DuplexHalves);
        await Step("destroyInWrite", () =>
        {
            Writable<string> w = null!;
            w = Watch(new Writable<string>(
                (c, taken) =>
                {
                    t.Log("sink", c);
                    w.Destroy(Error("in write"));
                    taken(null);
                },
                options: Objects));
            w.Write("a", Told("a"));
            w.Write("b", Told("b"));
        });
    }

    private async Promise Step(string name, Action run)
    {
        t.Log("--", name);
        run();
        await NodeLoop.Current.Delay(200);
    }

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Told(string name) => e => t.Log(name, Code(e));

    private TStream Watch<TStream>(TStream s, string name = "w")
        where TStream : NodeStream
    {
        foreach (var n in new[] { "drain", "prefinish", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", e.Message));
        return s;
    }

    private void Corks()
    {
        var w = Watch(new Writable<string>(
            (c, taken) =>
            {
                t.Log("one", c);
                Immediate(() => taken(null));
            },
            options: new() { HighWaterMark = 4 },
            writeMany: (chunks, taken) =>
            {
                t.Log("many", string.Join(',', chunks));
                Immediate(() => taken(null));
            }));
        w.Cork();
        w.Cork();
        t.Log(w.Write("ab", Told("ab")), w.Write("cd", Told("cd")), w.WritableLength, w.CorkCount);
        w.Uncork();
        t.Log("still corked");
        w.Uncork();
        t.Log("uncorked");
        w.Write("e", Told("e"));
        w.Write("f", Told("f"));
        w.Write("g", Told("g"));
        w.Once("drain", () =>
        {
            w.Cork();
            w.Write("last", Told("last"));
            w.End("end", Told("end"));
            t.Log(w.CorkCount);
        });
    }

    private void Synchronous()
    {
        var w = Watch(new Writable<string>(
            (c, taken) =>
            {
                t.Log("sink", c);
                taken(null);
            },
            options: new() { HighWaterMark = 2 }));
        t.Log(w.Write("ab", Told("ab")), w.NeedsDrain, w.WritableLength);
        Tick(Say("tick 1"));
        t.Log(w.Write("c", Told("c")));
        Micro(Say("micro"));
        Tick(Say("tick 2"));
        w.End(Told("end"));
        Immediate(Say("immediate"));
    }

    private void DrainInCallback()
    {
        var n = 0;
        var w = Watch(new Writable<int>(
            (c, taken) =>
            {
                t.Log("sink", c);
                Tick(() => taken(null));
            },
            options: new() { ObjectMode = true, HighWaterMark = 2 }));
        void Go()
        {
            while (n < 5)
            {
                var ok = w.Write(n, Told("written " + n));
                n++;
                if (ok) continue;
                t.Log("full");
                w.Once("drain", Go);
                return;
            }

            w.End();
        }

        Go();
    }

    private void ErrorWithPending()
    {
        var w = Watch(new Writable<string>((c, taken) => Immediate(() => taken(c == "b" ? Error("b fails") : null)), options: Objects));
        foreach (var c in new[] { "a", "b", "c", "d" }) w.Write(c, Told(c));
        w.End(Told("end"));
        w.Finished(Told("finished"));
    }

    private void ErrorSync()
    {
        var w = Watch(new Writable<string>((_, taken) => taken(Error("at once")), options: Objects));
        t.Log(w.Write("a", Told("a")), w.IsDestroyed, w.Errored?.Message);
        t.Log(w.Write("b", Told("b")));
        Tick(Say("tick"));
    }

    private void EndTwice()
    {
        var w = Watch(new Writable<string>((_, taken) => After(2, () => taken(null)), options: Objects));
        w.End("x", Told("first"));
        w.End(Told("second"));
        w.On("finish", () =>
        {
            w.End(Told("third"));
            w.Write("late", Told("late"));
        });
    }
}

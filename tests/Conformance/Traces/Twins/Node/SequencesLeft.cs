using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SequencesLeft(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/94-sequences-left")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new SequencesLeft(t).Main(), Virtual);

    private async Promise Main()
    {
        await Leaving();
        await Step("slowBody", () => Walk(Source(3), async Promise<bool> (x) =>
        {
            await Wait(2);
            t.Log("body", x);
            return true;
        }));
        await Destroying();
        await Step("overBefore", OverBefore);
        await Step("byHand", ByHand);
        await Step("returnedBeforeTheFirst", ReturnedBeforeTheFirst);
        await Step("kept", Kept);
        await Step("twoAtOnce", () =>
        {
            var r = Source(4);
            return Promise.All(Walk(r, Nothing, "a "), Walk(r, Nothing, "b "));
        });
        await Step("fromGenerators", FromGenerators);
        await Step("transformed", Transformed);
        await Step("passedOn", PassedOn);
        await Step("leftByWriter", async () =>
        {
            var p = Watch(new PassThrough<int>(Objects), "p");
            p.On("finish", () => t.Log("p finish"));
            p.Write(1);
            p.End(2);
            await Walk(p, _ => No);
        });
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 5, run);

    private static Promise<bool> Wait(double milliseconds) => NodeLoop.Current.Delay(milliseconds);

    private static Promise<bool> No => Promise.Resolve(false);

    private static Promise<bool> Yes => Promise.Resolve(true);

    private static Func<int, Promise<bool>> Nothing => _ => Yes;

    private Action<Exception?> Told(params object[] name) => e => t.Log([.. name, Code(e)]);

    private TStream Watch<TStream>(TStream s, string name = "r")
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private Readable<int> Silent() => Watch(new Readable<int>(_ => { }, Objects));

    private Readable<int> Source(int n)
    {
        var i = 0;
        return Watch(new Readable<int>(
            self =>
            {
                t.Log("read");
                if (i < n) self.Push(++i);
                else self.PushEnd();
            },
            new() { ObjectMode = true, HighWaterMark = 1 }));
    }

    private Promise Walk(IReadable<int> items, Func<int, Promise<bool>> body, string name = "") => Walk(items.Iterate(), body, name);

    private async Promise Walk(IAsyncEnumerable<int> items, Func<int, Promise<bool>> body, string name = "")
    {
        try
        {
            await foreach (var x in items)
            {
                t.Log(name + "item", x);
                if (!await body(x)) break;
            }

            t.Log(name + "over");
        }
        catch (Exception e)
        {
            t.Log(name + "caught", Code(e));
        }
    }

    private async Promise Leaving()
    {
        await Step("breaks", async () =>
        {
            var r = Source(3);
            await Walk(r, x => x == 2 ? No : Yes);
            t.Log(r.IsDestroyed, r.IsEnded, Code(r.Errored));
        });
        await Step("throwsInBody", async () =>
        {
            var r = Source(3);
            await Walk(r, x => x == 2 ? throw Error("body") : Yes);
            t.Log(r.IsDestroyed, Code(r.Errored));
        });
        await Step("returns", async () =>
        {
            var r = Source(3);
            async Promise<int> F()
            {
                await foreach (var x in r.Iterate())
                {
                    Tick(() => t.Log("tick"));
                    return x;
                }

                return 0;
            }

            t.Log("returned", await F());
        });
    }

    private async Promise Destroying()
    {
        await Step("destroysInBody", async () =>
        {
            var r = Source(3);
            await Walk(r, x =>
            {
                if (x != 2) return Yes;
                r.Destroy();
                t.Log("destroyed");
                return Yes;
            });
        });
        await Step("destroysWithErrorInBody", async () =>
        {
            var r = Source(3);
            await Walk(r, x =>
            {
                if (x == 2) r.Destroy(Error("mine"));
                return Yes;
            });
        });
        await Step("destroysWhileWaiting", async () =>
        {
            var r = Silent();
            r.Push(1);
            After(3, () =>
            {
                r.Destroy(Error("late"));
                t.Log("destroyed");
            });
            await Walk(r, Nothing);
        });
        await Step("endsWhileWaiting", async () =>
        {
            var r = Silent();
            r.Push(1);
            After(3, () =>
            {
                r.Push(2);
                r.PushEnd();
                t.Log("pushed");
            });
            await Walk(r, Nothing);
        });
    }

    private async Promise OverBefore()
    {
        var r = Source(1);
        r.Resume();
        await Wait(3);
        await Walk(r, Nothing);
        var q = Silent();
        q.Destroy();
        await Wait(1);
        await Walk(q, Nothing);
        var f = Silent();
        f.Destroy(Error("before"));
        await Wait(1);
        await Walk(f, Nothing);
        var n = Silent();
        n.Push(1);
        n.Destroy();
        await Walk(n, Nothing);
    }
}

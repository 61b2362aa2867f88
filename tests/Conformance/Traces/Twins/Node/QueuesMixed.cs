using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class QueuesMixed(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/93-queues-mixed")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new QueuesMixed(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("nestedFour", NestedFour);
        await Step("combinators", Combinators);
        await Step("awaitsAmongTicks", AwaitsAmongTicks);
        await Step("loopsOfAwaits", LoopsOfAwaits);
        await Step("timersAndImmediates", TimersAndImmediates);
        await Step("cancelled", Cancelled);
        await Step("ports", Ports);
        await Step("pool", Pool);
        await Step("thrown", Thrown);
        await Step("rejectedAndMended", RejectedAndMended);
        await Step("finallyChains", FinallyChains);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 10, run);

    private Action Say(string text) => () => t.Log(text);

    private void Micro(Action callback) => _loop.QueueMicrotask(callback);

    private static Promise Turn() => new Promise<bool>(done => Immediate(() => done.Resolve(true)));

    private Promise<bool> Wait(double milliseconds) => _loop.Delay(milliseconds);

    private async Promise NestedFour()
    {
        Immediate(() =>
        {
            t.Log("i1");
            Tick(() =>
            {
                t.Log("i1.t");
                Micro(() =>
                {
                    t.Log("i1.t.m");
                    Tick(() =>
                    {
                        t.Log("i1.t.m.t");
                        Immediate(Say("i1.t.m.t.i"));
                    });
                });
                Tick(Say("i1.t.t"));
            });
            Micro(Say("i1.m"));
        });
        Immediate(() =>
        {
            t.Log("i2");
            Micro(() =>
            {
                t.Log("i2.m");
                Immediate(Say("i2.m.i"));
            });
        });
        await Turn();
        await Turn();
        await Turn();
    }

    private static Promise<string> Slow(int hops, string value = "")
    {
        var p = Promise.Resolve(value);
        while (hops-- > 0) p = p.Then(x => x);
        return p;
    }

    private static Promise<string> Bad(int hops, string message) =>
        Slow(hops).Then<string>(string (_) => throw new InvalidOperationException(message));

    private static Promise<string> Joined(params Promise<string>[] promises) => Promise.All(promises).Then(v => string.Join(',', v));

    private async Promise Combinators()
    {
        var all = Promise.All(
            Slow(3, "a"), Promise.Race(Slow(5), Slow(2, "b")), Promise.Any(Bad(1, "x"), Slow(4, "c")));
        _ = all.Then(v => t.Log("all", string.Join(',', v)));
        _ = Promise.Race(Joined(Slow(2), Bad(1, "first")), Slow(4, "r")).Then(v => t.Log("race", v), e => t.Log("race", e.Message));
        _ = Promise.AllSettled(Bad(3, "s"), Slow(1, "t"), Joined())
            .Then(v => t.Log("settled", string.Concat(v.Select(x => x.State == PromiseState.Fulfilled ? 'f' : 'r'))));
        _ = Promise.Any(Bad(2, "p"), Joined(Bad(0, "q")))
            .Then(_ => { }, e => t.Log("any", string.Join(',', ((AggregateException)e).InnerExceptions.Select(x => x.Message))));
        for (var i = 1; i <= 9; i++)
        {
            var hop = i;
            _ = Slow(i - 1).Then(_ => t.Log("hop", hop));
        }

        await Turn();
    }

    private async Promise AwaitsAmongTicks()
    {
        async Promise<string> F(string n)
        {
            for (var i = 0; i < 3; i++)
            {
                t.Log(n, i);
                if (i == 1) Tick(Say(n + " tick"));
                await (n == "a" ? Promise.Resolve() : Promise.Resolve().Then(() => { }));
            }

            return n;
        }

        Immediate(() =>
        {
            F("a").Then(v => t.Log(v, "done"));
            F("b").Then(v => t.Log(v, "done"));
            Tick(Say("first tick"));
            t.Log("sync");
        });
        await Turn();
        await Turn();
    }

    private async Promise LoopsOfAwaits()
    {
        var r = new List<string>();
        await Promise.All(new[] { 1, 2, 3 }.Select(async Promise (n) =>
        {
            for (var i = 0; i < n; i++)
            {
                await Promise.Resolve();
                r.Add(n + "." + i);
            }

            if (n == 2) await new Promise<bool>(done => Tick(() => done.Resolve(true)));
            r.Add(n + " ends");
        }));
        t.Log(string.Join(' ', r));
    }

    private async Promise TimersAndImmediates()
    {
        await Turn();
        After(1, () =>
        {
            t.Log("t1");
            Immediate(() =>
            {
                t.Log("t1.i");
                After(1, Say("t1.i.t"));
            });
            Tick(Say("t1.tick"));
        });
        After(1, () =>
        {
            t.Log("t2");
            Micro(Say("t2.m"));
            Immediate(Say("t2.i"));
            After(1, Say("t2.t"));
            Spin(3);
        });
        Spin(5);
        Immediate(() =>
        {
            t.Log("i");
            Spin(3);
        });
        await Wait(40);
    }

    private async Promise Cancelled()
    {
        NodeImmediate Soon(Action callback) => _loop.SetImmediate(callback);
        var i = Soon(Say("never"));
        var timer = After(50, Say("never"));
        Soon(() =>
        {
            NodeImmediate b = null!, c = null!;
            var a = Soon(Say("never"));
            b = Soon(() =>
            {
                t.Log("b");
                _loop.ClearImmediate(c);
                _loop.ClearImmediate(b);
            });
            c = Soon(Say("never"));
            Micro(() => _loop.ClearImmediate(a));
            Tick(() =>
            {
                timer.Close();
                t.Log("cleared");
            });
        });
        _loop.ClearImmediate(i);
        await Wait(80);
    }
}

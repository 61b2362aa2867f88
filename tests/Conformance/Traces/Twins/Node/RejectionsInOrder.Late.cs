using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class RejectionsInOrder
{
    private async Promise Chains()
    {
        await Step("chain: only the end is told", () => Reject("m").Then(_ => { }).Then(() => { }).Finally(() => t.Log("finally")));
        await Step("two branches", () =>
        {
            var p = Reject("n");
            p.Then(_ => { });
            Catch(p, "caught n");
        });
        await Step("async functions", () =>
        {
            async Promise F(string name, int k)
            {
                for (var i = 0; i < k; i++) await Promise.Resolve();
                throw new InvalidOperationException(name);
            }

            _ = F("two awaits", 2);
            _ = F("none", 0);
            _ = F("one", 1);
        });
        await Step("all: the others are handled", () =>
            Promise.All(Reject("o"), Reject("p")).Catch((Exception e) => t.Log("caught", e.Message)));
        await Step("race: the loser is handled", () => Promise.Race(Promise.Resolve(1), Reject("q")).Then(v => t.Log("won", v)));
        await Step("all, nobody catches", () => Promise.All(Reject("r"), Reject("s")));
    }

    private async Promise Late()
    {
        await Step("awaited later", () =>
        {
            async Promise Run()
            {
                var p = Reject("t");
                await _loop.Delay(5);
                try
                {
                    await p;
                }
                catch (InvalidOperationException e)
                {
                    t.Log("caught", e.Message);
                }
            }

            _ = Run();
        });
        await Step("handled and told again", () =>
        {
            var p = Reject("u");
            Immediate(() => p.Catch((Exception e) => throw e));
        });
        await Step("resolved with a rejection", () =>
        {
            var inner = Reject("v");
            _ = new Promise<int>(r => r.Resolve(inner));
        });
        await Step("from timers, ticks and microtasks", () =>
        {
            After(5, () =>
            {
                Reject("timer");
                Tick(() => Reject("tick of timer"));
            });
            After(5, () => t.Log("next timer"));
            Spin(20);
            Tick(() =>
            {
                Reject("tick");
                _loop.QueueMicrotask(() => { Reject("micro"); });
            });
            Immediate(() => Reject("immediate"));
            Immediate(() => t.Log("next immediate"));
        });
    }
}

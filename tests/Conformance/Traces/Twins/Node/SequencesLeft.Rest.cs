using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SequencesLeft
{
    private async Promise ByHand()
    {
        var it = Source(3).Iterate().GetAsyncEnumerator();
        async Promise Tell(ValueTask<bool> step, int i)
        {
            await step;
            t.Log("step", i, i + 1);
        }

        Promise[] steps = [Tell(it.MoveNextAsync(), 0), Tell(it.MoveNextAsync(), 1), Tell(it.MoveNextAsync(), 2)];
        t.Log("asked");
        await Promise.All(steps);
        t.Log(!await it.MoveNextAsync(), !await it.MoveNextAsync());
    }

    private async Promise ReturnedBeforeTheFirst()
    {
        var r = Source(2);
        var it = r.Iterate().GetAsyncEnumerator();
        await it.DisposeAsync();
        t.Log(true, r.IsDestroyed, !await it.MoveNextAsync());
        r.Destroy();
    }

    private async Promise Kept()
    {
        var r = Source(4);
        await Walk(r.Iterate(destroyOnReturn: false), x => x == 2 ? No : Yes, "first ");
        t.Log(r.IsDestroyed);
        await Walk(r.Iterate(destroyOnReturn: false), _ => throw Error("body"), "second ");
        t.Log(r.IsDestroyed);
        await Walk(r, Nothing, "third ");
    }

    private async IAsyncEnumerable<int> Generator(int n)
    {
        try
        {
            for (var i = 1; i <= n; i++)
            {
                t.Log("yields", i);
                yield return i;
            }

            await Promise.Resolve();
            throw Error("generator");
        }
        finally
        {
            t.Log("finally");
        }
    }

    private IEnumerable<int> Plain()
    {
        try
        {
            yield return 1;
            yield return 2;
        }
        finally
        {
            t.Log("sync finally");
        }
    }

    private async Promise FromGenerators()
    {
        await Walk(Watch(Readable<int>.From(Generator(1))), Nothing);
        var r = Watch(Readable<int>.From(Generator(5)));
        await Walk(r, x => x == 2 ? No : Yes);
        await Wait(2);
        t.Log(r.IsDestroyed);
        var q = Watch(Readable<int>.From(Generator(5)));
        q.OnData(x =>
        {
            t.Log("data", x);
            if (x == 1) q.Destroy();
        });
        await Wait(5);
        await Walk(Watch(Readable<int>.From(Plain())), _ => No);
        await Wait(2);
    }

    private async Promise Transformed()
    {
        var s = Watch(
            new Transform<int, int>(
                (c, done) => Immediate(() =>
                {
                    if (c == 3) done.Fail(Error("three"));
                    else done.Done(c * 10);
                }),
                null,
                Objects),
            "t");
        s.On("finish", () => t.Log("t finish"));
        foreach (var n in new[] { 1, 2, 3 }) s.Write(n, Told("taken", n));
        s.End(Told("end"));
        await Walk(s, Nothing);
    }

    private async Promise PassedOn()
    {
        var p = Watch(new PassThrough<int>(new() { ObjectMode = true, HighWaterMark = 1 }), "p");
        async Promise Writes()
        {
            for (var n = 1; n <= 3; n++)
            {
                t.Log("write", n, p.Write(n));
                await Promise.Resolve();
            }

            p.End();
            t.Log("ended");
        }

        var writes = Writes();
        await Walk(p, Nothing);
        await writes;
    }
}

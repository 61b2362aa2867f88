using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class TicksAndPromises(Transcript t)
{
    private int _depth;

    [Twin("node/61-ticks-and-promises")]
    internal static void Mixed(Transcript t) => NodeLoop.Run(new TicksAndPromises(t).Main, Virtual);

    private void Main()
    {
        t.Print("start");
        Ticks();
        _ = AsyncPart().Then(Say("async done"));
        new Promise<bool>(r =>
        {
            t.Print("executor");
            r.Resolve(true);
            t.Print("executor goes on");
        }).Then(_ => t.Print("p1")).Finally(Say("p2")).Then(Say("p3"));
        Recurse();
        var chain = Promise.Resolve();
        for (var i = 0; i < 4; i++)
        {
            var n = i;
            chain = chain.Then(() => t.Print("chain " + n));
        }

        Immediate(FirstImmediate);
        Immediate(SecondImmediate);
        t.Print("end");
    }

    private Action Say(string text) => () => t.Print(text);

    private static void Queue(Action callback) => NodeLoop.Current.QueueMicrotask(callback);

    private void Ticks()
    {
        Tick(() =>
        {
            t.Print("t1");
            Promise.Resolve().Then(() =>
            {
                t.Print("t1.m1");
                Tick(() =>
                {
                    t.Print("t1.m1.t1");
                    Queue(Say("t1.m1.t1.m"));
                });
            }).Then(Say("t1.m2"));
            Tick(Say("t1.t1"));
        });
        Tick(() =>
        {
            t.Print("t2");
            Queue(() =>
            {
                t.Print("t2.m1");
                Queue(Say("t2.m1.m"));
                Tick(Say("t2.m1.t"));
            });
        });
        Queue(() =>
        {
            t.Print("m1");
            Tick(Say("m1.t"));
            Queue(Say("m1.m"));
        });
    }

    private void Recurse()
    {
        if (_depth++ >= 3) return;
        Tick(() =>
        {
            t.Print("depth " + _depth);
            Recurse();
        });
    }

    private async Promise AsyncPart()
    {
        t.Print("a1");
        await Promise.Resolve();
        t.Print("a2");
        await new Promise<bool>(r => Tick(() => r.Resolve(true)));
        t.Print("a3");
        try
        {
            await Promise.Reject<int>(new InvalidOperationException("no"));
        }
        catch (InvalidOperationException e)
        {
            t.Print("a4 " + e.Message);
        }

        await Inner();
        t.Print("a5");
        await new Promise<bool>(r => r.Resolve(new Thenable(t)));
        t.Print("a6");
    }

    private async Promise Inner()
    {
        t.Print("inner");
        await Promise.Resolve(1);
        t.Print("inner 2");
    }

    private void FirstImmediate()
    {
        t.Print("immediate");
        Tick(Say("immediate.t"));
        _ = Body();

        async Promise Body()
        {
            await Promise.Resolve();
            t.Print("immediate.async");
            Tick(Say("immediate.async.t"));
            await Promise.Resolve();
            t.Print("immediate.async 2");
        }
    }

    private void SecondImmediate()
    {
        t.Print("immediate 2");
        Promise.All(Promise.Resolve(1), Promise.Resolve(2)).Then(_ => t.Print("all"));
        Promise.Race(new Promise<int>(_ => { }), Promise.Resolve(1)).Then(_ => t.Print("race"));
        Promise.Any(Promise.Reject<int>(new InvalidOperationException("x")), Promise.Resolve(1)).Then(_ => t.Print("any"));
        Promise.AllSettled(Promise.Reject<int>(new InvalidOperationException("x")), Promise.Resolve(1)).Then(_ => t.Print("allSettled"));
        Promise.Resolve().Then(Say("q1")).Then(Say("q2")).Then(Say("q3")).Then(Say("q4"));
        var r = Promise.Reject<int>(new InvalidOperationException("caught in a tick"));
        Tick(() => r.Catch(e => t.Print(e.Message)));
        Throws().Catch(e => t.Print(e.Message));
        Late().Then(Say("never"), e => t.Print(e.Message));
    }

    private static async Promise Throws() => throw new InvalidOperationException("thrown");

    private static async Promise Late()
    {
        await Promise.Resolve();
        throw new InvalidOperationException("thrown late");
    }

    private sealed class Thenable(Transcript t) : IThenable<bool>
    {
        public void Then(Action<bool> onFulfilled, Action<Exception> onRejected)
        {
            t.Print("thenable");
            onFulfilled(true);
        }
    }
}

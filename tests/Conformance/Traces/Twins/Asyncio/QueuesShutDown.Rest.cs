using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class QueuesShutDown
{
    private async Coroutine CancelledMeanwhile()
    {
        var q = new AsyncQueue<string>();
        LoopTask[] gets = [.. Enumerable.Range(0, 3).Select(_ => Aio.CreateTask(q.Get()))];
        await Turns(1);
        q.PutNoWait("one");
        gets[0].Cancel();
        q.Shutdown();
        gets[1].Cancel();
        await Settle(("a", gets[0]), ("b", gets[1]), ("c", gets[2]));
        Take(q, 2);
        q = new AsyncQueue<string>(1);
        q.PutNoWait("0");
        LoopTask[] puts = [.. new[] { "a", "b", "c" }.Select(n => Aio.CreateTask(q.Put(n)))];
        await Turns(1);
        Take(q);
        puts[0].Cancel();
        q.Shutdown();
        await Settle(("a", puts[0]), ("b", puts[1]), ("c", puts[2]));
        t.Print(q.Count);
        Take(q, 2);
    }

    private async Coroutine GetterWokenThenShut()
    {
        var q = new AsyncQueue<string>();
        var g = Aio.CreateTask(q.Get());
        await Turns(1);
        q.PutNoWait("x");
        q.Shutdown(immediate: true);
        await Settle(("g", g));
        q = new AsyncQueue<string>(1);
        q.PutNoWait("x");
        var p = Aio.CreateTask(q.Put("y"));
        await Turns(1);
        Take(q);
        q.Shutdown(immediate: true);
        await Settle(("p", p));
    }

    private async Coroutine OtherQueues()
    {
        foreach (var q in new AsyncQueue<string>[] { new AsyncPriorityQueue<string>(3), new AsyncLifoQueue<string>(3) })
        {
            NoWait(q, "2", "3", "1");
            var p = Aio.CreateTask(q.Put("0"));
            await Turns(1);
            q.Shutdown();
            await Settle(("p", p));
            Take(q, 4);
        }
    }

    private async Coroutine NotBegun()
    {
        var q = new AsyncQueue<string>();
        var (g, p, j) = (Aio.CreateTask(q.Get()), Aio.CreateTask(q.Put("1")), Aio.CreateTask(q.Join()));
        q.Shutdown();
        await Settle(("g", g), ("p", p), ("j", j));
        q = new AsyncQueue<string>();
        (g, p) = (Aio.CreateTask(q.Get()), Aio.CreateTask(q.Put("1")));
        await Turns(1);
        q.Shutdown(immediate: true);
        await Settle(("g", g), ("p", p));
    }

    private async Coroutine Limits()
    {
        var q = new AsyncQueue<string>();
        async Coroutine Shuts()
        {
            await Aio.Sleep(Seconds(.01));
            q.Shutdown();
        }

        var shuts = Aio.CreateTask(Shuts());
        try
        {
            await Aio.WaitFor(q.Get(), Seconds(1));
        }
        catch (QueueShutDownException e)
        {
            t.Print("wait_for", NameOf(e), "()");
        }

        try
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(q.Get());
                await Aio.Sleep(Seconds(1));
            });
        }
        catch (AggregateException e)
        {
            t.Print(e.InnerExceptions.Count);
        }

        await shuts;
    }
}

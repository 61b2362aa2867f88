using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class NotifiedOrNot
{
    private async Coroutine Events()
    {
        var e = new AsyncEvent();
        async Coroutine Waits(string name)
        {
            await e.Wait();
            t.Print(name, "sees", e.IsSet);
        }

        var a = Aio.CreateTask(Waits("a"));
        var b = Aio.CreateTask(Waits("b"));
        await Turns(1);
        e.Set();
        e.Clear();
        var c = Aio.CreateTask(Waits("c"));
        b.Cancel();
        await Turns(3);
        t.Print(a.IsDone, b.IsCancelled, c.IsDone);
        await Tell("no time", Aio.WaitFor(e.Wait(), TimeSpan.Zero));
        e.Set();
        await Tell("set, no time", Aio.WaitFor(e.Wait(), TimeSpan.Zero));
        await c;
    }

    private async Coroutine Semaphores()
    {
        var s = new AsyncSemaphore(0);
        var order = new List<string>();
        async Coroutine Takes(string name)
        {
            using (await s.Acquire())
            {
                order.Add(name);
                t.Print(name, s.IsLocked);
            }
        }

        LoopTask[] tasks = [.. "abc".Select(n => Aio.CreateTask(Takes(n.ToString())))];
        await Turns(1);
        s.Release();
        t.Print(s.IsLocked);
        _ = Aio.CreateTask(Takes("late"));
        tasks[0].Cancel();
        await Turns(6);
        s.Release();
        s.Release();
        await Turns(6);
        t.Print(order, s.IsLocked);
        var b = new BoundedAsyncSemaphore(2);
        Refused(b.Release, "ValueError");
        await b.Acquire();
        b.Release();
        Refused(b.Release, "ValueError");
        Refused(() => _ = new AsyncSemaphore(-1), "ValueError");
    }

    private async Coroutine Barriers()
    {
        await Tell("alone", Value(new AsyncBarrier(1).Wait()));
        var b = new AsyncBarrier(2);
        async Coroutine Rounds(string name, int n)
        {
            for (var i = 0; i < n; i++) t.Print(name, "round", i, await b.Wait());
        }

        await Aio.Wait(new[]
        {
            Start("x", Value(Rounds("x", 2))), Start("y", Value(Rounds("y", 2))),
            Start("z", Value(Rounds("z", 1))), Start("w", Value(Rounds("w", 1))),
        });
        t.Print(b.Waiting, b.IsBroken);
        b = new AsyncBarrier(2);
        LoopTask Waits(string name) => Start(name, Value(b.Wait()));
        var (first, second, third) = (Waits("first"), Waits("second"), Waits("third"));
        await Turns(2);
        t.Print(first.IsDone, second.IsDone, third.IsDone, b.Waiting);
        third.Cancel();
        await Turns(4);
        t.Print(b.IsBroken, b.Waiting);
        _ = Waits("third");
        await Turns(2);
        await b.Abort();
        await Turns(2);
        t.Print(b.IsBroken, b.Waiting);
        await Tell("broken", Value(b.Wait()));
        await b.Reset();
        t.Print(b.IsBroken);
        _ = Waits("third");
        _ = Waits("fourth");
        await Turns(1);
        await b.Reset();
        await Turns(4);
        t.Print(b.IsBroken, b.Waiting);
    }

    private async Coroutine Queues()
    {
        var q = new AsyncQueue<int>(1);
        var (a, b) = (Start("a", Value(q.Get())), Start("b", Value(q.Get())));
        await Turns(2);
        q.PutNoWait(1);
        a.Cancel();
        await Turns(2);
        t.Print(a.IsDone, b.IsDone, q.Count);
        var (c, d, e) = (Start("c", Value(q.Put(2))), Start("d", Value(q.Put(3))), Start("e", Value(q.Put(4))));
        await Turns(2);
        d.Cancel();
        t.Print(q.GetNoWait(), q.IsFull);
        await Turns(2);
        t.Print(c.IsDone, e.IsDone, q.Count);
        await Tell("get", Value(q.Get()));
        await Tell("in no time", Value(Aio.WaitFor(q.Get(), TimeSpan.Zero)));
        for (var i = 0; i < 3; i++) q.TaskDone();
        Refused(q.TaskDone, "ValueError");
        await q.Join();
        var p = new AsyncPriorityQueue<int>();
        foreach (var x in new[] { 3, 1, 2 }) p.PutNoWait(x);
        var g = Start("g", Value(p.Get()));
        p.PutNoWait(0);
        await g;
        t.Print(p.Count);
    }
}

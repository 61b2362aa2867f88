using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class LocksAndQueues
{
    private async Coroutine Events()
    {
        var signal = new AsyncEvent();
        async Coroutine<string> Wait(string name)
        {
            await signal.Wait();
            t.Print(name, signal.IsSet);
            return name;
        }

        var (a, b) = (Aio.CreateTask(Wait("a")), Aio.CreateTask(Wait("b")));
        await Turns(1);
        signal.Set();
        signal.Clear();
        b.Cancel();
        await Settle(a, b);
        signal.Set();
        await Wait("at once");
    }

    private async Coroutine Barriers()
    {
        var barrier = new AsyncBarrier(2);
        async Coroutine<object> Wait(string name)
        {
            try
            {
                var n = await barrier.Wait();
                t.Print(name, n, barrier.Waiting);
                return n;
            }
            catch (BrokenBarrierException)
            {
                t.Print(name, "broken", barrier.IsBroken);
                return "broken";
            }
        }

        async Coroutine Finish(params LoopTask<object>[] tasks)
        {
            await Aio.Wait(tasks);
            t.Print(tasks.Select(each => each.IsCancelled ? "cancelled" : each.Result));
        }

        LoopTask<object>[] first = [.. new[] { "a", "b", "c", "d", "e" }.Select(name => Aio.CreateTask(Wait(name)))];
        await Turns(8);
        t.Print(barrier.Waiting);
        await barrier.Reset();
        await Finish(first);
        t.Print(barrier.IsBroken);
        var f = Aio.CreateTask(Wait("f"));
        await Turns(1);
        f.Cancel();
        await Finish(f);
        t.Print(barrier.IsBroken, barrier.Waiting);
        await Finish(Aio.CreateTask(Wait("g")), Aio.CreateTask(Wait("h")));
        var i = Aio.CreateTask(Wait("i"));
        await Turns(1);
        await barrier.Abort();
        await Finish(i, Aio.CreateTask(Wait("j")));
    }

    private async Coroutine Queues()
    {
        var queue = new AsyncQueue<string>(2);
        async Coroutine<string> Put(params string[] items)
        {
            foreach (var item in items)
            {
                await queue.Put(item);
                t.Print("put", item, queue.Count);
            }

            return "put all";
        }

        async Coroutine<List<string>> Get(string name, int n)
        {
            var got = new List<string>();
            for (; n > 0; n--)
            {
                got.Add(await queue.Get());
                t.Print(name, got[^1]);
                queue.TaskDone();
            }

            return got;
        }

        var (p1, p2) = (Aio.CreateTask(Put("1", "2", "3")), Aio.CreateTask(Put("a", "b")));
        await Turns(2);
        var g1 = Aio.CreateTask(Get("x", 2));
        var g2 = Aio.CreateTask(Get("y", 3));
        await Settle(p1, p2, g1, g2);
        await queue.Join();
        Refused(queue.TaskDone);
        await OtherQueues();
        await FullQueue();
    }

    private async Coroutine OtherQueues()
    {
        var priorities = new AsyncPriorityQueue<int>();
        foreach (var i in new[] { 3, 1, 2 }) priorities.PutNoWait(i);
        t.Print(new[] { await priorities.Get(), await priorities.Get(), await priorities.Get() });
        var stack = new AsyncLifoQueue<string>(1);
        _ = Aio.CreateTask(stack.Put("first"));
        _ = Aio.CreateTask(stack.Put("second"));
        await Turns(1);
        t.Print(stack.IsFull, await stack.Get(), await stack.Get());
    }

    private async Coroutine FullQueue()
    {
        var queue = new AsyncQueue<string>(1);
        queue.PutNoWait("only");
        try
        {
            queue.PutNoWait("more");
        }
        catch (QueueFullException)
        {
            t.Print("QueueFull");
        }

        var (p, r) = (Aio.CreateTask(queue.Put("p")), Aio.CreateTask(queue.Put("r")));
        await Turns(1);
        t.Print(queue.GetNoWait());
        p.Cancel();
        await Turns(2);
        t.Print(queue.Count, r.IsDone, queue.GetNoWait());
        var g = Aio.CreateTask(queue.Get());
        await Turns(1);
        queue.Shutdown();
        await Settle(g);
        try
        {
            queue.PutNoWait("1");
        }
        catch (QueueShutDownException)
        {
            t.Print("QueueShutDown");
        }
    }
}

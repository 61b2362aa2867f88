using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>The parts of trace 63 on queues.</summary>
internal static class QueueEnds
{
    internal static async Coroutine Join(Transcript t)
    {
        var q = new AsyncQueue<int>();
        t.Print(Assert.ThrowsAny<Exception>(q.TaskDone).Message);
        for (var i = 0; i < 3; i++) q.PutNoWait(i);
        LoopTask[] workers = [Aio.CreateTask(Worker("a")), Aio.CreateTask(Worker("b"))];
        await Aio.Wait([Aio.CreateTask(Joiner("x")), Aio.CreateTask(Joiner("y"))]);
        await q.Join();
        t.Print("empty", q.IsEmpty, q.Count);
        foreach (var worker in workers) worker.Cancel();
        var (done, _) = await Aio.Wait(workers);
        t.Print(done.Count == 2);
        var priority = new AsyncPriorityQueue<int>();
        var last = new AsyncLifoQueue<int>();
        foreach (var i in (int[])[5, 1, 4])
        {
            await priority.Put(i);
            await last.Put(i);
        }

        t.Print((int[])[priority.GetNoWait(), priority.GetNoWait(), priority.GetNoWait()],
            (int[])[last.GetNoWait(), last.GetNoWait(), last.GetNoWait()]);

        async Coroutine Worker(string name)
        {
            while (true)
            {
                var item = await q.Get();
                await CancelRaces.Turns(item + 1);
                t.Print(name, "did", item);
                q.TaskDone();
            }
        }

        async Coroutine Joiner(string name)
        {
            await q.Join();
            t.Print(name, "joined");
        }
    }

    internal static async Coroutine ShutDown(Transcript t)
    {
        var q = new AsyncQueue<object>(1);
        LoopTask[] getters = [Aio.CreateTask(Get("0")), Aio.CreateTask(Get("1"))];
        await CancelRaces.Turns(1);
        q.Shutdown();
        await Aio.Wait(getters);
        await Put("late");
        q = new AsyncQueue<object>(1);
        LoopTask[] putters = [Aio.CreateTask(Put("a")), Aio.CreateTask(Put("b")), Aio.CreateTask(Put("c"))];
        await CancelRaces.Turns(1);
        q.Shutdown();
        await Aio.Wait(putters);
        await Get("x");
        await Get("y");
        await q.Join();
        q = new AsyncQueue<object>();
        for (var i = 0; i < 3; i++) q.PutNoWait(i);
        var joining = Aio.CreateTask(q.Join());
        await CancelRaces.Turns(1);
        q.Shutdown(immediate: true);
        await joining;
        t.Print("joined", q.Count);
        await Get("z");

        async Coroutine Get(string name)
        {
            try
            {
                t.Print(name, "got", await q.Get());
                q.TaskDone();
            }
            catch (QueueShutDownException)
            {
                t.Print(name, "shut down");
            }
        }

        async Coroutine Put(string name)
        {
            try
            {
                await q.Put(name);
                t.Print("put", name);
            }
            catch (QueueShutDownException)
            {
                t.Print("put", name, "shut down");
            }
        }
    }
}

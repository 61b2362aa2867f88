using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Cancelling somebody who waits, around the moment of the wake.</summary>
internal static class CancelRaces
{
    [Twin("asyncio/55-py313-cancel-races")]
    internal static void Races(Transcript t) => EventLoop.Run(Parts(t), Virtual);

    internal static async Coroutine Turns(int count)
    {
        for (var i = 0; i < count; i++) await Aio.Yield();
    }

    private static async Coroutine Parts(Transcript t)
    {
        t.Print("--", "locks");
        await Locks(t);
        t.Print("--", "queues");
        await Queues(t);
        t.Print("--", "semaphores");
        await Semaphores(t);
        t.Print("--", "conditions");
        await Conditions(t);
        t.Print("--", "events");
        await Events(t);
        t.Print("--", "tasks_and_futures");
        await CancelFutures.Run(t);
        t.Print("--", "gathers");
        await CancelGroups.Gathers(t);
        t.Print("--", "waits");
        await CancelGroups.Waits(t);
    }

    private static async Coroutine TakeLock(Transcript t, AsyncLock mutex, string name, int hold = 0)
    {
        try
        {
            using (await mutex.Acquire())
            {
                t.Print(name, "in");
                await Turns(hold);
            }

            t.Print(name, "out");
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", GroupEdges.Args(e));
            throw;
        }
    }

    private static async Coroutine Locks(Transcript t)
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        var a = Aio.CreateTask(TakeLock(t, mutex, "a"));
        var b = Aio.CreateTask(TakeLock(t, mutex, "b"));
        var c = Aio.CreateTask(TakeLock(t, mutex, "c", 2));
        await Turns(1);
        mutex.Release();
        a.Cancel("after release");
        t.Print("locked", mutex.IsLocked);
        await Turns(1);
        t.Print("locked", mutex.IsLocked);
        var d = Aio.CreateTask(TakeLock(t, mutex, "d"));
        await Aio.Wait([a, b, c, d]);
        t.Print(a.IsCancelled, mutex.IsLocked);
    }

    private static async Coroutine Queues(Transcript t)
    {
        var q = new AsyncQueue<object>(1);
        var a = Aio.CreateTask(Get("a"));
        var b = Aio.CreateTask(Get("b"));
        await Turns(1);
        q.PutNoWait(1);
        a.Cancel();
        await Turns(3);
        t.Print(b.IsDone, q.Count);
        q.PutNoWait(2);
        var c = Aio.CreateTask(Put("c"));
        var d = Aio.CreateTask(Put("d"));
        await Turns(1);
        t.Print(q.GetNoWait());
        c.Cancel();
        await Turns(3);
        t.Print(c.IsCancelled, d.IsDone, q.Count, q.GetNoWait());

        async Coroutine Get(string name)
        {
            try
            {
                t.Print(name, "got", await q.Get());
            }
            catch (CancelledError)
            {
                t.Print(name, "cancelled");
                throw;
            }
        }

        async Coroutine Put(string name)
        {
            try
            {
                await q.Put(name);
                t.Print("put", name);
            }
            catch (CancelledError)
            {
                t.Print("put", name, "cancelled");
                throw;
            }
        }
    }

    private static async Coroutine Semaphores(Transcript t)
    {
        var s = new AsyncSemaphore(0);
        var tasks = Enumerable.Range(0, 4).Select(i => Aio.CreateTask(Use(i))).ToArray();
        await Turns(1);
        s.Release();
        s.Release();
        tasks[0].Cancel();
        tasks[2].Cancel();
        await Turns(4);
        t.Print(tasks.Select(task => task.IsDone), s.IsLocked);
        s.Release();
        await Turns(3);
        t.Print(tasks.Select(task => task.IsDone), s.IsLocked);

        async Coroutine Use(int name)
        {
            try
            {
                await s.Acquire();
                t.Print(name, "acquired");
            }
            catch (CancelledError)
            {
                t.Print(name, "cancelled");
                throw;
            }
        }
    }

    private static async Coroutine Conditions(Transcript t)
    {
        var c = new AsyncCondition();
        var tasks = Enumerable.Range(0, 3).Select(i => Aio.CreateTask(Wait(i))).ToArray();
        await Turns(2);
        using (await c.Acquire())
        {
            c.Notify(2);
            tasks[1].Cancel();
            await Turns(1);
            t.Print("still held");
        }

        await Turns(6);
        t.Print(tasks.Select(task => task.IsDone), tasks.Select(task => task.IsCancelled));
        using (await c.Acquire()) c.NotifyAll();
        await Aio.Wait(tasks);
        Assert.Throws<EventLoopException>(() => c.Notify());
        t.Print("notify without the lock");

        async Coroutine Wait(int name)
        {
            using (await c.Acquire())
            {
                try
                {
                    await c.Wait();
                    t.Print(name, "woken");
                }
                catch (CancelledError)
                {
                    t.Print(name, "cancelled holding", c.IsLocked);
                    throw;
                }
            }
        }
    }

    private static async Coroutine Events(Transcript t)
    {
        var e = new AsyncEvent();
        var tasks = Enumerable.Range(0, 3).Select(i => Aio.CreateTask(Wait(i))).ToArray();
        await Turns(1);
        e.Set();
        e.Clear();
        tasks[1].Cancel();
        await Aio.Wait(tasks);
        t.Print(tasks.Select(task => task.IsCancelled));

        async Coroutine Wait(int name)
        {
            await e.Wait();
            t.Print(name, "sees", e.IsSet);
        }
    }
}

using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Who is woken, and in which order.</summary>
internal static class ConditionsAndBarriers
{
    [Twin("asyncio/63-py313-conditions-and-barriers")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), Virtual);

    private static async Coroutine All(Transcript t)
    {
        t.Print("--", "condition_passes_on");
        await PassesOn(t);
        t.Print("--", "condition_predicate");
        await Predicate(t);
        t.Print("--", "semaphore_order");
        await Semaphores(t);
        t.Print("--", "barrier_breaks");
        await Barriers(t);
        t.Print("--", "queue_join");
        await QueueEnds.Join(t);
        t.Print("--", "queue_shuts_down");
        await QueueEnds.ShutDown(t);
    }

    private static async Coroutine PassesOn(Transcript t)
    {
        var c = new AsyncCondition();
        var tasks = Enumerable.Range(0, 4).Select(i => Aio.CreateTask(Wait(i))).ToArray();
        await CancelRaces.Turns(2);
        tasks[0].Cancel();
        await CancelRaces.Turns(5);
        t.Print(tasks.Select(task => task.IsDone));
        using (await c.Acquire()) c.Notify();
        await CancelRaces.Turns(5);
        t.Print(tasks.Select(task => task.IsDone));
        using (await c.Acquire()) c.NotifyAll();
        await Aio.Wait(tasks);

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
                    t.Print(name, "cancelled");
                    throw;
                }
            }
        }
    }

    private static async Coroutine Predicate(Transcript t)
    {
        var c = new AsyncCondition();
        var value = 0;
        var looks = new List<int>();
        var task = Aio.CreateTask(Wait());
        for (var i = 0; i < 3; i++)
        {
            await CancelRaces.Turns(3);
            using (await c.Acquire())
            {
                value = i;
                c.Notify();
            }
        }

        await task;
        t.Print(looks);
        using (await c.Acquire())
        {
            try
            {
                await Aio.WaitFor(c.WaitFor(() => false), Ms(10));
            }
            catch (TimeoutException)
            {
                t.Print("timed out holding", c.IsLocked);
            }
        }

        async Coroutine Wait()
        {
            using (await c.Acquire())
            {
                await c.WaitFor(Enough);
                t.Print("got", Enough0());
            }
        }

        bool Enough()
        {
            looks.Add(value);
            return value >= 2;
        }

        bool Enough0() => value >= 2;
    }

    private static async Coroutine Semaphores(Transcript t)
    {
        var s = new AsyncSemaphore(2);
        var (active, most) = (0, 0);
        var tasks = Enumerable.Range(0, 6).Select(i => Aio.CreateTask(Use(i))).ToArray();
        await CancelRaces.Turns(1);
        tasks[3].Cancel();
        await Aio.Wait(tasks);
        t.Print(most, s.IsLocked, tasks[3].IsCancelled);
        t.Print(Assert.ThrowsAny<Exception>(new BoundedAsyncSemaphore(1).Release).Message);

        async Coroutine Use(int name)
        {
            using (await s.Acquire())
            {
                active++;
                most = Math.Max(most, active);
                t.Print(name, "in");
                await CancelRaces.Turns(2);
                active--;
            }
        }
    }

    private static async Coroutine Barriers(Transcript t)
    {
        var b = new AsyncBarrier(3);
        List<LoopTask> tasks = [Aio.CreateTask(Meet(0)), Aio.CreateTask(Meet(1))];
        await CancelRaces.Turns(2);
        t.Print(b.Waiting, b.IsBroken);
        tasks[0].Cancel();
        await CancelRaces.Turns(4);
        t.Print(b.Waiting, b.IsBroken);
        tasks.AddRange([Aio.CreateTask(Meet(2)), Aio.CreateTask(Meet(3))]);
        await Aio.Wait(tasks);
        t.Print(b.Waiting, b.IsBroken);
        tasks = [Aio.CreateTask(Meet(4)), Aio.CreateTask(Meet(5))];
        await CancelRaces.Turns(2);
        await b.Reset();
        await Aio.Wait(tasks);
        t.Print(b.Waiting, b.IsBroken);
        tasks = [Aio.CreateTask(Meet(6))];
        await CancelRaces.Turns(2);
        await b.Abort();
        await Aio.Wait(tasks);
        t.Print(b.Waiting, b.IsBroken);
        await Meet(7);

        async Coroutine Meet(int name)
        {
            try
            {
                t.Print(name, "is", await b.Wait());
            }
            catch (BrokenBarrierException)
            {
                t.Print(name, "broken");
            }
            catch (CancelledError)
            {
                t.Print(name, "cancelled");
                throw;
            }
        }
    }
}

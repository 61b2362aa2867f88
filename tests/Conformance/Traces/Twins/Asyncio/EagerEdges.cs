using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Eager tasks: what runs inside of the call that makes them.</summary>
internal static class EagerEdges
{
    private static string? Me => Aio.CurrentTask?.Name;

    [Twin("asyncio/65-py313-eager-edges")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), Virtual);

    private static async Coroutine All(Transcript t)
    {
        EventLoop.Current.EagerTasks = true;
        t.Print("--", "nested");
        await Nested(t);
        t.Print("--", "order");
        await Order(t);
        t.Print("--", "callbacks");
        await Callbacks(t);
        t.Print("--", "cancelling");
        await Cancelling(t);
        t.Print("--", "groups");
        await Groups(t);
    }

    private static async Coroutine Nested(Transcript t)
    {
        await Aio.CreateTask(Outer(), "outer");

        async Coroutine Inner()
        {
            t.Print("inner begins", Me);
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("inner ends", Me);
        }

        async Coroutine Outer()
        {
            t.Print("outer begins", Me);
            var task = Aio.CreateTask(Inner(), "inner");
            t.Print("outer goes on", Me, task.IsDone);
            await task;
            t.Print("outer ends", Me);
        }
    }

    private static async Coroutine Order(Transcript t)
    {
        LoopTask<int>[] tasks = [.. Enumerable.Range(0, 5).Select(n => Aio.CreateTask(Work(n, n % 3)))];
        t.Print(tasks.Select(task => task.IsDone));
        t.Print((object)await Aio.Gather(tasks));

        async Coroutine<int> Work(int n, int waits)
        {
            t.Print("begin", n);
            await CancelRaces.Turns(waits);
            t.Print("end", n);
            return n;
        }
    }

    private static async Coroutine Callbacks(Transcript t)
    {
        var task = Aio.CreateTask(AtOnce());
        task.AddDoneCallback(_ => t.Print("called", task.Result));
        t.Print("not yet");
        await CancelRaces.Turns(1);
        var loop = EventLoop.Current;
        loop.CallSoon(() => t.Print("soon"));
        var waiting = Aio.CreateTask(Waits());
        loop.CallSoon(() => t.Print("soon, after"));
        await waiting;

        static async Coroutine<int> AtOnce() => 1;

        async Coroutine Waits()
        {
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("stepped");
        }
    }

    private static async Coroutine Cancelling(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        t.Print(task.Cancel("begun"));
        await Aio.Wait([task]);
        t.Print(task.IsCancelled);
        task = Aio.CreateTask(Myself());
        t.Print(task.IsDone);
        await Aio.Wait([task]);
        t.Print(task.IsCancelled);

        async Coroutine Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError e)
            {
                t.Print("cancelled at its await", GroupEdges.Args(e));
                throw;
            }
        }

        static async Coroutine Myself()
        {
            Aio.CurrentTask!.Cancel();
            await Aio.Sleep(TimeSpan.Zero);
        }
    }

    private static async Coroutine Groups(Transcript t)
    {
        try
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Slow());
                _ = tg.CreateTask(Bad(0));
                t.Print("body goes on");
                await Aio.Sleep(TimeSpan.Zero);
                t.Print("never");
            });
        }
        catch (AggregateException e)
        {
            t.Print(e.InnerExceptions.Cast<ValueError>().Select(error => error.Repr));
        }

        await Aio.Timeout(Seconds(1), async _ => t.Print(await Aio.CreateTask(Aio.Sleep(TimeSpan.Zero, "in time"))));

        static async Coroutine Bad(int n)
        {
            if (n > 0) await CancelRaces.Turns(n);
            throw new ValueError(n);
        }

        async Coroutine Slow()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("slow cancelled");
                throw;
            }
        }
    }
}

using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class CancelNesting
{
    private static string Name(Exception e) => e switch
    {
        CancelledError => "CancelledError",
        _ => e.GetType().Name,
    };

    private async Coroutine<string> Work(string n, int k)
    {
        try
        {
            await Turns(k);
            return n == "bad" ? throw new ValueError(n) : n;
        }
        catch (CancelledError e)
        {
            t.Print(n, "cancelled", Args(e));
            throw;
        }
    }

    private async Coroutine Gathered()
    {
        var (a, bad, c) = (Aio.CreateTask(Work("a", 1)), Aio.CreateTask(Work("bad", 2)), Aio.CreateTask(Work("c", 5)));
        try
        {
            await Aio.Gather(a, bad, c);
        }
        catch (ValueError e)
        {
            t.Print("failed", e.Message, a.IsDone, c.IsDone);
        }

        c.Cancel("c");
        t.Print((await Aio.GatherOutcomes(a, bad, c)).Select(o => o.Error is { } e ? Name(e) : "str"));
        var b = Aio.CreateTask(Work("b", 5));
        var outcomes = Aio.GatherOutcomes(b, Aio.CreateTask(Work("d", 5)));
        await Turns(1);
        b.Cancel("only b");
        t.Print((await outcomes).Select(o => o.Error is { } e ? Name(e) : o.Value));
        var fifth = Aio.CreateTask(Work("e", 5));
        var g = Aio.Gather(fifth, Aio.CreateTask(Work("f", 3)));
        await Turns(1);
        fifth.Cancel("only e");
        try
        {
            await g;
        }
        catch (CancelledError e)
        {
            t.Print("gather cancelled", Args(e), g.IsCancelled);
        }

        await Turns(4);
    }

    private async Coroutine WaitedFor()
    {
        async Coroutine SlowCleanup()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                t.Print("cleaning");
                await Aio.Sleep(Seconds(.03));
                t.Print("cleaned");
            }
        }

        try
        {
            await Aio.WaitFor(SlowCleanup(), Seconds(.01));
        }
        catch (TimeoutException)
        {
            t.Print("timeout after the clean-up");
        }

        async Coroutine FailsOnCancel()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new KeyError("instead");
            }
        }

        try
        {
            await Aio.WaitFor(FailsOnCancel(), Seconds(.01));
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        await AtTheSameTime();
    }

    private async Coroutine AtTheSameTime()
    {
        var f = EventLoop.Current.CreateFuture<string>();
        async Coroutine<string> Waits() => await Aio.WaitFor(f, Seconds(1));
        var task = Aio.CreateTask(Waits());
        await Turns(1);
        f.SetResult("result");
        task.Cancel("at the same time");
        try
        {
            t.Print(await task);
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", Args(e), f.Result);
        }
    }

    private async Coroutine BeforeItBegins()
    {
        async Coroutine Never()
        {
            await Turns(0);
            t.Print("never");
        }

        var task = Aio.CreateTask(Never());
        task.Cancel("early");
        task.AddDoneCallback(done => t.Print("callback", done.IsCancelled));
        try
        {
            await task;
        }
        catch (CancelledError e)
        {
            t.Print(Args(e));
        }

        t.Print(task.Cancel(), task.Cancelling);
        var finished = Aio.CreateTask(Turns(0));
        await finished;
        t.Print(finished.Cancel(), finished.Cancelling);
    }

    private async Coroutine AwaitedByMany()
    {
        var f = EventLoop.Current.CreateFuture<int>();
        async Coroutine Waits(string n)
        {
            try
            {
                t.Print(n, await f);
            }
            catch (CancelledError e)
            {
                t.Print(n, "cancelled", Args(e));
                throw;
            }
        }

        LoopTask[] tasks = [Aio.CreateTask(Waits("a")), Aio.CreateTask(Waits("b")), Aio.CreateTask(Waits("c"))];
        await Turns(1);
        tasks[1].Cancel("b");
        await Turns(2);
        t.Print(f.IsCancelled, tasks.Select(each => each.IsCancelled));
        await Aio.Wait(tasks);
    }
}

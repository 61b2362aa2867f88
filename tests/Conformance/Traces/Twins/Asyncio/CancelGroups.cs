using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>The parts of trace 55 on gathering and waiting.</summary>
internal static class CancelGroups
{
    internal static async Coroutine Gathers(Transcript t)
    {
        var a = Aio.CreateTask(Work(t, "a", 5));
        var b = Aio.CreateTask(Work(t, "b", 5));
        var outcomes = Aio.GatherOutcomes(a, b);
        await CancelRaces.Turns(2);
        a.Cancel();
        t.Print((object)(await outcomes).Select(o => o.Error is null ? "str" : o.Error.GetType().Name));
        a = Aio.CreateTask(Work(t, "a", 5));
        b = Aio.CreateTask(Work(t, "b", 5));
        var all = Aio.Gather(a, b);
        await CancelRaces.Turns(2);
        b.Cancel();
        try
        {
            await all;
        }
        catch (CancelledError)
        {
            t.Print("gather cancelled", all.IsCancelled, a.IsDone);
        }

        await a;
        try
        {
            await Aio.Gather(Work(t, "x", 1, error: true), Work(t, "y", 3), Work(t, "z", 2, error: true));
        }
        catch (ValueError e)
        {
            t.Print("error", e.Message);
        }

        await CancelRaces.Turns(4);
        a = Aio.CreateTask(Work(t, "a", 2));
        t.Print((object)await Aio.Gather(a, a, Aio.CreateTask(Work(t, "b", 1))));
        all = Aio.Gather(Work(t, "p", 9), Work(t, "q", 9));
        await CancelRaces.Turns(2);
        t.Print(all.Cancel(), all.IsDone);
        try
        {
            await all;
        }
        catch (CancelledError)
        {
            t.Print("cancelled", all.IsCancelled);
        }
    }

    internal static async Coroutine Waits(Transcript t)
    {
        LoopTask<int>[] tasks = [.. new[] { 3, 1, 2 }.Select(n => Aio.CreateTask(Count(n)))];
        var (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted);
        t.Print(done.Count, pending.Count);
        tasks[0].Cancel();
        (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstException);
        t.Print(done.Count, pending.Count, tasks[0].IsCancelled);
        tasks = [Aio.CreateTask(Count(2, new ValueError("x"))), Aio.CreateTask(Count(9))];
        (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstException);
        t.Print(done.Count, pending.Count, tasks[0].Exception!.Message);
        var waiter = Aio.CreateTask(Aio.Wait(pending));
        await CancelRaces.Turns(1);
        waiter.Cancel();
        await Aio.Wait([waiter]);
        t.Print(waiter.IsCancelled, tasks[1].IsCancelled, await tasks[1]);
        var results = new List<int>();
        foreach (var next in Aio.AsCompleted([Count(3), Count(1), Count(2)])) results.Add(await next);
        t.Print(results);
        await Shields(t);
    }

    private static async Coroutine Shields(Transcript t)
    {
        var inner = Aio.CreateTask(Count(3));
        var shield = Aio.Shield(inner);
        var waiter = Aio.CreateTask(Aio.Wait([shield]));
        await CancelRaces.Turns(1);
        shield.Cancel();
        await waiter;
        t.Print(shield.IsCancelled, inner.IsDone, await inner);
        inner = Aio.CreateTask(Count(3));
        shield = Aio.Shield(inner);
        inner.Cancel();
        try
        {
            await shield;
        }
        catch (CancelledError)
        {
            t.Print("inner was cancelled", shield.IsCancelled);
        }
    }

    private static async Coroutine<int> Count(int turns, Exception? error = null)
    {
        await CancelRaces.Turns(turns);
        return error is null ? turns : throw error;
    }

    private static async Coroutine<string> Work(Transcript t, string name, int turns, bool error = false)
    {
        try
        {
            await CancelRaces.Turns(turns);
            if (error) throw new ValueError(name);
            t.Print(name, "ends");
            return name;
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
            throw;
        }
    }
}

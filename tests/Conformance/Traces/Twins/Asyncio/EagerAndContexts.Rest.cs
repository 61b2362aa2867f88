using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class EagerAndContexts
{
    private static async Coroutine<string> Late(string name, int turns, bool fail = false)
    {
        await Turns(turns);
        return fail ? throw new ValueError(name) : name;
    }

    private async Coroutine Completions()
    {
        foreach (var each in Aio.AsCompleted([Late("slow", 5), Late("fast", 1), Late("bad", 3, true)]))
        {
            try
            {
                t.Print(await each);
            }
            catch (ValueError e)
            {
                t.Print("failed", e.Message);
            }
        }

        LoopTask<string>[] tasks = [Aio.CreateTask(Late("x", 3)), Aio.CreateTask(Late("y", 0))];
        await foreach (var task in Aio.EachCompleted(tasks)) t.Print(task == tasks[1], task.Result);
        tasks = [Aio.CreateTask(Late("ok", 1)), Aio.CreateTask(Late("bad", 2, true)), Aio.CreateTask(Late("late", 6))];
        var (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstException);
        t.Print(tasks.Select(done.Contains));
        (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted);
        t.Print(tasks.Select(done.Contains));
        (done, pending) = await Aio.Wait(tasks);
        t.Print(done.Count, pending.Count, tasks[1].Exception!.GetType().Name);
        async Coroutine Waiter() => await Aio.Wait([Aio.CreateTask(Late("kept", 4))]);
        var waiter = Aio.CreateTask(Waiter());
        await Turns(2);
        waiter.Cancel("wait");
        try
        {
            await waiter;
        }
        catch (CancelledError e)
        {
            t.Print("wait cancelled", Args(e));
        }

        await Turns(5);
    }

    private async Coroutine<string> Work(string name, int k)
    {
        t.Print(name, "begins", Value);
        Variable.Value = name;
        await Turns(k);
        t.Print(name, "ends", Value);
        return name;
    }

    private static async Coroutine<string> Fails()
    {
        await Turns(0);
        throw new ValueError("eager");
    }

    private async Coroutine Eager()
    {
        var task = Aio.CreateTask(Work("at once", 0));
        t.Print(task.IsDone, task.Result, Value);
        var (a, b) = (Aio.CreateTask(Work("a", 2)), Aio.CreateTask(Work("b", 1)));
        t.Print("made");
        t.Print((object)await Aio.Gather(a, b, Aio.CreateTask(Work("c", 0))));
        async Coroutine<string> Parent()
        {
            t.Print("parent");
            var child = Aio.CreateTask(Work("child", 1), "child");
            t.Print("parent again", child.IsDone);
            return await child;
        }

        t.Print(await Aio.CreateTask(Parent(), "parent"));
        try
        {
            await Aio.Timeout(Seconds(.01), async scope => await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Work("grouped", 0));
                _ = tg.CreateTask(Aio.Sleep(Seconds(10)));
            }));
        }
        catch (TimeoutException)
        {
            t.Print("timeout");
        }

        task = Aio.CreateTask(Fails());
        t.Print(task.IsDone, ((ValueError)task.Exception!).Repr);
        t.Print((await Aio.GatherOutcomes(Fails(), Work("d", 1))).Select(o => o.Error?.GetType().Name ?? "str"));
    }
}

using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class EagerAndCancelled
{
    private async Coroutine Gathered(EventLoop loop)
    {
        var g = Aio.Gather(Quick("1"), Quick("2"));
        t.Print("done", g.IsDone);
        loop.CallSoon(() => t.Print("soon"));
        t.Print(((string?[])await g).Select(int.Parse!));
        g = Aio.Gather(Quick("1"), Fails("g"), Slow("sibling"));
        t.Print("failed", g.IsDone);
        try
        {
            await g;
        }
        catch (ValueError e)
        {
            t.Print("error", e.Message);
        }

        var outcomes = await Aio.GatherOutcomes(Fails("x"), Quick("3"));
        t.Print(outcomes.Select(static x => x.Error is ValueError e ? e.Repr : x.Value));
        foreach (var c in Aio.AsCompleted<string?>([Waits(1), Quick("q"), Fails("y")]))
        {
            try
            {
                t.Print(await c);
            }
            catch (ValueError e)
            {
                t.Print("completed", e.Message);
            }
        }

        var (done, pending) = await Aio.Wait([Aio.CreateTask(Quick("w")), Aio.CreateTask(Waits(2))], returnWhen: ReturnWhen.FirstCompleted);
        t.Print(done.Count, pending.Count);
        var shielded = Aio.Shield(Quick("shielded"));
        t.Print(shielded.IsDone, await shielded);
        LoopTask[] left = [.. loop.AllTasks().Where(static each => each != Me)];
        foreach (var each in left) each.Cancel("end");
        await Turns(3);
        t.Print(left.Length);
    }

    private async Coroutine Contexts()
    {
        Variable.Value = "main";
        async Coroutine Sets(string name)
        {
            t.Print(name, Value);
            Variable.Value = name;
            await Turns(1);
            t.Print(name, Value);
        }

        var copy = Aio.CreateTask(Sets("copy"));
        t.Print(Value);
        var context = LoopContext.Copy();
        var given = Aio.CreateTask(Sets("given"), context: context);
        t.Print(Value, context.Get(Variable));
        await Aio.Gather(copy, given);
        async Coroutine Outer()
        {
            Variable.Value = "outer";
            await Aio.CreateTask(Sets("inner"));
            t.Print("outer", Value);
        }

        await Aio.CreateTask(Outer());
        t.Print(Value);
    }

    private async Coroutine CancelledAtOnce()
    {
        async Coroutine Raises() => throw new CancelledError("own");
        async Coroutine<string> CancelsAndEnds()
        {
            Me!.Cancel("unused");
            return "value";
        }

        async Coroutine<string> Swallows()
        {
            try
            {
                await Slow("swallows");
                return "";
            }
            catch (CancelledError)
            {
                return $"('swallowed', {Me!.Uncancel()})";
            }
        }

        await Own(Aio.CreateTask(Raises()), "own");
        await Own(Aio.CreateTask(CancelsAndEnds()), "ended cancelled");
        var victim = Aio.CreateTask(Slow("victim"));
        victim.Cancel("one");
        victim.Cancel("two");
        t.Print(victim.Cancelling);
        await Aio.Wait([victim]);
        var swallows = Aio.CreateTask(Swallows());
        swallows.Cancel();
        t.Print(await swallows);
    }

    private async Coroutine Own(LoopTask task, string name)
    {
        t.Print(task.IsDone, task.IsCancelled);
        try
        {
            await task;
        }
        catch (CancelledError e)
        {
            t.Print(name, Args(e));
        }
    }

    private async Coroutine Awaiting(EventLoop loop)
    {
        var f = loop.CreateFuture<string>();
        async Coroutine Waiting(string name)
        {
            t.Print(name, "waits");
            t.Print(name, await f);
        }

        LoopTask[] tasks = [Aio.CreateTask(Waiting("a")), Aio.CreateTask(Waiting("b"))];
        f.SetResult("value");
        tasks = [.. tasks, Aio.CreateTask(Waiting("c"))];
        t.Print(tasks.Select(static each => each.IsDone));
        await Aio.Wait(tasks[..2]);
        var mutex = new AsyncLock();
        async Coroutine Locks(string name)
        {
            using (await mutex.Acquire())
            {
                t.Print(name, "in");
                await Turns(1);
            }

            t.Print(name, "out");
        }

        await Aio.Gather(Aio.CreateTask(Locks("x")), Aio.CreateTask(Locks("y")), Aio.CreateTask(Locks("z")));
        var queue = new AsyncQueue<int>(1);
        async Coroutine Puts()
        {
            for (var i = 0; i < 3; i++)
            {
                await queue.Put(i);
                t.Print("put", i);
            }
        }

        async Coroutine Gets()
        {
            for (var i = 0; i < 3; i++) t.Print("got", await queue.Get());
        }

        await Aio.Gather(Aio.CreateTask(Puts()), Aio.CreateTask(Gets()));
    }
}

using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Waiting for many when things fail, are cancelled, or are done already.</summary>
internal static class WaitingForMany
{
    [Twin("asyncio/66-py313-waiting-for-many")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), Virtual);

    private static async Coroutine All(Transcript t)
    {
        t.Print("--", "completed");
        await Completed(t);
        t.Print("--", "limits");
        await Limits(t);
        t.Print("--", "gathers");
        await Gathers(t);
        t.Print("--", "shields");
        await Shields(t);
        t.Print("--", "waits");
        await Waits(t);
    }

    private static async Coroutine<string> Work(Transcript t, string name, double seconds, Exception? error = null)
    {
        try
        {
            await Aio.Sleep(Seconds(seconds));
            return error is null ? name : throw error;
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
            throw;
        }
    }

    private static async Coroutine Completed(Transcript t)
    {
        foreach (var c in Aio.AsCompleted([Work(t, "c", .06), Work(t, "a", .02, new KeyError("a")), Work(t, "b", .04)]))
        {
            try
            {
                t.Print(await c);
            }
            catch (KeyError e)
            {
                t.Print("failed", e.Message);
            }
        }

        LoopTask<string>[] tasks = [Aio.CreateTask(Work(t, "slow", 10)), Aio.CreateTask(Work(t, "fast", .01))];
        try
        {
            foreach (var c in Aio.AsCompleted(tasks, Seconds(.05))) t.Print(await c);
        }
        catch (TimeoutException)
        {
            t.Print("timed out", tasks.Select(task => task.IsDone));
        }

        tasks[0].Cancel();
        await Aio.Wait(tasks);
        LoopTask<string>[] done = [.. "xyz".Select(n => Aio.CreateTask(Work(t, n.ToString(), 0)))];
        await Aio.Wait(done);
        var names = new List<string>();
        foreach (var c in Aio.AsCompleted(done)) names.Add(await c);
        t.Print(names.Order(StringComparer.Ordinal));
    }

    private static async Coroutine Limits(Transcript t)
    {
        t.Print(await Aio.WaitFor(Work(t, "in time", .01), Seconds(1)));
        var late = await Late(Aio.WaitFor(Work(t, "late", 10), Seconds(.01)));
        t.Print(late.InnerException!.GetType().Name);
        var task = Aio.CreateTask(Work(t, "no time", 10));
        await Late(Aio.WaitFor(task, TimeSpan.Zero));
        t.Print("at once", task.IsCancelled);
        var done = Aio.CreateTask(Work(t, "done", 0));
        await done;
        t.Print(await Aio.WaitFor(done, TimeSpan.Zero), await Aio.WaitFor(done, Seconds(-1)), await Aio.WaitFor(done, null));
        t.Print(await Aio.WaitFor(Stubborn(), Seconds(.01)));
        try
        {
            await Aio.WaitFor(Work(t, "failing", .01, new KeyError("k")), Seconds(1));
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        var outer = Aio.CreateTask(Aio.WaitFor(Work(t, "inside", 10), Seconds(10)));
        await CancelRaces.Turns(2);
        outer.Cancel("outer");
        try
        {
            await outer;
        }
        catch (CancelledError e)
        {
            t.Print("outer cancelled", GroupEdges.Args(e));
        }

        static async Coroutine<string> Stubborn()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                await Aio.Sleep(Seconds(.01));
            }

            return "anyway";
        }

        static async Coroutine<TimeoutException> Late(Coroutine<string> limited)
        {
            try
            {
                await limited;
            }
            catch (TimeoutException e)
            {
                return e;
            }

            throw new Xunit.Sdk.XunitException("Was in time.");
        }
    }

    private static async Coroutine Gathers(Transcript t)
    {
        t.Print((object)await Aio.Gather(Array.Empty<LoopTask<string>>()));
        var results = await Aio.GatherOutcomes(Work(t, "a", .02), Work(t, "b", .01, new KeyError("b")), Work(t, "c", .03));
        t.Print((object)results.Select(r => r.Error is KeyError e ? $"KeyError({e.Message})" : Transcript.Repr(r.Value)));
        var slow = Aio.CreateTask(Work(t, "slow", .03));
        try
        {
            await Aio.Gather(slow, Aio.CreateTask(Work(t, "bad", .01, new ValueError("bad"))));
        }
        catch (ValueError e)
        {
            t.Print(e.Repr, slow.IsDone);
        }

        t.Print(await slow);
        var inner = Aio.Gather(Work(t, "p", 10), Work(t, "q", 10));
        var outer = Aio.Gather(inner, Aio.Gather(Work(t, "r", 10)));
        await CancelRaces.Turns(2);
        outer.Cancel("all");
        try
        {
            await outer;
        }
        catch (CancelledError e)
        {
            t.Print(GroupEdges.Args(e), inner.IsCancelled);
        }

        var done = Aio.CreateTask(Work(t, "once", 0));
        await done;
        t.Print((object)await Aio.Gather(done, done, Aio.CreateTask(Work(t, "new", 0))));
        var failed = Aio.CreateTask(Work(t, "failed", 0, new KeyError("before")));
        await Aio.Wait([failed]);
        var g = Aio.Gather(failed, Aio.CreateTask(Work(t, "still", .01)));
        t.Print(g.IsDone);
        try
        {
            await g;
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        await Aio.Sleep(Seconds(.02));
    }

    private static async Coroutine Shields(Transcript t)
    {
        var inner = Aio.CreateTask(Work(t, "inner", .03));
        try
        {
            await Aio.WaitFor(Aio.Shield(inner), Seconds(.01));
        }
        catch (TimeoutException)
        {
            t.Print("timed out", inner.IsDone);
        }

        t.Print(await inner);
        inner = Aio.CreateTask(Work(t, "inner", 10));
        var (first, second) = (Aio.CreateTask(Waiter()), Aio.CreateTask(Waiter()));
        await CancelRaces.Turns(2);
        first.Cancel("first");
        await CancelRaces.Turns(2);
        inner.Cancel("inner");
        await Aio.Wait([first, second]);
        t.Print(first.IsCancelled, second.IsCancelled);
        try
        {
            await Aio.Shield(Aio.CreateTask(Work(t, "failing", .01, new KeyError("f"))));
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        async Coroutine Waiter()
        {
            try
            {
                await Aio.Shield(inner);
            }
            catch (CancelledError e)
            {
                t.Print("waiter", GroupEdges.Args(e), inner.IsCancelled, Aio.CurrentTask!.Cancelling);
                throw;
            }
        }
    }

    private static async Coroutine Waits(Transcript t)
    {
        var (done, pending) = await Aio.Wait(
            [Aio.CreateTask(Work(t, "a", .01)), Aio.CreateTask(Work(t, "b", 10))], Seconds(.03));
        t.Print(done.Count, pending.Count);
        foreach (var p in pending) p.Cancel();
        await Aio.Wait(pending);
        LoopTask<string>[] tasks =
        [
            Aio.CreateTask(Work(t, "x", .01)), Aio.CreateTask(Work(t, "y", .02, new KeyError("y"))), Aio.CreateTask(Work(t, "z", 10)),
        ];
        (done, _) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted);
        t.Print(tasks.Select(done.Contains));
        (done, _) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstException);
        t.Print(tasks.Select(done.Contains));
        tasks[2].Cancel();
        (done, _) = await Aio.Wait(tasks, TimeSpan.Zero);
        t.Print(tasks.Select(done.Contains));
        await CancelRaces.Turns(2);
        try
        {
            await Aio.Wait(Array.Empty<LoopTask>());
        }
        catch (ArgumentException e)
        {
            t.Print(e.Message);
        }
    }
}

using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class LimitsAndCounts
{
    private static async Coroutine<T> Of<T>(Future<T> future) => await future;

    private static async Coroutine<string> Stubborn()
    {
        try
        {
            await Aio.Sleep(Seconds(10));
            return "";
        }
        catch (CancelledError)
        {
            await Aio.Sleep(Seconds(.1));
            return "stubborn";
        }
    }

    private async Coroutine Gathered()
    {
        var (a, b) = (Aio.CreateTask(Slow("a")), Aio.CreateTask(Slow("b", .3)));
        var both = Aio.GatherOutcomes(a, b);
        await Turns(1);
        a.Cancel("a");
        t.Print((await both).Select(static x => x.Error is null ? "str" : x.Error.GetType().Name));
        both = Aio.GatherOutcomes(Slow("c"), Slow("d"));
        await Turns(1);
        t.Print(both.Cancel("all"), both.IsCancelled, both.IsDone);
        await Tell("cancelled gather", Of(both));
        var c = Loop.CreateFuture<string>();
        var g = Aio.Gather<string>(c, Aio.CreateTask(Slow("e", .1)));
        c.Cancel("future");
        await Tell("future cancelled", Of(g));
        await Aio.Sleep(Seconds(.2));
        g = Aio.Gather(Stubborn(), Slow("f"));
        await Turns(1);
        g.Cancel("why");
        await Tell("stubborn", Of(g));
        g = Aio.Gather(Stubborn(), Stubborn());
        await Turns(1);
        g.Cancel("why");
        await Tell("all stubborn", Of(g));
    }

    private async Coroutine GatheredMore()
    {
        async Coroutine<string> Fails()
        {
            await Turns(1);
            throw new ValueError("f");
        }

        var g = Aio.Gather(Fails(), Fails(), Slow("h", .1));
        g.AddDoneCallback(its => t.Print("callback", ((ValueError)its.Exception!).Repr));
        t.Print("None");
        await Tell("two fail", Of(g));
        t.Print(g.Cancel(), g.IsDone);
        await Aio.Sleep(Seconds(.2));
        var inner = Aio.Gather(Slow("i", .1), Slow("j", .2));
        async Coroutine<string[]> One(IFuture<string> future)
        {
            await Aio.Wait([future.AsFuture()]);
            return [future.Result];
        }

        var outer = Aio.Gather<string[]>(
            inner, Aio.CreateTask(One(Aio.Shield(Slow("k", .3)))), Aio.CreateTask(One(Aio.CreateTask(Slow("l", .1)))));
        await Turns(1);
        inner.Cancel("inner");
        await Tell("nested", Of(outer));
        await Aio.Sleep(Seconds(.5));
    }

    private async Coroutine Shielded()
    {
        var s = Aio.Shield(Slow("quiet", .1, "kept"));
        await Turns(1);
        s.Cancel("s");
        await Tell("shield", Of(s));
        var task = Aio.CreateTask(Slow("twice", .2));
        var (a, b) = (Aio.Shield(task), Aio.Shield(task));
        await Turns(1);
        a.Cancel();
        await Tell("other", Of(b));
        t.Print(a.IsCancelled);
        await Tell("nested shields", Of(Aio.Shield(Aio.Shield(Slow("deep", .1)))));
        async Coroutine<string> InLimit()
        {
            var work = Aio.CreateTask(Slow("work", .3));
            try
            {
                await Aio.Timeout(Seconds(.1), async _ => await Aio.Shield(work));
            }
            catch (TimeoutException)
            {
                t.Print("limit", work.IsDone);
            }

            return await work;
        }

        await Tell("in limit", InLimit());
    }

    private async Coroutine Waited()
    {
        var f = Loop.CreateFuture<string>();
        async Coroutine Sets()
        {
            await Aio.Sleep(Seconds(.1));
            f.SetResult("in time");
        }

        _ = Aio.CreateTask(Sets());
        await Tell("future", Aio.WaitFor(f, Seconds(1)));
        f = Loop.CreateFuture<string>();
        await Tell("late", Aio.WaitFor(f, Seconds(.1)));
        t.Print(f.IsCancelled);
        var inner = Aio.CreateTask(Slow("inner"));
        var waits = Aio.CreateTask(Aio.WaitFor(inner, Seconds(5)));
        await Turns(2);
        inner.Cancel("inner goes");
        await TellValue("inner cancelled", Value(waits));
        var swallowed = Aio.CreateTask(Slow("swallowed"));
        async Coroutine<string> Swallows()
        {
            try
            {
                return await Aio.WaitFor(swallowed, Seconds(.1));
            }
            catch (TimeoutException)
            {
                return $"('timeout', {swallowed.IsCancelled}, {Me.Cancelling})";
            }
        }

        await TellValue("swallows", Value(Aio.CreateTask(Swallows())));
        waits = Aio.CreateTask(Aio.WaitFor(Slow("x"), Seconds(5)));
        waits.Cancel("before it begins");
        await TellValue("not begun", Value(waits));
    }

    private async Coroutine WaitedForMany()
    {
        var (done, pending) = await Aio.Wait(
            [Aio.CreateTask(Slow("n", .1)), Aio.CreateTask(Slow("m", .2))], Seconds(.5), ReturnWhen.FirstCompleted);
        t.Print(done.Count, pending.Count);
        await Aio.Wait(pending);
        var order = new List<string>();
        foreach (var c in Aio.AsCompleted<string>([Slow("3", .3), Slow("1", .1), Slow("2", .2)], Seconds(.25)))
        {
            try
            {
                order.Add(await c);
            }
            catch (TimeoutException)
            {
                order.Add("timeout");
            }
        }

        t.Print(order);
        LoopTask<string>[] tasks = [Aio.CreateTask(Slow("q", .2)), Aio.CreateTask(Slow("p", .1))];
        await foreach (var each in Aio.EachCompleted(tasks)) t.Print(each.AsFuture().IsDone, each.Result);
    }

    private async Coroutine Callbacks()
    {
        var f = Loop.CreateFuture<int>();
        Action<Future> second = _ => t.Print("second");
        f.AddDoneCallback(_ =>
        {
            t.Print("first");
            f.RemoveDoneCallback(second);
            Loop.CallSoon(() => t.Print("soon of first"));
        });
        f.AddDoneCallback(second);
        f.AddDoneCallback(second);
        f.SetResult(1);
        t.Print(f.RemoveDoneCallback(second));
        f.AddDoneCallback(_ => t.Print("added when done"));
        await Turns(2);
        f = Loop.CreateFuture<int>();
        f.AddDoneCallback(its => t.Print("cancelled", its.IsCancelled));
        Loop.CallSoon(() => f.Cancel());
        await Tell("future", Of(f));
        var task = Aio.CreateTask(Slow("t", 0));
        task.AddDoneCallback(_ => t.Print("task done", Aio.CurrentTask is null));
        async Coroutine Waits(int n)
        {
            await task;
            t.Print("woken", n);
        }

        var (a, b) = (Aio.CreateTask(Waits(1)), Aio.CreateTask(Waits(2)));
        task.AddDoneCallback(_ => t.Print("task done again"));
        await Aio.Wait([a, b]);
    }
}

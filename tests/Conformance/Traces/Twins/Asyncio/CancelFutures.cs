using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>The part of trace 55 on tasks and futures.</summary>
internal static class CancelFutures
{
    private static LoopTask Me => Aio.CurrentTask!;

    internal static async Coroutine Run(Transcript t)
    {
        await FutureAlreadyDone(t);
        await Twice(t);
        var never = Aio.CreateTask(Never(t));
        t.Print(never.Cancel("before the start"), never.IsDone);
        try
        {
            await never;
        }
        catch (CancelledError e)
        {
            t.Print(GroupEdges.Args(e), never.IsCancelled);
        }

        var inner = Aio.CreateTask(Aio.Sleep(Seconds(5)));
        var outer = Aio.CreateTask(Awaits(inner));
        await CancelRaces.Turns(2);
        outer.Cancel("through");
        await Aio.Wait([outer]);
        t.Print(outer.IsCancelled, inner.IsCancelled);
        var finishes = Aio.CreateTask(Finishes());
        await Aio.Wait([finishes]);
        t.Print(finishes.IsCancelled);
        await Callbacks(t);
    }

    private static async Coroutine Awaits(LoopTask inner) => await inner;

    private static async Coroutine Never(Transcript t) => t.Print("never printed");

    private static async Coroutine<int> Finishes()
    {
        Me.Cancel();
        return 3;
    }

    private static async Coroutine FutureAlreadyDone(Transcript t)
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Waits());
        await CancelRaces.Turns(1);
        future.SetResult(1);
        t.Print(task.Cancel("too late for the future"), future.IsCancelled);
        t.Print(await task, task.IsCancelled, task.Cancel());

        async Coroutine<string> Waits()
        {
            try
            {
                return (await future).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (CancelledError e)
            {
                t.Print("waits", GroupEdges.Args(e), Me.Cancelling);
                return "kept";
            }
        }
    }

    private static async Coroutine Twice(Transcript t)
    {
        var task = Aio.CreateTask(Body());
        await CancelRaces.Turns(1);
        task.Cancel("one");
        task.Cancel("two");
        await task;
        t.Print(task.IsCancelled, task.Cancelling);

        async Coroutine Body()
        {
            try
            {
                await Aio.Sleep(Seconds(5));
            }
            catch (CancelledError e)
            {
                t.Print("first", GroupEdges.Args(e), Me.Cancelling);
            }

            t.Print("uncancel", Me.Uncancel());
            await Aio.Yield();
            t.Print("goes on");
        }
    }

    private static async Coroutine Callbacks(Transcript t)
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var calls = new List<string>();
        Action<Future> third = _ => calls.Add("third");
        future.AddDoneCallback(_ =>
        {
            calls.Add("first");
            future.RemoveDoneCallback(third);
        });
        future.AddDoneCallback(third);
        future.AddDoneCallback(third);
        future.AddDoneCallback(_ => calls.Add("last"));
        future.SetResult(0);
        t.Print(calls, future.RemoveDoneCallback(third));
        await CancelRaces.Turns(1);
        t.Print(calls);
        future.AddDoneCallback(_ => calls.Add("late"));
        t.Print(calls.Count);
        await CancelRaces.Turns(1);
        t.Print(calls.Count);
    }
}
